import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { spokenTime } from '../format/date';
import { isAnswering } from '../state/chat';
import type { Entry } from '../state/entry';
import { text } from '../text/text';
import { Typing } from './chatui';
import { useChatState } from './context';
import { Icon, Mark } from './icons';
import { ReplyView } from './ReplyView';
import { UserView } from './UserView';
import { Welcome } from './Welcome';

/** Pixels from the end within which the reader counts as reading along. */
const NEAR_END = 120;
/** Room left above an answer that is scrolled to its beginning. */
const MARGIN = 12;
/** A time line is shown after a pause this long. */
const PAUSE_MS = 5 * 60_000;

function isNearEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
}

interface Scrolling {
  scroller: React.RefObject<HTMLDivElement>;
  isAway: boolean;
  toEnd: () => void;
  onScroll: () => void;
}

/**
 * Follows the conversation while the reader is at its end; a long answer is shown from its first
 * line, and somebody reading further up is left alone.
 */
function useScrolling(entries: readonly Entry[], answering: boolean): Scrolling {
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isAway, setAway] = useState(false);
  const shown = useRef(0);

  const toEnd = (): void => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    follows.current = true;
    setAway(false);
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = shown.current;
    shown.current = entries.length;
    const last = entries[entries.length - 1];
    if (!follows.current && last?.kind !== 'user') {
      if (entries.length > before) setAway(true);
      return;
    }
    const firstNew = element.querySelectorAll<HTMLElement>('[data-entry]')[before];
    const end = element.scrollHeight - element.clientHeight;
    const start = before > 0 && firstNew ? firstNew.offsetTop - MARGIN : end;
    element.scrollTop = Math.min(start, end);
    follows.current = true;
  }, [entries, answering]);

  return {
    scroller: scroller as React.RefObject<HTMLDivElement>,
    isAway,
    toEnd,
    onScroll: () => {
      const element = scroller.current;
      if (!element) return;
      follows.current = isNearEnd(element);
      if (follows.current) setAway(false);
    },
  };
}

function startsGroup(entries: readonly Entry[], index: number): boolean {
  return entries[index - 1]?.kind !== entries[index]?.kind;
}

function afterPause(entries: readonly Entry[], index: number): boolean {
  const at = Date.parse(entries[index]?.at ?? '');
  const before = Date.parse(entries[index - 1]?.at ?? '');
  return Number.isFinite(at) && !(at - before < PAUSE_MS);
}

export function Log(): ReactElement {
  const state = useChatState();
  const answering = isAnswering(state);
  const { scroller, isAway, toEnd, onScroll } = useScrolling(state.entries, answering);
  const [settled, setSettled] = useState(false);
  const now = new Date();

  useEffect(() => {
    // The history of a reload is not read out; what comes later is.
    if (state.phase === 'ready') setSettled(true);
  }, [state.phase]);

  return (
    <div className="log-frame">
      {/* Scrollable by keyboard, as every scrolling region must be. */}
      <div
        ref={scroller}
        className="log-scroller"
        tabIndex={0}
        role="region"
        aria-label={text.log.label}
        onScroll={onScroll}
      >
        {state.entries.length === 0 && state.phase === 'ready' && <Welcome />}
        <div className="log" role="log" aria-live={settled ? 'polite' : 'off'} aria-relevant="additions">
          {state.entries.map((entry, index) => (
            <div key={entry.key} data-entry={entry.key} className={`entry entry--${entry.kind}`}>
              {afterPause(state.entries, index) && (
                <p className="time-line">{spokenTime(entry.at, now)}</p>
              )}
              {entry.kind === 'user' ? (
                <UserView entry={entry} />
              ) : (
                <ReplyView
                  entry={entry}
                  isFirst={startsGroup(state.entries, index)}
                  isLast={index === state.entries.length - 1}
                />
              )}
            </div>
          ))}
        </div>
        {answering && (
          <div className="entry entry--bot typing-row" data-testid="typing">
            <div className="speaker">
              <Mark />
              <span>{text.log.bot}</span>
            </div>
            <Typing text={text.log.typing} />
          </div>
        )}
      </div>
      {isAway && (
        <button type="button" className="to-end" onClick={toEnd}>
          <Icon name="toEnd" />
          {text.log.newBelow}
        </button>
      )}
    </div>
  );
}
