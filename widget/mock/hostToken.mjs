// @ts-check
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The claims of an HS256 token, or null when it is forged, expired or no token at all.
 * @param {string} token
 * @param {string} key
 * @returns {{sub: string, exp: number}|null}
 */
export function readHostToken(token, key) {
  const [head = '', body = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', key).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  return claims.exp * 1000 > Date.now() ? claims : null;
}
