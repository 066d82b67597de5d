import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../src/state/store';
import { ConnectionLost, Refused } from '../src/transport/http';
import { conversation, FakeServer, shown } from './support/fakeApi';
import { botMessage, session, userMessage } from './support/messages';

const EXPIRED = new Refused(401, 'session_expired', '');

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the history', () => {
  it('is there again after a reload', async () => {
    const server = new FakeServer();
    server.history_.push(userMessage(1, 'a', '你好'), botMessage(2, '您好', { in_reply_to: 'a' }));
    const { controller } = conversation(server);
    await controller.start();
    expect(shown(controller)).toEqual(['user: 你好', 'bot: 您好']);
    expect(controller.snapshot().unread).toBe(0);
  });
});

describe('a message that arrives unasked', () => {
  it('is counted while nobody looks, once per message', async () => {
    const { controller, stream } = conversation();
    await controller.start();
    controller.setVisible(false);
    stream.handlers.onMessage(botMessage(5, '明天是还款日'));
    stream.handlers.onMessage(botMessage(5, '明天是还款日'));
    stream.handlers.onMessage(botMessage(6, '在吗', { from: 'person' }));
    expect(controller.snapshot().unread).toBe(2);
    expect(shown(controller)).toEqual(['bot: 明天是还款日', 'person: 在吗']);

    controller.setVisible(true);
    expect(controller.snapshot().unread).toBe(0);
  });

  it('lets the stream resume after the newest message', async () => {
    const { controller, stream } = conversation();
    await controller.start();
    stream.handlers.onMessage(botMessage(9, '提醒'));
    expect(stream.handlers.after()).toBe(9);
  });
});

describe('a session that ends', () => {
  it('keeps the page and gives back what could not be sent', async () => {
    const { controller, server, store, stream } = conversation();
    await controller.start();
    controller.say('第一句');
    await vi.advanceTimersByTimeAsync(0);
    server.faults.push(EXPIRED);
    controller.say('每月三千');
    await vi.advanceTimersByTimeAsync(0);

    const state = controller.snapshot();
    expect(state.phase).toBe('expired');
    expect(state.borrower).toBeNull();
    expect(state.returnedDraft).toBe('每月三千');
    expect(shown(controller)).toContain('bot: 答：第一句');
    expect(store.session()).toBeNull();
    expect(store.outbox()).toEqual([]);
    expect(stream.running).toBe(false);
  });

  it('joins words that were still being typed', async () => {
    const { controller, server } = conversation();
    await controller.start();
    server.faults.push(EXPIRED);
    controller.say('第一句');
    await vi.advanceTimersByTimeAsync(0);
    controller.keepDraft('还没写完');
    expect(controller.snapshot().returnedDraft).toBe('第一句\n还没写完');
  });

  it('starts anew, empty, with the words given back', async () => {
    const { controller, server } = conversation();
    await controller.start();
    server.faults.push(EXPIRED);
    controller.say('每月三千');
    await vi.advanceTimersByTimeAsync(0);
    await controller.restart();
    expect(controller.snapshot()).toMatchObject({
      phase: 'ready',
      entries: [],
      returnedDraft: '每月三千',
    });
  });
});

describe('signing out', () => {
  it('ends the session on the server and leaves nothing here', async () => {
    const { controller, server, store } = conversation();
    await controller.start();
    await controller.signInAsDemo('zhang');
    controller.say('我欠多少');
    await vi.advanceTimersByTimeAsync(0);
    await controller.signOut();
    controller.keepDraft('没写完的话');
    expect(server.ended).toEqual(['signed-in']);
    expect(controller.snapshot()).toMatchObject({
      phase: 'signed_out',
      entries: [],
      borrower: null,
      returnedDraft: '',
    });
    expect(store.session()).toBeNull();
  });

  it('is for a visitor who never signed in an empty new conversation', async () => {
    const { controller, server } = conversation();
    await controller.start();
    controller.say('随便问问');
    await vi.advanceTimersByTimeAsync(0);
    await controller.startOver();
    expect(server.ended).toEqual(['token-1']);
    expect(controller.snapshot().phase).toBe('ready');
  });

  it('does not show an answer that comes too late', async () => {
    const { controller } = conversation();
    await controller.start();
    controller.say('我欠多少');
    await controller.signOut();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown(controller)).toEqual([]);
  });
});

