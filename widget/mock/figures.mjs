// @ts-check
// Invented figures for the mock: whole fen in, text out, so that tables add up. Not a product's terms.

/** @param {number} fen */
export function yuan(fen) {
  const sign = fen < 0 ? '-' : '';
  const whole = Math.abs(fen);
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}

/** @param {number} fen */
export function spoken(fen) {
  return `${yuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',')} 元`;
}

/** @param {string} start @param {number} months */
function monthsLater(start, months) {
  const date = new Date(`${start}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/**
 * Equal shares of the principal, interest on what is left, the last one takes the remainder.
 * @param {{principal: number, count: number, monthlyRate: number, firstDue: string}} terms
 */
export function schedule({ principal, count, monthlyRate, firstDue }) {
  let left = principal;
  return Array.from({ length: count }, (_, index) => {
    const share = index === count - 1 ? left : Math.floor(principal / count);
    const interest = Math.round(left * monthlyRate);
    left -= share;
    return {
      number: index + 1,
      due: monthsLater(firstDue, index),
      principal: share,
      interest,
      fee: 0,
      amount: share + interest,
      balance: left,
    };
  });
}

/** @param {ReturnType<typeof schedule>} rows */
export function asText(rows) {
  return rows.map((row) => ({
    ...row,
    principal: yuan(row.principal),
    interest: yuan(row.interest),
    fee: yuan(row.fee),
    amount: yuan(row.amount),
    balance: yuan(row.balance),
  }));
}
