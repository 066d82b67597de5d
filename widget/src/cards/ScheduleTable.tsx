import type { ReactElement } from 'react';
import type { Money, ScheduleRow } from '../contract/types';
import { shortDate, longDate } from '../format/date';
import { isZero, money } from '../format/money';
import { text, wordFor } from '../text/text';

/** The number of the row for what is paid at once, before the instalments. */
const DOWN_PAYMENT = 0;

interface ScheduleTableProps {
  caption: string;
  rows: readonly ScheduleRow[];
  total: Money | null;
}

/** Every instalment; on a narrow screen the table slides sideways under a fixed first column. */
export function ScheduleTable({ caption, rows, total }: ScheduleTableProps): ReactElement {
  const words = text.card.schedule;
  const withState = rows.some((row) => row.state);
  // Shown only where there is some, but then always: the parts of a row must add up to its amount.
  const withPenalty = rows.some((row) => row.penalty && !isZero(row.penalty));
  return (
    <div className="table-scroll" role="group" aria-label={caption} tabIndex={0}>
      <table className="table table--figures">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.number}</th>
            <th scope="col">{words.due}</th>
            <th scope="col">{words.amount}</th>
            <th scope="col">{words.principal}</th>
            <th scope="col">{words.interest}</th>
            <th scope="col">{words.fee}</th>
            {withPenalty && <th scope="col">{words.penalty}</th>}
            <th scope="col">{words.balance}</th>
            {withState && <th scope="col">{words.state}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number} data-state={row.state}>
              <th scope="row">{row.number === DOWN_PAYMENT ? words.downPayment : row.number}</th>
              <td>
                <span title={longDate(row.due)}>{shortDate(row.due)}</span>
              </td>
              <td className="strong">{money(row.amount)}</td>
              <td>{money(row.principal)}</td>
              <td>{money(row.interest)}</td>
              <td>{money(row.fee)}</td>
              {withPenalty && <td>{row.penalty && money(row.penalty)}</td>}
              <td>{money(row.balance)}</td>
              {withState && <td>{row.state && wordFor(words.states, row.state)}</td>}
            </tr>
          ))}
        </tbody>
        {total !== null && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {words.total}
              </th>
              <td className="strong">{money(total)}</td>
              <td colSpan={4 + Number(withPenalty) + Number(withState)} />
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
