import { useId, useRef, type ReactElement } from 'react';
import type { PlanOption, PlanOptionsCard } from '../contract/types';
import { longDate } from '../format/date';
import { forDrawing, money } from '../format/money';
import { fill, text } from '../text/text';
import { useWidth } from '../ui/width';
import { scaleFor, staircase, type Frame } from './chartGeometry';

/** In the drawing's own units, which are pixels of the screen: letters keep their size. */
const HEIGHT = 210;
const NARROWEST = 220;

function frameFor(width: number): Frame {
  return { left: 52, right: width - 12, top: 12, bottom: HEIGHT - 28 };
}

const ANCHORS = ['start', 'middle', 'end'] as const;
const TEN_THOUSAND = 10_000;

/** Axis labels in whole units; the tables below carry the exact figures. */
function axisLabel(amount: number): string {
  if (amount < TEN_THOUSAND) return String(amount);
  return `${String(Number((amount / TEN_THOUSAND).toFixed(1)))}万`;
}

function monthOf(date: string): string {
  return date.slice(2, 7).replace('-', '/');
}

function summaryOf(option: PlanOption): string {
  const first = option.balance[0];
  const last = option.balance[option.balance.length - 1];
  if (!first || !last) return option.title;
  return fill(text.card.plan.chartSummary, {
    title: option.title,
    from: money(first.balance),
    to: money(last.balance),
    end: longDate(last.date),
  });
}

/** What is still owed under each offer as time passes. */
export function BalanceChart({ card }: { card: PlanOptionsCard }): ReactElement | null {
  const id = useId();
  const figure = useRef<HTMLElement>(null);
  const width = Math.max(useWidth(figure), NARROWEST);
  const drawn = card.options.filter((option) => option.balance.length > 1);
  if (drawn.length === 0) return null;
  const frame = frameFor(width);
  const scale = scaleFor(
    drawn.map((option) => option.balance),
    frame,
  );
  const names = drawn.map((option) => option.title).join('、');
  return (
    <figure className="chart" ref={figure}>
      <figcaption>{text.card.plan.chart}</figcaption>
      <svg viewBox={`0 0 ${String(width)} ${String(HEIGHT)}`} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
        <title id={`${id}-title`}>{fill(text.card.plan.chartLabel, { names })}</title>
        <desc id={`${id}-desc`}>{drawn.map(summaryOf).join('；')}</desc>
        {scale.yTicks.map((tick) => (
          <g key={tick} className="chart-grid">
            <line x1={frame.left} x2={frame.right} y1={scale.y(tick)} y2={scale.y(tick)} />
            <text x={frame.left - 8} y={scale.y(tick)} dy="0.35em" textAnchor="end">
              {axisLabel(tick)}
            </text>
          </g>
        ))}
        {scale.xTicks.map((date, index) => (
          <text
            key={index}
            className="chart-month"
            x={scale.x(date)}
            y={HEIGHT - 6}
            textAnchor={ANCHORS[index] ?? 'middle'}
          >
            {monthOf(date)}
          </text>
        ))}
        {card.options.map((option, index) =>
          option.balance.length > 1 ? (
            <g key={option.offer_id} className={`series series--${String(index)}`}>
              <path d={staircase(option.balance, scale)} />
              <EndMark option={option} x={scale.x} y={scale.y} />
            </g>
          ) : null,
        )}
      </svg>
    </figure>
  );
}

interface EndMarkProps {
  option: PlanOption;
  x: (date: string) => number;
  y: (amount: number) => number;
}

function EndMark({ option, x, y }: EndMarkProps): ReactElement | null {
  const last = option.balance[option.balance.length - 1];
  return last ? <circle cx={x(last.date)} cy={y(forDrawing(last.balance))} r="4" /> : null;
}
