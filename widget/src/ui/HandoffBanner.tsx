import type { ReactElement } from 'react';
import { fill, text } from '../text/text';
import { useChatState } from './context';
import { Icon } from './icons';

/** Whether a person is on the way or in the conversation, always in sight. */
export function HandoffBanner(): ReactElement | null {
  const { handoff } = useChatState();
  if (!handoff) return null;
  return (
    <p className="banner banner--handoff" role="status" data-state={handoff.state}>
      <Icon name="person" />
      {handoffSentence(handoff.state, handoff.position)}
    </p>
  );
}

export function handoffSentence(
  state: 'waiting' | 'active' | 'closed',
  position: number | null,
): string {
  if (state !== 'waiting') return text.card.handoff[state];
  return position === null
    ? text.card.handoff.waitingUnknown
    : fill(text.card.handoff.waiting, { position });
}
