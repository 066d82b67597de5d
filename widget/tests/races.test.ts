import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session, SignIn } from '../src/contract/types';
import { ConnectionLost, Refused } from '../src/transport/http';
import { conversation, FakeServer, shown, type Conversation } from './support/fakeApi';
import { botMessage, replyOf, session } from './support/messages';

/** An answer that comes when the test says so. */
interface Later<T> {
  promise: Promise<T>;
  answer: (value: T) => void;
  refuse: (error: Error) => void;
}

function later<T>(): Later<T> {
  let answer: (value: T) => void = () => undefined;
  let refuse: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    answer = resolve;
    refuse = reject;
  });
  return { promise, answer, refuse };
}

const OLD_TOKEN_REFUSED = new Refused(401, 'session_unknown', '');
/** Three quarters of the fake session's two hours: then it is renewed. */
const UNTIL_RENEWAL = 90 * 60_000;

const signedIn = (changes: Partial<SignIn> = {}): SignIn => ({
  token: 'signed-in',
  expires_at: '2026-11-21T23:00:00Z',
  issued_at: null,
  borrower: { display_name: '张先生' },
  messages: [],
  ...changes,
});

/** A token of the real form, for this conversation. */
const tokenOf = (sender: string): string => `e30.${btoa(JSON.stringify({ sub: sender }))}.x`;

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function ready(server = new FakeServer()): Promise<Conversation> {
  const all = conversation(server);
  await all.controller.start();
  return all;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a renewal and a sign-in at the same time', () => {
  it.each([
    ['before the sign-in', 'asked first'],
    ['while the sign-in is under way', 'asked second'],
  ])('asked %s and answered after it, does not put the older token back', async (_when, order) => {
    const { controller, server, store } = await ready();
    const renewal = later<Session>();
    const signIn = later<SignIn>();
    const renew = vi.spyOn(server, 'renewSession').mockReturnValue(renewal.promise);
    vi.spyOn(server, 'demoSignIn').mockReturnValue(signIn.promise);
    if (order === 'asked first') await vi.advanceTimersByTimeAsync(UNTIL_RENEWAL);
    const signingIn = controller.signInAsDemo('zhang');
    if (order === 'asked second') await vi.advanceTimersByTimeAsync(UNTIL_RENEWAL);
    expect(renew).toHaveBeenCalledOnce();

    signIn.answer(signedIn());
    await signingIn;
    renewal.answer(session({ token: 'older', borrower: null }));
    await settle();
    expect(store.session()?.token).toBe('signed-in');
    expect(controller.snapshot().borrower?.display_name).toBe('张先生');
  });

  it('answered before it, gives way to the sign-in as well', async () => {
    const { controller, server, store } = await ready();
    const renewal = later<Session>();
    const signIn = later<SignIn>();
    vi.spyOn(server, 'renewSession').mockReturnValue(renewal.promise);
    vi.spyOn(server, 'demoSignIn').mockReturnValue(signIn.promise);
    await vi.advanceTimersByTimeAsync(UNTIL_RENEWAL);
    const signingIn = controller.signInAsDemo('zhang');
    renewal.answer(session({ token: 'older' }));
    await settle();
    signIn.answer(signedIn());
    await signingIn;
    expect(store.session()?.token).toBe('signed-in');
  });

  it('refused because the sign-in replaced the token, does not end the session', async () => {
    const { controller, server, store } = await ready();
    const renewal = later<Session>();
    const signIn = later<SignIn>();
    vi.spyOn(server, 'renewSession').mockReturnValue(renewal.promise);
    vi.spyOn(server, 'demoSignIn').mockReturnValue(signIn.promise);
    await vi.advanceTimersByTimeAsync(UNTIL_RENEWAL);
    const signingIn = controller.signInAsDemo('zhang');
    renewal.refuse(OLD_TOKEN_REFUSED); // the server has signed in; its answer is on the way
    await settle();
    signIn.answer(signedIn());
    await signingIn;
    await settle();
    expect(controller.snapshot().phase).toBe('ready');
    expect(store.session()?.token).toBe('signed-in');
  });

  it('is made up for when the sign-in fails', async () => {
    const { controller, server, store } = await ready();
    const renewal = later<Session>();
    vi.spyOn(server, 'renewSession').mockReturnValueOnce(renewal.promise);
    vi.spyOn(server, 'demoSignIn').mockRejectedValue(new ConnectionLost());
    await vi.advanceTimersByTimeAsync(UNTIL_RENEWAL);
    await expect(controller.signInAsDemo('zhang')).rejects.toThrow(ConnectionLost);
    renewal.answer(session({ token: 'given up' }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.session()?.token).toBe('renewed');
  });
});

it('tries a renewal again that the network has lost', async () => {
  const { server, store } = await ready();
  vi.spyOn(server, 'renewSession').mockRejectedValueOnce(new ConnectionLost());
  await vi.advanceTimersByTimeAsync(UNTIL_RENEWAL);
  expect(store.session()?.token).toBe('token-1');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(store.session()?.token).toBe('renewed');
});

