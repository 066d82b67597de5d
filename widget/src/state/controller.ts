import type {
  DemoBorrower,
  OpenedLink,
  PhoneChallenge,
  Session,
  ShownCode,
} from '../contract/types';
import type { ChatApi } from '../transport/api';
import { backoff } from '../transport/backoff';
import { Refused } from '../transport/http';
import type { ChatState, Rating } from './chat';
import { Credential } from './credential';
import type { Host } from './host';
import { Line, type Stream, type StreamHandlers } from './line';
import { Opening } from './opening';
import { Page } from './page';
import { SigningIn } from './signingIn';
import type { SessionStore } from './store';

export interface ControllerOptions {
  api: ChatApi;
  store: SessionStore;
  host: Host;
  openStream: (handlers: StreamHandlers) => Stream;
  newId: () => string;
  now: () => Date;
}

/** The conversation, as the page calls it. The parts beside it each keep one thing in order. */
export class ChatController {
  private startAttempt = 0;
  private startTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly page: Page;
  private readonly credential: Credential;
  private readonly opening: Opening;
  private readonly signingIn: SigningIn;
  private readonly line: Line;

  constructor(private readonly options: ControllerOptions) {
    const { api, store, host, now } = options;
    this.page = new Page(() => {
      if (this.credential.token) store.saveOutbox(this.page.unsent());
    });
    this.credential = new Credential({
      store,
      now,
      renew: (token) => api.renewSession(token),
      onRenewed: (session) => {
        this.show(session);
      },
      onEnded: () => {
        this.expire();
      },
    });
    this.opening = new Opening({ api, store, host, credential: this.credential });
    this.line = new Line({
      api,
      page: this.page,
      credential: this.credential,
      openStream: options.openStream,
      onEnded: () => {
        this.expire();
      },
    });
    this.signingIn = new SigningIn({
      api,
      host,
      credential: this.credential,
      page: this.page,
      line: this.line,
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => this.page.subscribe(listener);

  readonly snapshot = (): ChatState => this.page.state;

  /** Opens or resumes the session, reads the history and listens; repeats until it works. */
  async start(): Promise<void> {
    clearTimeout(this.startTimer);
    const lease = this.credential.supersede();
    try {
      const session = await this.opening.session();
      if (lease.live) await this.enter(session);
    } catch (error) {
      if (!lease.live) return;
      if (error instanceof Refused && error.sessionEnded) this.credential.forget();
      if (this.page.state.phase !== 'ready') this.page.dispatch({ type: 'unreachable' });
      this.startTimer = setTimeout(() => void this.start(), backoff(this.startAttempt));
      this.startAttempt += 1;
    }
  }

  say(text: string): void {
    this.queue(text, null);
  }

  press(title: string, value: string): void {
    this.queue(title, value);
  }

  /** Sends a stuck message again, under the same id. */
  retry(id: string): void {
    this.line.retry(id);
  }

  /** Takes a stuck message off the page. */
  drop(id: string): void {
    this.page.dispatch({ type: 'dropped', id });
    this.line.send();
  }

  async demoBorrowers(): Promise<DemoBorrower[]> {
    return this.options.api.demoBorrowers(this.credential.require());
  }

  async signInAsDemo(borrower: string): Promise<void> {
    await this.signingIn.asDemo(borrower);
  }

  async startVerification(phone: string): Promise<PhoneChallenge> {
    return this.options.api.startVerification(this.credential.require(), phone);
  }

  async finishVerification(challenge: string, code: string): Promise<void> {
    await this.signingIn.byCode(challenge, code);
  }

  async signInByHost(): Promise<boolean> {
    return this.signingIn.byHost();
  }

  /** Which conversation of another channel a link asks to sign in. */
  async lookAtLink(link: string): Promise<OpenedLink> {
    return this.options.api.lookAtLink(this.credential.require(), link);
  }

  /** The borrower says that the conversation is theirs; the code to send back there. */
  async confirmLink(link: string): Promise<ShownCode> {
    return this.options.api.confirmLink(this.credential.require(), link);
  }

  /** Somebody signed in or out on the host page: their conversation, not the one before. */
  async hostUserChanged(): Promise<void> {
    if ((await this.options.host.user()) !== this.credential.hostUser) await this.startOver();
  }

  /** Ends this conversation, on the server too, and begins an empty one. */
  async startOver(): Promise<void> {
    const old = this.credential.token;
    if (old) void this.options.api.endSession(old).catch(() => undefined);
    await this.restart();
  }

  /** Ends the session on the server and leaves nothing on the page. */
  async signOut(): Promise<void> {
    const token = this.credential.token;
    this.forget();
    this.page.dispatch({ type: 'signed_out' });
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
    this.page.dispatch({ type: 'restarted' });
    await this.start();
  }

  async rate(seq: number, rating: Rating, comment: string): Promise<void> {
    await this.options.api.feedback(this.credential.require(), {
      message_seq: seq,
      helpful: rating === 'helpful',
      comment,
    });
    this.page.dispatch({ type: 'rated', seq, rating });
  }

  /** The borrower can see the conversation (or no longer can). */
  setVisible(visible: boolean): void {
    this.page.setVisible(visible);
  }

  /** The borrower is there: an active session is renewed before it ends. */
  touch(): void {
    this.credential.touch();
  }

  /** The network is back: everything that waits is tried at once. */
  reconnect(): void {
    if (this.page.state.phase === 'unreachable') void this.start();
    if (this.page.state.phase !== 'ready') return;
    this.line.reconnect();
  }

  takeDraft(): void {
    this.page.dispatch({ type: 'draft_taken' });
  }

  /** Typed but not sent when the composer went away. */
  keepDraft(words: string): void {
    this.page.dispatch({ type: 'draft_kept', words });
  }

  dispose(): void {
    clearTimeout(this.startTimer);
    this.line.close();
    this.credential.stop();
  }

  private queue(text: string, button: string | null): void {
    const { newId, now } = this.options;
    const draft = { id: newId(), at: now().toISOString(), text, button };
    this.page.dispatch({ type: 'queued', draft });
    this.touch();
    this.line.send();
  }

  private async enter(session: Session): Promise<void> {
    // Read before anything is dispatched: every change writes the outbox anew.
    const unsent = this.options.store.outbox();
    this.credential.keep(session);
    const lease = this.credential.lease();
    await this.line.readHistory();
    if (!lease.live) return;
    this.page.restore(unsent);
    this.show(session);
    this.startAttempt = 0;
    this.line.open();
  }

  private show(session: Session): void {
    this.page.dispatch({
      type: 'session_opened',
      borrower: session.borrower,
      aiLabel: session.ai_label,
      demo: session.demo,
    });
  }

  private expire(): void {
    if (this.page.state.phase !== 'ready') return;
    this.forget();
    this.page.dispatch({ type: 'expired' });
  }

  private forget(): void {
    this.credential.forget();
    this.options.store.saveOutbox([]);
    this.line.close();
  }
}
