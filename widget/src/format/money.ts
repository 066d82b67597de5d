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

export function isZero(amount: Money): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}

/** A number for drawing only (a height, a width), never for showing. */
export function forDrawing(amount: Money): number {
  const value = Number(amount);
  return Number.isFinite(value) ? value : 0;
}
