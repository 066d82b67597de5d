import { useEffect, useState } from 'react';

/** `setTimeout` counts in 32 bits; what lasts longer than this outlives the page. */
const LONGEST_MS = 2_000_000_000;

function millisecondsLeft(moment: string): number {
  const end = Date.parse(moment);
  return Number.isFinite(end) ? end - Date.now() : LONGEST_MS;
}

/** Whether the moment has passed; turns true by itself while the page is open. */
export function useExpired(moment: string): boolean {
  const [expired, setExpired] = useState(() => millisecondsLeft(moment) <= 0);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        setExpired(millisecondsLeft(moment) <= 0);
      },
      Math.min(Math.max(millisecondsLeft(moment), 0), LONGEST_MS),
    );
    return () => {
      clearTimeout(timer);
    };
  }, [moment]);
  return expired;
}
