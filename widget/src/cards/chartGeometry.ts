import type { BalancePoint } from '../contract/types';
import { forDrawing } from '../format/money';

/** Where things go in the balance chart. Numbers here are pixels of a drawing, never money. */

export interface Point {
  x: number;
  y: number;
}

export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Scale {
  x: (date: string) => number;
  y: (amount: number) => number;
  yTicks: number[];
  xTicks: string[];
}

const DAY_MS = 86_400_000;
const STEPS = [1, 2, 2.5, 5, 10];

function day(date: string): number {
  const time = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isFinite(time) ? time / DAY_MS : 0;
}

/** A round distance between lines so that about `count` of them reach `highest`. */
export function roundStep(highest: number, count: number): number {
  const rough = Math.max(highest, 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.find((each) => each * power >= rough) ?? 10;
  return step * power;
}

function ticksUpTo(highest: number, count: number): number[] {
  const step = roundStep(highest, count);
  const lines = Math.ceil(highest / step);
  return Array.from({ length: lines + 1 }, (_, index) => index * step);
}

export function scaleFor(series: readonly BalancePoint[][], frame: Frame): Scale {
  const points = series.flat();
  const days = points.map((point) => day(point.date));
  const first = Math.min(...days);
  const last = Math.max(...days, first + 1);
  const highest = Math.max(...points.map((point) => forDrawing(point.balance)), 1);
  const yTicks = ticksUpTo(highest, 4);
  const top = yTicks[yTicks.length - 1] ?? highest;
  const sorted = [...points].sort((a, b) => day(a.date) - day(b.date));
  const middle = new Date(((first + last) / 2) * DAY_MS).toISOString().slice(0, 10);
  return {
    x: (date) => frame.left + ((day(date) - first) / (last - first)) * (frame.right - frame.left),
    y: (amount) => frame.bottom - (amount / top) * (frame.bottom - frame.top),
    yTicks,
    xTicks: [sorted[0]?.date ?? '', middle, sorted[sorted.length - 1]?.date ?? ''],
  };
}

/** A staircase: the balance stays until the next payment takes a step off it. */
export function staircase(points: readonly BalancePoint[], scale: Scale): string {
  return points
    .map((point, index) => {
      const x = scale.x(point.date).toFixed(1);
      const y = scale.y(forDrawing(point.balance)).toFixed(1);
      return index === 0 ? `M${x} ${y}` : `H${x}V${y}`;
    })
    .join('');
}
