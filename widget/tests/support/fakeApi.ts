import type { Reply, ServerMessage, Session } from '../../src/contract/types';
import { ChatController } from '../../src/state/controller';
import type { Host } from '../../src/state/host';
import type { Stream, StreamHandlers } from '../../src/state/line';
import { memoryStore, type SessionStore } from '../../src/state/store';
import type { ChatApi, Utterance } from '../../src/transport/api';
import { Refused } from '../../src/transport/http';
import { botMessage, replyOf, session } from './messages';

/** A server in memory: answers each id once, and fails as told before it does. */
export class FakeServer implements ChatApi {
  readonly received: Utterance[] = [];
  readonly answered = new Map<string, Reply>();
  readonly history_: ServerMessage[] = [];
  /** Thrown by the next `say` calls, oldest first; 'lost-answer' handles the message, then fails. */
  readonly faults: (Error | { lostAnswer: Error })[] = [];
  readonly ended: string[] = [];
  sessionAnswer: Session = session();
  sessionFault: Error | null = null;
  hostTokens: string[] = [];

  say(_token: string, utterance: Utterance): Promise<Reply> {
    this.received.push(utterance);
    const fault = this.faults.shift();
    if (fault instanceof Error) return Promise.reject(fault);
    const reply = this.answer(utterance);
    return fault ? Promise.reject(fault.lostAnswer) : Promise.resolve(reply);
  }

  openSession(): Promise<Session> {
    return this.sessionFault ? Promise.reject(this.sessionFault) : Promise.resolve(this.sessionAnswer);
  }

  signInByHost(
    _token: string | null,
    hostToken: string,
  ): Promise<{ session: Session; messages: ServerMessage[] }> {
    this.hostTokens.push(hostToken);
    return Promise.resolve({
      session: { ...this.sessionAnswer, token: 'host-session', borrower: { display_name: '李先生' } },
      messages: [],
    });
  }

  readSession(token: string): Promise<Session> {
    if (this.sessionFault) return Promise.reject(this.sessionFault);
    return Promise.resolve({ ...this.sessionAnswer, token });
  }

  renewSession(): Promise<Session> {
    return Promise.resolve({ ...this.sessionAnswer, token: 'renewed' });
  }

  endSession(token: string): Promise<void> {
    this.ended.push(token);
    return Promise.resolve();
  }

  demoBorrowers(): Promise<{ id: string; display_name: string; story: string }[]> {
    return Promise.resolve([{ id: 'zhang', display_name: '张先生', story: '借呗逾期' }]);
  }

  demoSignIn(): ReturnType<ChatApi['demoSignIn']> {
    return Promise.resolve({
      token: 'signed-in',
      expires_at: '2026-11-21T22:00:00Z',
      issued_at: null,
      borrower: { display_name: '张先生' },
      messages: [],
    });
  }

  startVerification(): ReturnType<ChatApi['startVerification']> {
    return Promise.resolve({ challenge: 'c', expires_at: '', demo_code: '1234' });
  }

  finishVerification(): ReturnType<ChatApi['finishVerification']> {
    return Promise.reject(new Refused(422, 'code_wrong', '验证码不对，还可以试 2 次。'));
  }

  lookAtLink(): ReturnType<ChatApi['lookAtLink']> {
    return Promise.resolve({ channel: '微信公众号', expires_at: '2026-11-21T20:15:00Z' });
  }

  confirmLink(): ReturnType<ChatApi['confirmLink']> {
    return Promise.resolve({ code: '482913', expires_at: '2026-11-21T20:10:00Z' });
  }

  history(_token: string, after: number): Promise<Reply> {
    return Promise.resolve(replyOf(...this.history_.filter((message) => message.seq > after)));
  }

  feedback(): Promise<void> {
    return Promise.resolve();
  }

  private answer(utterance: Utterance): Reply {
    const known = this.answered.get(utterance.id);
    if (known) return known;
    const said = 'text' in utterance ? utterance.text : utterance.button;
    const seq = this.history_.length + 1;
    const question = botMessage(seq, said, { from: 'user', id: utterance.id });
    const reply = botMessage(seq + 1, `答：${said}`, { in_reply_to: utterance.id });
    this.history_.push(question, reply);
    this.answered.set(utterance.id, replyOf(reply));
    return replyOf(reply);
  }
}

export class FakeStream implements Stream {
  running = false;

  constructor(readonly handlers: StreamHandlers) {}

  start(): void {
    this.running = true;
  }

  stop(): void {
    this.running = false;
  }

  restart(): void {
    this.running = true;
  }
}

export interface Conversation {
  controller: ChatController;
  server: FakeServer;
  store: SessionStore;
  stream: FakeStream;
}

export const NOW = new Date('2026-11-21T20:00:00Z');

/** A controller on a fake server; `host` stands for the page around the widget. */
export function conversation(
  server = new FakeServer(),
  store = memoryStore(),
  host: Host = { user: () => Promise.resolve(null), token: () => Promise.resolve(null) },
): Conversation {
  let ids = 0;
  let stream: FakeStream | undefined;
  const controller = new ChatController({
    api: server,
    store,
    host,
    openStream: (handlers) => {
      stream = new FakeStream(handlers);
      return stream;
    },
    newId: () => {
      ids += 1;
      return `id-${String(ids)}`;
    },
    now: () => NOW,
  });
  if (!stream) throw new Error('the controller opened no stream');
  return { controller, server, store, stream };
}

/** What the page shows, as `who: words` lines. */
export function shown(controller: ChatController): string[] {
  return controller.snapshot().entries.map((entry) => `${entry.kind}: ${entry.text}`);
}
