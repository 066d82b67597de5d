import type { ReactElement } from 'react';
import { spokenTime } from '../format/date';
import { isAnswering } from '../state/chat';
import type { Entry } from '../state/entry';
import { text } from '../text/text';
import { Typing } from './chatui';
import { useChatState } from './context';
import { Icon, Mark } from './icons';
import { ReplyView } from './ReplyView';
import { useScrolling } from './scrolling';
import { UserView } from './UserView';
import { Welcome } from './Welcome';

/** A time line is shown after a pause this long. */
const PAUSE_MS = 5 * 60_000;

function startsGroup(entries: readonly Entry[], index: number): boolean {
  return entries[index - 1]?.kind !== entries[index]?.kind;
}

function endsGroup(entries: readonly Entry[], index: number): boolean {
  return entries[index + 1]?.kind !== entries[index]?.kind;
}

function afterPause(entries: readonly Entry[], index: number): boolean {
  const at = Date.parse(entries[index]?.at ?? '');
  const before = Date.parse(entries[index - 1]?.at ?? '');
  return Number.isFinite(at) && !(at - before < PAUSE_MS);
}

export function Log(): ReactElement {
  const state = useChatState();
  const answering = isAnswering(state);
  const { scroller, content, isAway, toEnd, onScroll } = useScrolling(state.entries, answering);
  const now = new Date();

  return (
    <div className="log-frame">
      <h2 className="visually-hidden">{text.log.label}</h2>
      {/* Scrollable by keyboard, as every scrolling region must be. */}
      <div
        ref={scroller}
        className="log-scroller"
        tabIndex={0}
        role="region"
        aria-label={text.log.label}
        onScroll={onScroll}
      >
        <div ref={content}>
        {state.entries.length === 0 && state.phase === 'ready' && <Welcome />}
        <div className="log" role="log" aria-live="polite" aria-relevant="additions">
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
                  endsTurn={endsGroup(state.entries, index)}
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
