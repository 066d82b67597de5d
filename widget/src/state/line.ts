import type { ServerMessage } from '../contract/types';
import type { ChatApi } from '../transport/api';
import type { ChatState } from './chat';
import type { Credential } from './credential';
import { lastSeq } from './entry';
import { Outbox } from './outbox';
import type { Page } from './page';

/** What the line needs of the event stream. */
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

export interface LineOptions {
  api: ChatApi;
  page: Page;
  credential: Credential;
  openStream: (handlers: StreamHandlers) => Stream;
  onEnded: () => void;
}

/** Everything that comes and goes: the history, the event stream, the borrower's messages. */
export class Line {
  private readonly stream: Stream;
  private readonly outbox: Outbox;

  constructor(private readonly options: LineOptions) {
    const { api, page, credential, onEnded } = options;
    this.stream = options.openStream({
      token: () => credential.token,
      after: () => lastSeq(page.state.entries),
      onMessage: (message) => {
        page.receive([message]);
      },
      onHandoff: (handoff) => {
        page.dispatch({ type: 'handoff', handoff });
      },
      onSessionEnded: onEnded,
    });
    this.outbox = new Outbox({
      api,
      credential,
      entries: () => page.state.entries,
      dispatch: (action) => {
        page.dispatch(action);
      },
      onReply: (reply) => {
        page.receive(reply.messages);
        page.dispatch({ type: 'handoff', handoff: reply.handoff });
        // The server asks who is there: what was proven here is over by time.
        if (reply.messages.some((message) => message.card?.type === 'sign_in')) {
          page.dispatch({ type: 'proof_over' });
        }
      },
      onSessionEnded: onEnded,
    });
  }

  /** A new session: listens, and sends what waits. */
  open(): void {
    this.stream.restart();
    this.outbox.pump();
  }

  /** The old token is about to end, so the stream is quiet until the new one is here. */
  pause(): void {
    this.stream.stop();
  }

  goOn(): void {
    if (this.options.page.state.phase === 'ready') this.stream.start();
  }

  /** The network is back: everything that waits is tried at once. */
  reconnect(): void {
    this.stream.restart();
    this.outbox.retryWaiting();
    this.catchUp();
  }

  /** The session is another conversation's now: what was on its way is nobody's any more. */
  abandon(): void {
    this.outbox.stop();
  }

  close(): void {
    this.stream.stop();
    this.outbox.stop();
  }

  send(): void {
    this.outbox.pump();
  }

  retry(id: string): void {
    this.outbox.retry(id);
  }

  /** Reads what was said elsewhere; without it the page only lacks it a little longer. */
  catchUp(): void {
    void this.readHistory().catch(() => undefined);
  }

  async readHistory(): Promise<void> {
    const { api, page, credential } = this.options;
    const lease = credential.lease();
    if (!lease.token) return;
    const reply = await api.history(lease.token, lastSeq(page.state.entries));
    if (!lease.live) return;
    page.dispatch({ type: 'received', messages: reply.messages, unread: 0 });
    page.dispatch({ type: 'handoff', handoff: reply.handoff });
  }
}
