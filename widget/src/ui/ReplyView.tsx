import { useState, type ReactElement } from 'react';
import { CardView } from '../cards/CardView';
import type { ReplyEntry } from '../state/entry';
import { text } from '../text/text';
import { Bubble } from './chatui';
import { useChat } from './context';
import { focusConversation } from './focus';
import { Icon, Mark } from './icons';
import { ReplyTools } from './ReplyTools';

interface ReplyViewProps {
  entry: ReplyEntry;
  /** The first of several messages from the same speaker. */
  isFirst: boolean;
  /** The last of several: the answer as a whole is rated here. */
  endsTurn: boolean;
  /** The newest message: only its buttons can still be pressed. */
  isLast: boolean;
}

/** A card repeats its text in full, so beside a card only the first paragraph is spelled out. */
function splitText(entry: ReplyEntry): { lead: string; rest: string } {
  if (!entry.card) return { lead: entry.text, rest: '' };
  const end = entry.text.indexOf('\n');
  return end < 0
    ? { lead: entry.text, rest: '' }
    : { lead: entry.text.slice(0, end), rest: entry.text.slice(end + 1).trim() };
}

export function ReplyView({ entry, isFirst, endsTurn, isLast }: ReplyViewProps): ReactElement {
  const [spelledOut, setSpelledOut] = useState(false);
  const { lead, rest } = splitText(entry);
  return (
    <div className="reply" data-latest={isLast}>
      <Speaker kind={entry.kind} isFirst={isFirst} />
      {lead && <Bubble content={lead} />}
      {rest && spelledOut && <Bubble content={rest} />}
      {entry.card && <CardView card={entry.card} seq={entry.seq} fallback={rest} />}
      {isLast && entry.buttons.length > 0 && <QuickReplies entry={entry} />}
      <ReplyTools
        entry={entry}
        canRate={endsTurn}
        spelledOut={rest ? spelledOut : null}
        onSpellOut={setSpelledOut}
      />
    </div>
  );
}

/** Shown once for several messages in a row, but told to a screen reader with each. */
function Speaker({ kind, isFirst }: { kind: ReplyEntry['kind']; isFirst: boolean }): ReactElement {
  const name = kind === 'person' ? text.log.person : text.log.bot;
  if (!isFirst) return <span className="visually-hidden">{name}：</span>;
  return (
    <div className="speaker">
      {kind === 'person' ? <Icon name="person" /> : <Mark />}
      <span>{name}</span>
      {kind === 'bot' && <span className="ai-badge ai-badge--small">AI</span>}
    </div>
  );
}

function QuickReplies({ entry }: { entry: ReplyEntry }): ReactElement {
  const { controller } = useChat();
  return (
    <div className="replies" role="group" aria-label={text.message.replies}>
      {entry.buttons.map((button) => (
        <button
          key={button.value}
          type="button"
          className={`chip chip--${button.style}`}
          onClick={() => {
            controller.press(button.title, button.value);
            focusConversation();
          }}
        >
          {button.title}
        </button>
      ))}
    </div>
  );
}
