/**
 * When the server wrote a session token, in milliseconds since 1970, by the server's own clock: the
 * `iat` claim (RFC 7519). Null for a token of another form. Read for its time only; what the token
 * is worth is the server's to say.
 */
export function issuedAt(token: string): number | null {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
    if (typeof claims !== 'object' || claims === null || !('iat' in claims)) return null;
    return typeof claims.iat === 'number' ? claims.iat * 1000 : null;
  } catch {
    return null;
  }
}
