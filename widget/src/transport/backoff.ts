const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Milliseconds before try number `attempt` (0 is the first repeat): 1 s, 2 s, 4 s … 30 s. */
export function backoff(attempt: number): number {
  return Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS);
}

/** The same with up to a quarter taken off, so that many pages do not return at one instant. */
export function jittered(attempt: number, random: () => number = Math.random): number {
  return Math.round(backoff(attempt) * (1 - random() / 4));
}
