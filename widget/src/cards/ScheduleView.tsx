import type { ReactElement } from 'react';
import type { ScheduleCard } from '../contract/types';
import { text } from '../text/text';
import { CardFrame } from './CardFrame';
import { ScheduleTable } from './ScheduleTable';

export default function ScheduleView({ card }: { card: ScheduleCard }): ReactElement {
  return (
    <CardFrame title={card.title} className="card--wide">
      <ScheduleTable caption={text.card.schedule.caption} rows={card.rows} total={card.total} />
    </CardFrame>
  );
}
