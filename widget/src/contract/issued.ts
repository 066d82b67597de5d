/**
 * What a session token (RFC 7519) says of itself. Read for the page's own order only; what the
 * token is worth is the server's to say. Null for a token of another form.
 */
function claim(token: string | null, name: string): unknown {
  const payload = token?.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
    if (typeof claims !== 'object' || claims === null) return null;
    return (claims as Record<string, unknown>)[name] ?? null;
  } catch {
    return null;
  }
}

/** When the server wrote it, in milliseconds since 1970, by the server's own clock. */
export function issuedAt(token: string): number | null {
  const seconds = claim(token, 'iat');
  return typeof seconds === 'number' ? seconds * 1000 : null;
}

/** Which conversation it is for. */
export function conversationOf(token: string | null): string | null {
  const sender = claim(token, 'sub');
  return typeof sender === 'string' ? sender : null;
}
