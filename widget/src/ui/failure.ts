import { Refused } from '../transport/http';
import { fill, text } from '../text/text';

const DEFAULT_WAIT = 30;

/** A kind sentence for a request that did not work: the server's own where it sent one. */
export function failureSentence(error: unknown, otherwise: string): string {
  if (!(error instanceof Refused)) return text.errors.connection;
  if (error.sentence) return error.sentence;
  if (error.status === 429) {
    return fill(text.errors.rateLimited, { seconds: error.retryAfter ?? DEFAULT_WAIT });
  }
  return error.status >= 500 ? text.errors.server : otherwise;
}
