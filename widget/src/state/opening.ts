import type { Session } from '../contract/types';
import type { ChatApi } from '../transport/api';
import { Refused } from '../transport/http';
import type { Credential } from './credential';
import type { Host } from './host';
import type { SessionStore } from './store';

export interface OpeningOptions {
  api: ChatApi;
  store: SessionStore;
  host: Host;
  credential: Credential;
}

/** Finds the session to go on with, or opens one: the host's user, else nobody in particular. */
export class Opening {
  constructor(private readonly options: OpeningOptions) {}

  async session(): Promise<Session> {
    const { api, host, store, credential } = this.options;
    const hostUser = await host.user();
    const saved = store.session();
    if (saved && (hostUser === null || hostUser === saved.hostUser)) {
      credential.hostUser = saved.hostUser;
      const session = await this.resume(saved.token);
      if (session) return session;
    } else if (saved) {
      this.discard(saved.token);
    }
    credential.hostUser = hostUser ?? '';
    const hostToken = hostUser ? await host.token() : null;
    return hostToken ? this.openForHostUser(hostToken) : api.openSession();
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
}
