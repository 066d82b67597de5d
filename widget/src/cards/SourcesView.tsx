import type { ReactElement } from 'react';
import type { SourceRow, SourcesCard } from '../contract/types';
import { longDate } from '../format/date';
import { fill, text, wordFor } from '../text/text';

function when(row: SourceRow): string {
  return [
    row.valid_from && fill(text.card.sources.validFrom, { date: longDate(row.valid_from) }),
    row.review_on && fill(text.card.sources.reviewOn, { date: longDate(row.review_on) }),
  ]
    .filter(Boolean)
    .join('，');
}

/** Where an answer comes from: folded, but always there. */
export function SourcesView({ card }: { card: SourcesCard }): ReactElement {
  return (
    <details className="sources">
      <summary>{fill(text.card.sources.title, { count: card.rows.length })}</summary>
      <ul>
        {card.rows.map((row, index) => (
          <li key={index}>
            <p>{row.statement}</p>
            <p className="source-from">
              {text.card.sources.from}：{row.source}
              <span className="tag">{wordFor(text.card.sources.confidence, row.confidence)}</span>
            </p>
            {when(row) && <p className="source-when">{when(row)}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}
