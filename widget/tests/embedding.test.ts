// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { embeddingOrigin, WindowHostLink } from '../src/embed/hostLink';
import { readConfig } from '../src/loader/config';
import { embed } from '../src/loader/embed';
import { tokensFrom } from '../src/loader/tokens';

const ASSISTANT = 'https://assistant.example';
const LENDER = 'https://lender.example';

function scriptTag(attributes: Record<string, string>): HTMLScriptElement {
  const script = document.createElement('script');
  Object.entries(attributes).forEach(([name, value]) => {
    script.setAttribute(name, value);
  });
  return script;
}

describe('the script tag', () => {
  it('says where the page is and who is signed in', () => {
    const tag = scriptTag({
      src: `${ASSISTANT}/webhooks/web/widget.js`,
      'data-token-url': '/chat-token',
      'data-user': 'u1',
    });
    expect(readConfig(tag)).toEqual({
      page: `${ASSISTANT}/webhooks/web/`,
      origin: ASSISTANT,
      tokenUrl: '/chat-token',
      user: 'u1',
      side: 'right',
    });
  });

  it('without an address is a mistake that says so', () => {
    expect(() => readConfig(null)).toThrow(/script tag/);
  });
});

describe('the frame', () => {
  function frame() {
    const posted: { message: unknown; target: string }[] = [];
    const listeners: ((event: MessageEvent) => void)[] = [];
    const parent = {
      postMessage: (message: unknown, target: string) => posted.push({ message, target }),
    };
    const fake = {
      parent,
      setTimeout: window.setTimeout.bind(window),
      addEventListener: (_: string, listener: (event: MessageEvent) => void) =>
        listeners.push(listener),
    };
    const link = new WindowHostLink(fake as unknown as Window, LENDER);
    const hear = (data: unknown, origin = LENDER, source: unknown = parent): void => {
      listeners.forEach((listener) => {
        listener({ data, origin, source } as MessageEvent);
      });
    };
    return { link, posted, hear };
  }

  it('speaks only to the origin it was opened for', () => {
    const { link, posted } = frame();
    link.showUnread(3);
    expect(posted.map((each) => each.target)).toEqual([LENDER, LENDER]);
  });

  it('takes a token from its host only, and from no other origin or window', async () => {
    const { link, hear } = frame();
    const token = link.token();
    hear({ type: 'yuqi:token', request: 1, token: 'forged' }, 'https://evil.example');
    hear({ type: 'yuqi:token', request: 1, token: 'forged' }, LENDER, {});
    hear({ type: 'yuqi:token', request: 9, token: 'for another question' });
    hear({ type: 'yuqi:token', request: 1, token: 'genuine' });
    await expect(token).resolves.toBe('genuine');
  });

  it('learns who is signed in, and that somebody else is now', async () => {
    const { link, hear } = frame();
    hear({ type: 'yuqi:host', user: 'u1', open: true });
    await expect(link.user()).resolves.toBe('u1');
    const changed = vi.fn();
    link.onUser(changed);
    hear({ type: 'yuqi:user', user: 'u2' });
    expect(changed).toHaveBeenCalledOnce();
    await expect(link.user()).resolves.toBe('u2');
  });

  it('knows its host from its address', () => {
    const at = (search: string) => embeddingOrigin({ search } as Location);
    expect(at(`?host=${encodeURIComponent(LENDER)}`)).toBe(LENDER);
    expect(at('?host=nonsense')).toBeNull();
    expect(at('?host=data:text/html,x')).toBeNull();
    expect(at('')).toBeNull();
  });
});

describe('the launcher', () => {
  const config = {
    page: `${ASSISTANT}/webhooks/web/`,
    origin: ASSISTANT,
    tokenUrl: '',
    user: 'u1',
    side: 'right' as const,
  };

  beforeEach(() => {
    sessionStorage.clear();
  });

  afterEach(() => {
    document.querySelectorAll('yuqi-chat').forEach((element) => {
      element.remove();
    });
  });

  function launched() {
    const chat = embed(window, config);
    const root = document.querySelector('yuqi-chat')?.shadowRoot;
    const button = root?.querySelector('button');
    if (!root || !button) throw new Error('no launcher');
    return { chat, root, button };
  }

  it('says nothing to a frame that has not said that it is there', () => {
    const { chat, root } = launched();
    chat.open();
    const frame = { postMessage: vi.fn() };
    const element = root.querySelector('iframe');
    if (element) Object.defineProperty(element, 'contentWindow', { value: frame });
    chat.setUser('u2');
    expect(frame.postMessage).not.toHaveBeenCalled();
    const ready = new MessageEvent('message', { origin: ASSISTANT, data: { type: 'yuqi:ready' } });
    Object.defineProperty(ready, 'source', { value: frame });
    window.dispatchEvent(ready);
    const greeting = { type: 'yuqi:host', user: 'u2', open: true };
    expect(frame.postMessage.mock.calls).toEqual([[greeting, ASSISTANT]]);
  });

  it('fetches nothing from the assistant until it is opened', () => {
    const { root, button } = launched();
    expect(root.querySelector('iframe')).toBeNull();
    button.click();
    const frame = root.querySelector('iframe');
    expect(frame?.src).toBe(`${config.page}?host=${encodeURIComponent(location.origin)}`);
    expect(button.getAttribute('aria-expanded')).toBe('true');
  });

  it('shows unread messages of its own frame and ignores everybody else', () => {
    const { chat, root, button } = launched();
    chat.open();
    chat.close();
    const source = root.querySelector('iframe')?.contentWindow ?? null;
    const post = (origin: string, from: Window | null, count: number): void => {
      window.dispatchEvent(
        new MessageEvent('message', { origin, source: from, data: { type: 'yuqi:unread', count } }),
      );
    };
    post('https://evil.example', source, 7);
    post(ASSISTANT, window, 8);
    expect(root.querySelector<HTMLElement>('.badge')?.hidden).toBe(true);
    post(ASSISTANT, source, 2);
    expect(root.querySelector('.badge')?.textContent).toBe('2');
    expect(button.getAttribute('aria-label')).toContain('2 条新消息');
  });
});

describe("the host's token", () => {
  it('is asked of the host itself, with its cookies', async () => {
    const fetcher = vi.fn<typeof fetch>(() => Promise.resolve(new Response('{"token":"t"}')));
    const provider = tokensFrom('/chat-token', fetcher);
    await expect(provider()).resolves.toBe('t');
    expect(fetcher.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', credentials: 'same-origin' });
  });

  it('is none when nobody is signed in there', async () => {
    const refuse = () => Promise.resolve(new Response('{}', { status: 401 }));
    await expect(tokensFrom('/x', refuse as unknown as typeof fetch)()).resolves.toBeNull();
  });
});
