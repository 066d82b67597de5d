import type { Host } from '../state/host';
import { parseHostMessage, type FrameMessage } from './protocol';

/** How long the host page may take to get a token from its own server. */
const TOKEN_TIMEOUT_MS = 10_000;
const HELLO_TIMEOUT_MS = 5_000;

/** The host page's side of the conversation, as the frame sees it. */
export interface HostLink extends Host {
  showUnread(count: number): void;
  close(): void;
  onVisible(listener: (visible: boolean) => void): void;
  onUser(listener: () => void): void;
}

/** For a page of its own. */
export const NO_HOST: Host = {
  user: () => Promise.resolve(null),
  token: () => Promise.resolve(null),
};

/** The origin that embeds this frame, as its loader wrote it into the address; null for none. */
export function embeddingOrigin(location: Location): string | null {
  const named = new URLSearchParams(location.search).get('host');
  if (!named) return null;
  try {
    const { origin } = new URL(named);
    return origin === 'null' ? null : origin;
  } catch {
    return null;
  }
}

/**
 * Listens only to the direct parent, and only while it has the origin the frame was opened for.
 * Which origins may open the frame at all is the server's `frame-ancestors`.
 */
export class WindowHostLink implements HostLink {
  /** Nobody, until the host says otherwise: an earlier user's session is not shown on a guess. */
  private currentUser = '';
  private readonly hello: Promise<void>;
  private greet: () => void = () => undefined;
  private requests = 0;
  private readonly pending = new Map<number, (token: string | null) => void>();
  private visibleListener: (visible: boolean) => void = () => undefined;
  private userListener: () => void = () => undefined;

  constructor(
    private readonly frame: Window,
    private readonly hostOrigin: string,
  ) {
    this.hello = new Promise((resolve) => {
      this.greet = resolve;
      frame.setTimeout(resolve, HELLO_TIMEOUT_MS);
    });
    frame.addEventListener('message', (event: MessageEvent<unknown>) => {
      this.receive(event);
    });
    this.post({ type: 'yuqi:ready' });
  }

  async user(): Promise<string> {
    await this.hello;
    return this.currentUser;
  }

  token(): Promise<string | null> {
    this.requests += 1;
    const request = this.requests;
    return new Promise((resolve) => {
      this.pending.set(request, resolve);
      this.frame.setTimeout(() => {
        this.answer(request, null);
      }, TOKEN_TIMEOUT_MS);
      this.post({ type: 'yuqi:need-token', request });
    });
  }

  showUnread(count: number): void {
    this.post({ type: 'yuqi:unread', count });
  }

  close(): void {
    this.post({ type: 'yuqi:close' });
  }

  onVisible(listener: (visible: boolean) => void): void {
    this.visibleListener = listener;
  }

  onUser(listener: () => void): void {
    this.userListener = listener;
  }

  private receive(event: MessageEvent<unknown>): void {
    if (event.source !== this.frame.parent || event.origin !== this.hostOrigin) return;
    const message = parseHostMessage(event.data);
    switch (message?.type) {
      case 'yuqi:host':
        this.currentUser = message.user;
        this.greet();
        this.visibleListener(message.open);
        break;
      case 'yuqi:token':
        this.answer(message.request, message.token);
        break;
      case 'yuqi:visible':
        this.visibleListener(message.open);
        break;
      case 'yuqi:user':
        this.currentUser = message.user;
        this.userListener();
        break;
      case undefined:
    }
  }

  private answer(request: number, token: string | null): void {
    this.pending.get(request)?.(token);
    this.pending.delete(request);
  }

  private post(message: FrameMessage): void {
    this.frame.parent.postMessage(message, this.hostOrigin);
  }
}
