/** What the script tag says. */
export interface LoaderConfig {
  /** The folder the script came from, with a slash at the end: the chat page is served there. */
  page: string;
  /** The origin of the assistant: the only one that is listened to and spoken to. */
  origin: string;
  /** Where the host's own server gives its signed-in user a token; '' for anonymous visitors. */
  tokenUrl: string;
  /** An opaque key of the host's signed-in user, '' when nobody is. */
  user: string;
  side: 'left' | 'right';
}

export class LoaderMisplaced extends Error {}

/** Reads the attributes of the script tag. */
export function readConfig(script: HTMLScriptElement | null): LoaderConfig {
  if (!script?.src) throw new LoaderMisplaced('widget.js must be loaded by a script tag with src');
  const source = new URL(script.src);
  return {
    page: new URL('.', source).href,
    origin: source.origin,
    tokenUrl: script.dataset.tokenUrl ?? '',
    user: script.dataset.user ?? '',
    side: script.dataset.side === 'left' ? 'left' : 'right',
  };
}
