import type { DemoBorrower, PhoneChallenge, ServerMessage, Session, SignIn } from '../contract/types';
import type { ChatApi } from '../transport/api';
import { Refused } from '../transport/http';
import { INITIAL, reduce, type ChatAction, type ChatState, type Rating } from './chat';
import { lastSeq, undelivered, type Draft } from './entry';
import { Outbox } from './outbox';
import { Renewal } from './renewal';
import type { SessionStore } from './store';
import { backoff } from '../transport/backoff';

/** The host page around the widget; a page of its own has none. */
export interface Host {
  /** The host's opaque key of its signed-in user, '' when signed out; null without a host. */
  user(): Promise<string | null>;
  /** A fresh token from the host's own server, or null. */
  token(): Promise<string | null>;
}

/** What the controller needs of the event stream. */
export interface Stream {
  start(): void;
  stop(): void;
  restart(): void;
}

export interface StreamHandlers {
  token: () => string | null;
  after: () => number;
  onMessage: (message: ServerMessage) => void;
  onHandoff: (handoff: ChatState['handoff']) => void;
  onSessionEnded: () => void;
}

export interface ControllerOptions {
  api: ChatApi;
  store: SessionStore;
  host: Host;
  openStream: (handlers: StreamHandlers) => Stream;
  newId: () => string;
  now: () => Date;
}

/** The conversation: what the page calls, and the one place where its state changes. */
export class ChatController {
  private state: ChatState = INITIAL;
  private readonly listeners = new Set<() => void>();
  private token: string | null = null;
  private hostUser = '';
  private visible = true;
  private startAttempt = 0;
  private startTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly stream: Stream;
  private readonly outbox: Outbox;
  private readonly renewal: Renewal;

