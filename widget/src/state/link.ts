const FRAGMENT = /^#sign-in=([\w-]{1,64})$/;

/** The link to sign in that the page was opened by; it stands behind the `#`, so no server logs it. */
export function linkIn(hash: string): string | null {
  return FRAGMENT.exec(hash)?.[1] ?? null;
}
