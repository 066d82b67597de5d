import type { ReactElement } from 'react';
import type { TimelineCard } from '../contract/types';
import { longDate } from '../format/date';
import { groupedAmounts } from '../format/money';
import { CardFrame } from './CardFrame';

/** What happened (and what comes) on an account, in order. */
export function TimelineView({ card }: { card: TimelineCard }): ReactElement {
  return (
    <CardFrame title={card.title}>
      <ol className="timeline">
        {card.rows.map((row, index) => (
          <li key={index} data-kind={row.kind}>
            <time dateTime={row.date}>{longDate(row.date)}</time>
            <strong>{groupedAmounts(row.label)}</strong>
            {row.detail && <p>{row.detail}</p>}
          </li>
        ))}
      </ol>
    </CardFrame>
  );
}