  constructor(private readonly options: ControllerOptions) {
    this.stream = options.openStream({
      token: () => this.token,
      after: () => lastSeq(this.state.entries),
      onMessage: (message) => {
        this.receive([message]);
      },
      onHandoff: (handoff) => {
        this.dispatch({ type: 'handoff', handoff });
      },
      onSessionEnded: () => {
        this.expire();
      },
    });
    this.outbox = new Outbox({
      api: options.api,
      token: () => this.token,
      entries: () => this.state.entries,
      dispatch: (action) => {
        this.dispatch(action);
      },
      onReply: (reply) => {
        this.receive(reply.messages);
        this.dispatch({ type: 'handoff', handoff: reply.handoff });
      },
      onSessionEnded: () => {
        this.expire();
      },
    });
    this.renewal = new Renewal({
      now: options.now,
      renew: async () => {
        if (this.token) this.opened(await options.api.renewSession(this.token));
      },
      onSessionEnded: () => {
        this.expire();
      },
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): ChatState => this.state;

  /** Opens or resumes the session, reads the history and listens; repeats until it works. */
  async start(): Promise<void> {
    clearTimeout(this.startTimer);
    try {
      await this.enter(await this.openSession());
    } catch (error) {
      if (error instanceof Refused && error.sessionEnded) {
        this.options.store.saveSession(null);
        this.token = null;
      }
      if (this.state.phase !== 'ready') this.dispatch({ type: 'unreachable' });
      this.startTimer = setTimeout(() => void this.start(), backoff(this.startAttempt));
      this.startAttempt += 1;
    }
  }

  say(text: string): void {
    this.queue({ id: this.options.newId(), at: this.options.now().toISOString(), text, button: null });
  }

  press(title: string, value: string): void {
    this.queue({
      id: this.options.newId(),
      at: this.options.now().toISOString(),
      text: title,
      button: value,
    });
  }

  /** Sends a stuck message again, under the same id. */
  retry(id: string): void {
    this.outbox.retry(id);
  }

  /** Takes a stuck message off the page. */
  drop(id: string): void {
    this.dispatch({ type: 'dropped', id });
    this.outbox.pump();
  }

  async demoBorrowers(): Promise<DemoBorrower[]> {
    return this.options.api.demoBorrowers(this.requireToken());
  }

  async signInAsDemo(borrower: string): Promise<void> {
    await this.signIn(() => this.options.api.demoSignIn(this.requireToken(), borrower));
  }

  async startVerification(phone: string): Promise<PhoneChallenge> {
    return this.options.api.startVerification(this.requireToken(), phone);
  }

  async finishVerification(challenge: string, code: string): Promise<void> {
    await this.signIn(() =>
      this.options.api.finishVerification(this.requireToken(), challenge, code),
    );
  }

  /** Trades a fresh token of the host page for its user's identity; false when it has none. */
  async signInByHost(): Promise<boolean> {
    const user = await this.options.host.user();
    const hostToken = await this.options.host.token();
    if (!hostToken) return false;
    await this.signIn(async () => {
      const { session, messages } = await this.options.api.signInByHost(this.token, hostToken);
      this.hostUser = user ?? '';
      const borrower = session.borrower ?? { display_name: '' };
      return { ...session, borrower, messages };
    });
    return true;
  }

  /** Somebody signed in or out on the host page: their conversation, not the one before. */
  async hostUserChanged(): Promise<void> {
    if ((await this.options.host.user()) !== this.hostUser) await this.startOver();
  }

  /** Ends this conversation, on the server too, and begins an empty one. */
  async startOver(): Promise<void> {
    const old = this.token;
    if (old) void this.options.api.endSession(old).catch(() => undefined);
    await this.restart();
  }

  /** Ends the session on the server and leaves nothing on the page. */
  async signOut(): Promise<void> {
    const token = this.token;
    this.forget();
    this.dispatch({ type: 'signed_out' });
    if (!token) return;
    try {
      await this.options.api.endSession(token);
    } catch {
      // The page has forgotten the token; on the server it ends by time.
    }
  }

  /** A new session after the old one ended. */
  async restart(): Promise<void> {
    this.forget();
    this.dispatch({ type: 'restarted' });
    await this.start();
  }

  async rate(seq: number, rating: Rating, comment: string): Promise<void> {
    await this.options.api.feedback(this.requireToken(), {
      message_seq: seq,
      helpful: rating === 'helpful',
      comment,
    });
    this.dispatch({ type: 'rated', seq, rating });
  }

  /** The borrower can see the conversation (or no longer can). */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible) this.dispatch({ type: 'read' });
  }

  /** The borrower is there: an active session is renewed before it ends. */
  touch(): void {
    this.renewal.touch();
  }

  /** The network is back: everything that waits is tried at once. */
  reconnect(): void {
    if (this.state.phase === 'unreachable') void this.start();
    if (this.state.phase !== 'ready') return;
    this.stream.restart();
    this.outbox.retryWaiting();
    void this.readHistory().catch(() => undefined);
  }

  takeDraft(): void {
    this.dispatch({ type: 'draft_taken' });
  }

  /** Typed but not sent when the composer went away. */
  keepDraft(words: string): void {
    this.dispatch({ type: 'draft_kept', words });
  }

  dispose(): void {
    clearTimeout(this.startTimer);
    this.stream.stop();
    this.outbox.stop();
    this.renewal.stop();
  }

  private queue(draft: Draft): void {
    this.dispatch({ type: 'queued', draft });
    this.touch();
    this.outbox.pump();
  }

  private async enter(session: Session): Promise<void> {
    // Read before anything is dispatched: every change writes the outbox anew.
    const unsent = this.options.store.outbox();
    this.keep(session);
    await this.readHistory();
    this.restore(unsent);
    this.opened(session);
    this.startAttempt = 0;
    this.stream.restart();
    this.outbox.pump();
  }

  private opened(session: Session): void {
    this.keep(session);
    this.dispatch({
      type: 'session_opened',
      borrower: session.borrower,
      aiLabel: session.ai_label,
      demo: session.demo,
    });
  }

