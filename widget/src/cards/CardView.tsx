import { Component, lazy, Suspense, type ReactElement, type ReactNode } from 'react';
import type { Card } from '../contract/types';
import { text } from '../text/text';
import { Bubble } from '../ui/chatui';
import { DisclosureView } from './DisclosureView';
import { HandoffView } from './HandoffView';
import { HelpLinesView } from './HelpLinesView';
import { QuoteView } from './QuoteView';
import { SignInView } from './SignInView';
import { SourcesView } from './SourcesView';
import { TimelineView } from './TimelineView';

// Only a negotiation needs these, so they are not part of the first paint.
const PlanOptionsView = lazy(() => import('./PlanOptionsView'));
const ScheduleView = lazy(() => import('./ScheduleView'));

interface CardViewProps {
  card: Card;
  seq: number;
  /** The words behind the card, shown if the card cannot be. */
  fallback: string;
}

function contentOf(card: Card): ReactElement {
  switch (card.type) {
    case 'quote':
      return <QuoteView card={card} />;
    case 'plan_options':
      return <PlanOptionsView card={card} />;
    case 'schedule':
      return <ScheduleView card={card} />;
    case 'timeline':
      return <TimelineView card={card} />;
    case 'disclosure':
      return <DisclosureView card={card} />;
    case 'sources':
      return <SourcesView card={card} />;
    case 'sign_in':
      return <SignInView card={card} />;
    case 'handoff':
      return <HandoffView card={card} />;
    case 'help_lines':
      return <HelpLinesView card={card} />;
  }
}

export function CardView({ card, seq, fallback }: CardViewProps): ReactElement {
  return (
    <TextInstead words={fallback}>
      <Suspense fallback={<div className="card-loading" />}>
        <div className="card-slot" data-card={card.type} data-seq={seq}>
          {contentOf(card)}
        </div>
      </Suspense>
    </TextInstead>
  );
}

/** A card that cannot be drawn gives way to the words that say the same. */
class TextInstead extends Component<{ words: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Bubble content={[text.message.cardFailed, this.props.words].join('\n')} />;
  }
}
