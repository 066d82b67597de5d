import type { ReactElement } from 'react';
import type { DisclosureCard } from '../contract/types';
import { CardFrame } from './CardFrame';
import { DisclosureTable } from './DisclosureTable';

export function DisclosureView({ card }: { card: DisclosureCard }): ReactElement {
  return (
    <CardFrame title={card.title}>
      <DisclosureTable rows={card.rows} caption={card.title} />
    </CardFrame>
  );
}
