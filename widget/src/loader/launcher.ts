import words from '../text/loader.zh.json';
import type { LoaderConfig } from './config';
import { CSS } from './style';

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE =
  'M5 7.5A3.500 3.500 0 0 1 8.500 4h9A3.500 3.500 0 0 1 21 7.500v6a3.500 3.500 0 0 1-3.500 3.500H12l-4.200 3.400c-.5.4-1.300.1-1.300-.6V16.600A3.500 3.500 0 0 1 5 13.500z';
const MOST_SHOWN = 99;

/** The button and the window on the host page, inside a shadow root that the page's CSS cannot reach. */
export class Launcher {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  private readonly panel: HTMLElement;
  private readonly badge: HTMLElement;
  private frame: HTMLIFrameElement | null = null;

  constructor(
    private readonly config: LoaderConfig,
    private readonly page: Document,
    onToggle: () => void,
  ) {
    this.element = page.createElement('yuqi-chat');
    this.element.dataset.side = config.side;
    const root = this.element.attachShadow({ mode: 'open' });
    adoptStyle(root, page);
    this.badge = page.createElement('span');
    this.badge.className = 'badge';
    this.badge.hidden = true;
    this.badge.setAttribute('aria-hidden', 'true');
    this.button = this.makeButton(onToggle);
    this.panel = page.createElement('div');
    this.panel.className = 'panel';
    this.panel.hidden = true;
    root.append(this.panel, this.button);
  }

  /** The window inside the frame, once there is one. */
  get window(): Window | null {
    return this.frame?.contentWindow ?? null;
  }

  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  /** Loads the chat page; nothing is fetched from the assistant before that. */
  load(): void {
    if (this.frame) return;
    const frame = this.page.createElement('iframe');
    const host = encodeURIComponent(this.page.location.origin);
    frame.src = `${this.config.page}?host=${host}`;
    frame.title = words.frame;
    frame.allow = 'clipboard-write';
    this.panel.append(frame);
    this.frame = frame;
  }

  open(): void {
    this.load();
    this.panel.hidden = false;
    this.element.toggleAttribute('data-open', true);
    this.button.setAttribute('aria-expanded', 'true');
    this.button.setAttribute('aria-label', words.close);
    this.frame?.focus();
  }

  close(): void {
    const hadFocus = this.element.shadowRoot?.activeElement === this.frame;
    this.panel.hidden = true;
    this.element.toggleAttribute('data-open', false);
    this.button.setAttribute('aria-expanded', 'false');
    this.button.setAttribute('aria-label', words.open);
    if (hadFocus) this.button.focus();
  }

  showUnread(count: number): void {
    this.badge.hidden = count === 0;
    this.badge.textContent = count > MOST_SHOWN ? `${String(MOST_SHOWN)}+` : String(count);
    if (this.isOpen) return;
    const label = count ? words.openUnread.replace('{count}', String(count)) : words.open;
    this.button.setAttribute('aria-label', label);
  }

  private makeButton(onToggle: () => void): HTMLButtonElement {
    const button = this.page.createElement('button');
    button.type = 'button';
    button.className = 'launcher';
    button.setAttribute('aria-label', words.open);
    button.setAttribute('aria-expanded', 'false');
    button.addEventListener('click', onToggle);
    const label = this.page.createElement('span');
    label.textContent = words.label;
    button.append(drawBubble(this.page), label, this.badge);
    return button;
  }
}

function drawBubble(page: Document): SVGElement {
  const svg = page.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 26 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = page.createElementNS(SVG, 'path');
  path.setAttribute('d', BUBBLE);
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  return svg;
}

/** Browsers without constructed style sheets get a `<style>`, which only a strict CSP refuses. */
function adoptStyle(root: ShadowRoot, page: Document): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = page.createElement('style');
    style.textContent = CSS;
    root.append(style);
  }
}
