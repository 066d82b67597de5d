import { conversationOf } from '../contract/issued';
import type { SignIn } from '../contract/types';
import type { ChatApi } from '../transport/api';
import type { Credential } from './credential';
import type { Host } from './host';
import type { Line } from './line';
import type { Page } from './page';

export interface SigningInOptions {
  api: ChatApi;
  host: Host;
  credential: Credential;
  page: Page;
  line: Line;
}

/** The ways to say who one is. Each replaces the token. */
export class SigningIn {
  constructor(private readonly options: SigningInOptions) {}

  async asDemo(borrower: string): Promise<void> {
    const { api, credential } = this.options;
    await this.run(() => api.demoSignIn(credential.require(), borrower));
  }

  async byCode(challenge: string, code: string): Promise<void> {
    const { api, credential } = this.options;
    await this.run(() => api.finishVerification(credential.require(), challenge, code));
  }

  /** Trades a fresh token of the host page for its user's identity; false when it has none. */
  async byHost(): Promise<boolean> {
    const { api, credential, host } = this.options;
    const user = await host.user();
    const hostToken = await host.token();
    if (!hostToken) return false;
    await this.run(async () => {
      const { session, messages } = await api.signInByHost(credential.token, hostToken);
      const borrower = session.borrower ?? { display_name: '' };
      return { ...session, borrower, messages };
    }, user ?? '');
    return true;
  }

  private async run(ask: () => Promise<SignIn>, hostUser?: string): Promise<void> {
    const { api, credential, page, line } = this.options;
    line.pause();
    try {
      await credential.change(async (lease) => {
        const answer = await ask();
        if (!lease.live) {
          // Signed out, or started over, in the meantime: nobody wants this session any more.
          void api.endSession(answer.token).catch(() => undefined);
          return;
        }
        if (conversationOf(lease.token) !== conversationOf(answer.token)) {
          line.abandon();
          page.dispatch({ type: 'another_conversation' });
        }
        if (hostUser !== undefined) credential.hostUser = hostUser;
        credential.keep(answer);
        page.dispatch({ type: 'signed_in', borrower: answer.borrower });
        page.receive(answer.messages);
      });
    } finally {
      line.goOn();
    }
    line.catchUp();
  }
}
