import type { ReactElement } from 'react';
import type { DisclosureRow } from '../contract/types';

/** The costs in the order in which they must be disclosed. */
export function DisclosureTable({ rows, caption }: { rows: readonly DisclosureRow[]; caption: string }): ReactElement {
  return (
    <table className="table table--terms">
      <caption className="visually-hidden">{caption}</caption>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            <th scope="row">{row.item}</th>
            <td>{row.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
