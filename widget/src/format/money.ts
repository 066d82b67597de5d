import type { Money } from '../contract/types';

const AMOUNT = /^(-?)(\d+)(\.\d+)?$/;

/** `"12345.60"` → `12,345.60`. Text in, text out: no float ever holds a borrower's money. */
export function money(amount: Money): string {
  const parts = AMOUNT.exec(amount);
  if (!parts) return amount;
  const [, sign = '', yuan = '', fen = ''] = parts;
  const grouped = yuan.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign === '-' ? '−' : ''}${grouped}${fen}`;
}

/** Words with the thousands of every amount in them set apart: `1114.83 元` → `1,114.83 元`. */
export function groupedAmounts(words: string): string {
  // Without a lookbehind, which older Safari refuses together with the whole script.
  return words.replace(
    /(^|[^\d.,])(\d{4,}\.\d{2})(?!\d)/g,
    (_whole, before: string, amount: string) => `${before}${money(amount)}`,
  );
}

export function isZero(amount: Money): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}

/** A number for drawing only (a height, a width), never for showing. */
export function forDrawing(amount: Money): number {
  const value = Number(amount);
  return Number.isFinite(value) ? value : 0;
}
