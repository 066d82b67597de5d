import type { FrameMessage, HostMessage } from '../embed/protocol';
import type { LoaderConfig } from './config';
import { Launcher } from './launcher';
import { tokensFrom, type TokenProvider } from './tokens';

/** What the host page may call, as `window.YuqiChat`. */
export interface YuqiChat {
  open(): void;
  close(): void;
  /** Tells the widget who is signed in on the page now: an opaque key, '' for nobody. */
  setUser(user: string): void;
  /** Replaces `data-token-url` by a function of the page. */
  setTokenProvider(provider: TokenProvider): void;
}

/** Whether the chat was opened before in this tab: then it listens for messages from the start. */
const OPENED_KEY = 'yuqi-chat.opened';

function remember(page: Window): void {
  try {
    page.sessionStorage.setItem(OPENED_KEY, '1');
  } catch {
    // Storage forbidden: the frame is loaded on the next click instead.
  }
}

function wasOpened(page: Window): boolean {
  try {
    return page.sessionStorage.getItem(OPENED_KEY) === '1';
  } catch {
    return false;
  }
}

/** Puts the launcher on the page and connects it with the frame. */
export function embed(page: Window, config: LoaderConfig): YuqiChat {
  let user = config.user;
  let getToken: TokenProvider = config.tokenUrl
    ? tokensFrom(config.tokenUrl, page.fetch.bind(page))
    : () => Promise.resolve(null);

  // Until the frame has said that it is there, it is an empty page of another origin. Nothing is
  // lost: the first thing it is told is who is signed in and whether it is open.
  let frameIsThere = false;
  const tell = (message: HostMessage): void => {
    if (frameIsThere) launcher.window?.postMessage(message, config.origin);
  };
  const open = (): void => {
    remember(page);
    launcher.open();
    tell({ type: 'yuqi:visible', open: true });
  };
  const close = (): void => {
    launcher.close();
    tell({ type: 'yuqi:visible', open: false });
  };
  const launcher = new Launcher(config, page.document, () => {
    if (launcher.isOpen) close();
    else open();
  });

  const heard = (message: FrameMessage): void => {
    switch (message.type) {
      case 'yuqi:ready':
        frameIsThere = true;
        tell({ type: 'yuqi:host', user, open: launcher.isOpen });
        break;
      case 'yuqi:need-token':
        void getToken().then((token) => {
          tell({ type: 'yuqi:token', request: message.request, token });
        });
        break;
      case 'yuqi:unread':
        launcher.showUnread(message.count);
        break;
      case 'yuqi:close':
        close();
        break;
    }
  };

  page.addEventListener('message', (event: MessageEvent<FrameMessage>) => {
    if (event.origin !== config.origin || event.source !== launcher.window) return;
    heard(event.data);
  });
  page.document.body.append(launcher.element);
  if (wasOpened(page)) launcher.load();

  return {
    open,
    close,
    setUser: (next) => {
      user = next;
      tell({ type: 'yuqi:user', user });
    },
    setTokenProvider: (provider) => {
      getToken = provider;
    },
  };
}
