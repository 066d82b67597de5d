import type { ReactElement } from 'react';
import type { Money } from '../contract/types';
import { money } from '../format/money';
import { text } from '../text/text';

/** An amount of money, with its unit. */
export function Amount({ value }: { value: Money }): ReactElement {
  return (
    <span className="amount">
      {money(value)}
      <small> {text.card.yuan}</small>
    </span>
  );
}
