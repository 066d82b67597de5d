import type { ReactElement } from 'react';
import type { HelpLinesCard } from '../contract/types';
import { fill, text } from '../text/text';
import { Icon } from '../ui/icons';
import { CardFrame } from './CardFrame';

/** People to call, one touch away. */
export function HelpLinesView({ card }: { card: HelpLinesCard }): ReactElement {
  return (
    <CardFrame title={text.card.helpLines.title}>
      <ul className="help-lines">
        {card.rows.map((row) => (
          <li key={`${row.name}${row.number}`}>
            <div>
              <strong>{row.name}</strong>
              <span>{row.hours}</span>
            </div>
            <a
              href={`tel:${row.number.replace(/[^\d+]/g, '')}`}
              aria-label={fill(text.card.helpLines.call, { name: row.name, number: row.number })}
            >
              <Icon name="phone" />
              {row.number}
            </a>
          </li>
        ))}
      </ul>
    </CardFrame>
  );
}
