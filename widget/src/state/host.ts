/** The host page around the widget; a page of its own has none. */
export interface Host {
  /** The host's opaque key of its signed-in user, '' when signed out; null without a host. */
  user(): Promise<string | null>;
  /** A fresh token from the host's own server, or null. */
  token(): Promise<string | null>;
}
