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