describe('a message on its way while somebody signs in', () => {
  it('goes out again under the new token, with its own id', async () => {
    const { controller, server } = await ready();
    const signIn = later<SignIn>();
    vi.spyOn(server, 'demoSignIn').mockReturnValue(signIn.promise);
    const said = vi.spyOn(server, 'say');
    const signingIn = controller.signInAsDemo('zhang');
    server.faults.push(OLD_TOKEN_REFUSED);
    controller.say('我欠多少');
    await settle();
    expect(controller.snapshot().phase).toBe('ready');
    signIn.answer(signedIn());
    await signingIn;
    await settle();
    expect(said.mock.calls.map(([token, { id }]) => [token, id])).toEqual([
      ['token-1', 'id-1'],
      ['signed-in', 'id-1'],
    ]);
    expect(shown(controller)).toEqual(['user: 我欠多少', 'bot: 答：我欠多少']);
  });

  it('ends the session when the sign-in fails and the token is indeed over', async () => {
    const { controller, server } = await ready();
    const signIn = later<SignIn>();
    vi.spyOn(server, 'demoSignIn').mockReturnValue(signIn.promise);
    const signingIn = controller.signInAsDemo('zhang');
    server.faults.push(OLD_TOKEN_REFUSED);
    controller.say('我欠多少');
    await settle();
    signIn.refuse(OLD_TOKEN_REFUSED);
    await expect(signingIn).rejects.toThrow(Refused);
    await settle();
    expect(controller.snapshot().phase).toBe('expired');
  });
});

describe('a sign-out', () => {
  it('is not undone by a sign-in that is answered after it, which ends on the server too', async () => {
    const { controller, server, store } = await ready();
    const signIn = later<SignIn>();
    vi.spyOn(server, 'demoSignIn').mockReturnValue(signIn.promise);
    const signingIn = controller.signInAsDemo('zhang');
    await controller.signOut();
    signIn.answer(signedIn());
    await signingIn;
    expect(store.session()).toBeNull();
    expect(controller.snapshot()).toMatchObject({ phase: 'signed_out', borrower: null });
    expect(server.ended).toEqual(['token-1', 'signed-in']);
  });

  it('is not undone by a renewal that is answered after it', async () => {
    const { controller, server, store } = await ready();
    const renewal = later<Session>();
    vi.spyOn(server, 'renewSession').mockReturnValue(renewal.promise);
    await vi.advanceTimersByTimeAsync(UNTIL_RENEWAL);
    await controller.signOut();
    renewal.answer(session({ token: 'renewed' }));
    await settle();
    expect(store.session()).toBeNull();
    expect(controller.snapshot().phase).toBe('signed_out');
  });

  it('leaves nothing of a history that is read after it', async () => {
    const { controller, server } = await ready();
    const history = later<Awaited<ReturnType<FakeServer['history']>>>();
    vi.spyOn(server, 'history').mockReturnValue(history.promise);
    controller.reconnect();
    await controller.signOut();
    history.answer(replyOf(botMessage(1, '您一共要还 1234.50 元')));
    await settle();
    expect(shown(controller)).toEqual([]);
  });
});

describe('a session that is opened twice at once', () => {
  it('takes the later one only', async () => {
    const server = new FakeServer();
    const first = later<Session>();
    vi.spyOn(server, 'openSession').mockReturnValueOnce(first.promise);
    const { controller, store } = conversation(server);
    const slow = controller.start();
    await controller.restart();
    first.answer(session({ token: 'of the first' }));
    await slow;
    expect(store.session()?.token).toBe('token-1');
    expect(controller.snapshot().phase).toBe('ready');
  });
});

describe('somebody else who signs in on the same page', () => {
  it('finds nothing of what was said before', async () => {
    const server = new FakeServer();
    server.sessionAnswer = session({ token: tokenOf('web-a') });
    const { controller } = await ready(server);
    controller.say('我是张三，我欠多少');
    await settle();
    const li = signedIn({ token: tokenOf('web-b'), borrower: { display_name: '李先生' } });
    vi.spyOn(server, 'demoSignIn').mockResolvedValue(li);
    vi.spyOn(server, 'history').mockResolvedValue(replyOf());
    await controller.signInAsDemo('li');
    await settle();
    expect(shown(controller)).toEqual([]);
    expect(controller.snapshot().borrower?.display_name).toBe('李先生');
  });

  it('keeps the conversation where it is the same one', async () => {
    const server = new FakeServer();
    server.sessionAnswer = session({ token: tokenOf('web-a') });
    const { controller } = await ready(server);
    controller.say('能分期吗');
    await settle();
    vi.spyOn(server, 'demoSignIn').mockResolvedValue(signedIn({ token: tokenOf('web-a') }));
    await controller.signInAsDemo('zhang');
    expect(shown(controller)).toContain('user: 能分期吗');
  });
});

it('offers the ways to sign in again when the server asks who is there', async () => {
  const { controller, server } = await ready();
  await controller.signInAsDemo('zhang');
  const card = { type: 'sign_in' as const, title: '', text: '' };
  vi.spyOn(server, 'say').mockResolvedValue(replyOf(botMessage(9, '请先登录', { card })));
  controller.say('我的方案还剩几期');
  await settle();
  expect(controller.snapshot()).toMatchObject({ phase: 'ready', borrower: null });
});
