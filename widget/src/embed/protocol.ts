/** What the widget's frame and the loader on the host page say to each other by `postMessage`. */

export type FrameMessage =
  | { type: 'yuqi:ready' }
  | { type: 'yuqi:need-token'; request: number }
  | { type: 'yuqi:unread'; count: number }
  | { type: 'yuqi:close' };

export type HostMessage =
  | { type: 'yuqi:host'; user: string; open: boolean }
  | { type: 'yuqi:token'; request: number; token: string | null }
  | { type: 'yuqi:visible'; open: boolean }
  | { type: 'yuqi:user'; user: string };

/** A message of the loader, or null: anybody's script may post anything to a window. */
export function parseHostMessage(data: unknown): HostMessage | null {
  if (typeof data !== 'object' || data === null) return null;
  const raw = data as Record<string, unknown>;
  const user = typeof raw.user === 'string' ? raw.user : '';
  const open = raw.open === true;
  switch (raw.type) {
    case 'yuqi:host':
      return { type: raw.type, user, open };
    case 'yuqi:visible':
      return { type: raw.type, open };
    case 'yuqi:user':
      return { type: raw.type, user };
    case 'yuqi:token':
      return {
        type: raw.type,
        request: Number(raw.request),
        token: typeof raw.token === 'string' && raw.token ? raw.token : null,
      };
    default:
      return null;
  }
}