describe('signing in', () => {
  it('rotates the token that is kept', async () => {
    const { controller, store } = conversation();
    await controller.start();
    await controller.signInAsDemo('zhang');
    expect(store.session()?.token).toBe('signed-in');
    expect(controller.snapshot().borrower?.display_name).toBe('张先生');
  });

  it('is not mistaken for the end of the session when the old token stops working', async () => {
    const { controller, stream, server } = conversation();
    await controller.start();
    let finish: () => void = () => undefined;
    vi.spyOn(server, 'demoSignIn').mockImplementation(async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return {
        token: 'signed-in',
        expires_at: '',
        issued_at: null,
        borrower: { display_name: '张先生' },
        messages: [],
      };
    });
    const signingIn = controller.signInAsDemo('zhang');
    expect(stream.running).toBe(false);
    finish();
    await signingIn;
    expect(stream.running).toBe(true);
    expect(controller.snapshot().phase).toBe('ready');
  });
});

describe('a server that cannot be reached', () => {
  it('is tried again until it answers', async () => {
    const { controller, server } = conversation();
    server.sessionFault = new ConnectionLost();
    await controller.start();
    expect(controller.snapshot().phase).toBe('unreachable');
    server.sessionFault = null;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(controller.snapshot().phase).toBe('ready');
  });
});

describe('inside a host page', () => {
  const host = (user: string, token: string | null) => ({
    user: () => Promise.resolve(user),
    token: () => Promise.resolve(token),
  });

  it("trades the host's token for a session of its user", async () => {
    const server = new FakeServer();
    const { controller } = conversation(server, memoryStore(), host('u1', 'host-token'));
    await controller.start();
    expect(server.hostTokens).toEqual(['host-token']);
    expect(controller.snapshot().borrower?.display_name).toBe('李先生');
  });

  it('never shows the session of one user to the next', async () => {
    const server = new FakeServer();
    const store = memoryStore();
    store.saveSession({ token: 'of-u1', expiresAt: '', hostUser: 'u1' });
    store.saveOutbox([{ id: 'x', at: '', text: '我的借呗', button: null }]);
    const { controller } = conversation(server, store, host('u2', 'host-token'));
    await controller.start();
    expect(server.ended).toEqual(['of-u1']);
    expect(store.session()?.token).toBe('host-session');
    expect(shown(controller)).toEqual([]);
  });

  it('keeps the session of the same user over a walk through the site', async () => {
    const server = new FakeServer();
    const store = memoryStore();
    store.saveSession({ token: 'of-u1', expiresAt: '', hostUser: 'u1' });
    const { controller } = conversation(server, store, host('u1', 'host-token'));
    await controller.start();
    expect(server.hostTokens).toEqual([]);
    expect(store.session()?.token).toBe('of-u1');
  });

  it('falls back to an anonymous conversation when the token is refused', async () => {
    const server = new FakeServer();
    vi.spyOn(server, 'signInByHost').mockRejectedValue(new Refused(401, 'token_expired', ''));
    const { controller } = conversation(server, memoryStore(), host('u1', 'old'));
    await controller.start();
    expect(controller.snapshot()).toMatchObject({ phase: 'ready', borrower: null });
  });
});

it('renews the session of a borrower who is there before it ends', async () => {
  // The session of the fake server ends two hours after NOW; three quarters are ninety minutes.
  const { controller, store } = conversation();
  await controller.start();
  await vi.advanceTimersByTimeAsync(89 * 60_000);
  expect(store.session()?.token).toBe('token-1');
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect(store.session()?.token).toBe('renewed');
});

it("counts a session's life by the server's clock when the device's runs ahead", async () => {
  // Life on the server: 09:00 to 11:00. The device says 20:00, nine hours after the end.
  const server = new FakeServer();
  server.sessionAnswer = session({
    expires_at: '2026-11-21T11:00:00Z',
    issued_at: Date.parse('2026-11-21T09:00:00Z'),
  });
  const renew = vi.spyOn(server, 'renewSession');
  const { controller } = conversation(server);
  await controller.start();
  await vi.advanceTimersByTimeAsync(89 * 60_000);
  expect(renew).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect(renew).toHaveBeenCalledOnce();
});
