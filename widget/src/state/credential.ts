import type { Session, SignIn } from '../contract/types';
import { Refused } from '../transport/http';
import { Renewal } from './renewal';
import type { SessionStore } from './store';

/**
 * The token as it was when something was asked for. Its answer counts only while the lease is live:
 * a sign-in, a sign-out or a new session since then has made it an answer to an old question.
 */
export interface Lease {
  readonly token: string | null;
  readonly live: boolean;
}

export interface CredentialOptions {
  store: SessionStore;
  now: () => Date;
  renew: (token: string) => Promise<Session>;
  onRenewed: (session: Session) => void;
  onEnded: () => void;
}

/** The session's token: the one place where it is kept, replaced, renewed and forgotten. */
export class Credential {
  /** The host page's opaque key of the user whose session this is, '' for none. */
  hostUser = '';
  private current: string | null = null;
  private generation = 0;
  /** Settled when no change of the token is under way. */
  private changing: Promise<unknown> = Promise.resolve();
  private readonly renewal: Renewal;

  constructor(private readonly options: CredentialOptions) {
    this.renewal = new Renewal({ now: options.now, renew: () => this.renew() });
  }

  get token(): string | null {
    return this.current;
  }

  require(): string {
    if (!this.current) throw new Refused(401, 'session_unknown', '');
    return this.current;
  }

  lease(): Lease {
    const { current: token, generation } = this;
    const isLive = (): boolean => this.generation === generation;
    return {
      token,
      get live() {
        return isLive();
      },
    };
  }

  /** A change that somebody asked for: whatever was asked for earlier is answered in vain. */
  supersede(): Lease {
    this.generation += 1;
    return this.lease();
  }

  /**
   * Runs a sign-in. What it answers is kept by `keep`, if its lease is still live; refusals of the
   * old token that come meanwhile wait for its end (`isOver`).
   */
  async change(signIn: (lease: Lease) => Promise<void>): Promise<void> {
    const lease = this.supersede();
    const work = signIn(lease);
    this.changing = work.catch(() => undefined);
    try {
      await work;
      // Also what was asked for, with the old token, while this was under way.
      this.supersede();
    } catch (error) {
      // A renewal under way was given up for this; the old token goes on, and must not run out.
      if (lease.live) this.renewal.soon();
      throw error;
    }
  }

  keep(session: Session | SignIn): void {
    this.current = session.token;
    this.options.store.saveSession({
      token: session.token,
      expiresAt: session.expires_at,
      hostUser: this.hostUser,
    });
    this.renewal.schedule(session.expires_at, session.issued_at);
  }

  forget(): void {
    this.generation += 1;
    this.current = null;
    this.options.store.saveSession(null);
    this.renewal.stop();
  }

  /** Whether a refusal of this token ends the conversation: not when another has taken its place. */
  async isOver(token: string | null): Promise<boolean> {
    await this.changing;
    return token !== null && token === this.current;
  }

  /** The borrower is there: an active session is renewed before it ends. */
  touch(): void {
    this.renewal.touch();
  }

  stop(): void {
    this.renewal.stop();
  }

  private async renew(): Promise<void> {
    const lease = this.lease();
    if (!lease.token) return;
    try {
      const session = await this.options.renew(lease.token);
      if (!lease.live) return;
      this.keep(session);
      this.options.onRenewed(session);
    } catch (error) {
      if (!(error instanceof Refused && error.sessionEnded)) throw error;
      if (await this.isOver(lease.token)) this.options.onEnded();
    }
  }
}
