/** Gets a one-time token for the host's user from the host's own server. */

export type TokenProvider = () => Promise<string | null>;

/** Asks the host's own address with its cookies; anything but `{"token": "…"}` counts as none. */
export function tokensFrom(url: string, webFetch: typeof fetch): TokenProvider {
  return async () => {
    try {
      const response = await webFetch(url, {
        method: 'POST',
        credentials: 'same-origin',
        cache: 'no-store',
        headers: { Accept: 'application/json' },
      });
      if (!response.ok) return null;
      const body = (await response.json()) as { token?: unknown };
      return typeof body.token === 'string' ? body.token : null;
    } catch {
      return null;
    }
  };
}
