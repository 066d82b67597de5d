import type { ReactElement } from 'react';
import type { HandoffCard } from '../contract/types';
import { fill, text } from '../text/text';
import { useChatState } from '../ui/context';
import { handoffSentence } from '../ui/HandoffBanner';
import { CardFrame } from './CardFrame';

/** The handoff as it stood when it was said; the banner above the log shows how it stands now. */
export function HandoffView({ card }: { card: HandoffCard }): ReactElement {
  const live = useChatState().handoff;
  const position = live?.state === card.state ? live.position : card.position;
  const facts = [
    card.case_number && fill(text.card.handoff.case, { number: card.case_number }),
    card.expected,
  ].filter(Boolean);
  return (
    <CardFrame title={text.card.handoff.title} className="card--handoff">
      <p className="card-text">{handoffSentence(card.state, position)}</p>
      {facts.length > 0 && <p className="card-text card-text--quiet">{facts.join(' · ')}</p>}
      {card.state !== 'closed' && (
        <p className="card-text card-text--quiet">{text.card.handoff.keep}</p>
      )}
    </CardFrame>
  );
}