  private async openSession(): Promise<Session> {
    const hostUser = await this.options.host.user();
    const saved = this.options.store.session();
    if (saved && (hostUser === null || hostUser === saved.hostUser)) {
      this.hostUser = saved.hostUser;
      const session = await this.resume(saved.token);
      if (session) return session;
    } else if (saved) {
      this.discard(saved.token);
    }
    this.hostUser = hostUser ?? '';
    const hostToken = hostUser ? await this.options.host.token() : null;
    return hostToken ? this.openForHostUser(hostToken) : this.options.api.openSession();
  }

  /** A token that the server refuses still leaves the visitor an anonymous conversation. */
  private async openForHostUser(hostToken: string): Promise<Session> {
    try {
      return (await this.options.api.signInByHost(null, hostToken)).session;
    } catch (error) {
      if (!(error instanceof Refused && error.sessionEnded)) throw error;
      return this.options.api.openSession();
    }
  }

  private async resume(token: string): Promise<Session | null> {
    try {
      return await this.options.api.readSession(token);
    } catch (error) {
      if (!(error instanceof Refused && error.sessionEnded)) throw error;
      this.options.store.saveSession(null);
      return null;
    }
  }

  /** Somebody else is signed in on the host page now: the old session must not be shown to them. */
  private discard(token: string): void {
    this.options.store.saveSession(null);
    this.options.store.saveOutbox([]);
    void this.options.api.endSession(token).catch(() => undefined);
  }

  private async readHistory(): Promise<void> {
    if (!this.token) return;
    const reply = await this.options.api.history(this.token, lastSeq(this.state.entries));
    this.dispatch({ type: 'received', messages: reply.messages, unread: 0 });
    this.dispatch({ type: 'handoff', handoff: reply.handoff });
  }

  /** Messages that had not reached the server when the page was left go out now, once. */
  private restore(unsent: readonly Draft[]): void {
    const known = new Set(
      this.state.entries.flatMap((entry) => (entry.kind === 'user' ? [entry.id] : [])),
    );
    unsent
      .filter((draft) => !known.has(draft.id))
      .forEach((draft) => {
        this.dispatch({ type: 'queued', draft });
      });
  }

  /** The old token ends with a sign-in, so the stream is kept quiet until the new one is here. */
  private async signIn(ask: () => Promise<SignIn>): Promise<void> {
    this.stream.stop();
    try {
      const answer = await ask();
      this.keep(answer);
      this.dispatch({ type: 'signed_in', borrower: answer.borrower });
      this.receive(answer.messages);
    } finally {
      if (this.state.phase === 'ready') this.stream.start();
    }
    void this.readHistory().catch(() => undefined);
  }

  private keep(session: Session | SignIn): void {
    this.token = session.token;
    this.options.store.saveSession({
      token: session.token,
      expiresAt: session.expires_at,
      hostUser: this.hostUser,
    });
    this.renewal.schedule(session.expires_at, session.issued_at);
  }

  private receive(messages: ServerMessage[]): void {
    const known = new Set(this.state.entries.map((entry) => entry.seq));
    const fresh = messages.filter((m) => m.from !== 'user' && !known.has(m.seq));
    this.dispatch({ type: 'received', messages, unread: this.visible ? 0 : fresh.length });
  }

  private expire(): void {
    if (this.state.phase !== 'ready') return;
    this.forget();
    this.dispatch({ type: 'expired' });
  }

  private forget(): void {
    this.token = null;
    this.options.store.saveSession(null);
    this.options.store.saveOutbox([]);
    this.stream.stop();
    this.outbox.stop();
    this.renewal.stop();
  }

  private requireToken(): string {
    if (!this.token) throw new Refused(401, 'session_unknown', '');
    return this.token;
  }

  private dispatch(action: ChatAction): void {
    const next = reduce(this.state, action);
    if (next === this.state) return;
    this.state = next;
    if (this.token) {
      this.options.store.saveOutbox(
        undelivered(next.entries).map(({ id, at, text, button }) => ({ id, at, text, button })),
      );
    }
    this.listeners.forEach((listener) => {
      listener();
    });
  }
}
