import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Entry } from '../state/entry';

/** Pixels from the end within which the reader counts as reading along. */
const NEAR_END = 120;
/** Room left above an answer that is scrolled to its beginning. */
const MARGIN = 12;

export interface Scrolling {
  scroller: RefObject<HTMLDivElement>;
  content: RefObject<HTMLDivElement>;
  /** Something new came while the reader was further up. */
  isAway: boolean;
  toEnd: () => void;
  onScroll: () => void;
}

function distanceFromEnd(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight;
}

/**
 * Follows the conversation while the reader is at its end; a long answer is shown from its first
 * line, and somebody reading further up is left alone.
 */
export function useScrolling(entries: readonly Entry[], answering: boolean): Scrolling {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  /** The entry whose top must stay in sight; null follows the end. */
  const anchor = useRef<HTMLElement | null>(null);
  /** New messages are scrolled to. */
  const follows = useRef(true);
  /** The reader has not touched the page since, so a growing card may be scrolled to again. */
  const holds = useRef(true);
  const shown = useRef(0);
  const [isAway, setAway] = useState(false);

  const settle = (): void => {
    const element = scroller.current;
    if (!element) return;
    const end = element.scrollHeight - element.clientHeight;
    const start = anchor.current ? anchor.current.offsetTop - MARGIN : end;
    element.scrollTop = Math.min(start, end);
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = shown.current;
    shown.current = entries.length;
    if (entries.length === 0) return;
    const isOwn = entries[entries.length - 1]?.kind === 'user';
    if (!follows.current && !isOwn) {
      if (entries.length > before) setAway(true);
      return;
    }
    follows.current = true;
    holds.current = true;
    if (entries.length > before) {
      const firstNew = element.querySelectorAll<HTMLElement>('[data-entry]')[before];
      anchor.current = before > 0 ? (firstNew ?? null) : null;
    }
    settle();
  }, [entries, answering]);

  // A card that is loaded late, a line that is unfolded: what is read must not jump away.
  useEffect(() => {
    const element = content.current;
    if (!element || !('ResizeObserver' in window)) return undefined;
    const observer = new ResizeObserver(() => {
      if (holds.current && shown.current > 0) settle();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  // Once the reader's hand is on the page, only new messages move it.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const letGo = (): void => {
      holds.current = false;
    };
    const events = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
    events.forEach((name) => {
      element.addEventListener(name, letGo, { passive: true });
    });
    return () => {
      events.forEach((name) => {
        element.removeEventListener(name, letGo);
      });
    };
  }, []);

  return {
    scroller,
    content,
    isAway,
    toEnd: () => {
      anchor.current = null;
      follows.current = true;
      settle();
      setAway(false);
    },
    onScroll: () => {
      const element = scroller.current;
      if (!element || holds.current) return;
      follows.current = distanceFromEnd(element) < NEAR_END;
      if (follows.current) setAway(false);
    },
  };
}
