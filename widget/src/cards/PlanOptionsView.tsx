import { useState, type ReactElement, type ReactNode } from 'react';
import type { PlanOption, PlanOptionsCard } from '../contract/types';
import { longDate, shortDate, writtenTime } from '../format/date';
import { isZero, money } from '../format/money';
import { instalmentsOf, monthlyOf } from '../format/plan';
import { fill, text } from '../text/text';
import { Button } from '../ui/chatui';
import { useChat } from '../ui/context';
import { Icon } from '../ui/icons';
import { BalanceChart } from './BalanceChart';
import { CardFrame } from './CardFrame';
import { DisclosureTable } from './DisclosureTable';
import { ScheduleTable } from './ScheduleTable';

type RowName = keyof typeof text.card.plan.rows;

function cell(option: PlanOption, row: RowName): ReactNode {
  switch (row) {
    case 'instalments':
      return instalmentsOf(option);
    case 'monthly_amount':
      return monthlyOf(option);
    case 'first_due':
      return (
        <>
          <span className="when-wide">{longDate(option.first_due)}</span>
          <span className="when-narrow">{shortDate(option.first_due)}</span>
        </>
      );
    case 'annual_rate':
      return `${option.annual_rate}%`;
    case 'waived':
      return isZero(option.waived) ? text.card.plan.none : money(option.waived);
    default:
      return money(option[row]);
  }
}

const ROWS = Object.keys(text.card.plan.rows) as RowName[];

/**
 * The offers side by side, their balances drawn over time, and everything about each. Whether an offer
 * still stands is for the ledger's business date to say, never for the clock of a phone: every offer can
 * be chosen, and the assistant answers for one that has lapsed.
 */
export default function PlanOptionsView({ card }: { card: PlanOptionsCard }): ReactElement {
  const words = text.card.plan;
  return (
    <CardFrame
      title={card.title}
      subtitle={fill(text.card.asOf, { date: longDate(card.as_of) })}
      className="card--wide"
    >
      <BalanceChart card={card} />
      <div className="table-scroll" role="group" aria-label={words.compare} tabIndex={0}>
        <table className="table table--compare">
          <caption className="visually-hidden">{words.compare}</caption>
          <thead>
            <tr>
              <td>{words.unit}</td>
              {card.options.map((option, index) => (
                <th key={option.offer_id} scope="col">
                  <span className={`swatch swatch--${String(index)}`} aria-hidden="true" />
                  {option.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROWS.map((row) => (
              <tr key={row} data-row={row}>
                <th scope="row">{words.rows[row]}</th>
                {card.options.map((option) => (
                  <td key={option.offer_id}>{cell(option, row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {card.do_nothing.length > 0 && <DoNothing card={card} />}
      <div className="plans">
        {card.options.map((option, index) => (
          <Plan key={option.offer_id} card={card} option={option} index={index} />
        ))}
      </div>
      <p className="disclaimer">
        {fill(words.expires, { time: writtenTime(card.expires_at) })}。{words.chooseNote}
      </p>
    </CardFrame>
  );
}

function DoNothing({ card }: { card: PlanOptionsCard }): ReactElement {
  return (
    <p className="do-nothing">
      <span>{text.card.plan.doNothing}：</span>
      {card.do_nothing
        .map((row) =>
          fill(text.card.plan.doNothingRow, { days: row.days, total: money(row.total) }),
        )
        .join('，')}
    </p>
  );
}

interface PlanProps {
  card: PlanOptionsCard;
  option: PlanOption;
  index: number;
}

function Plan({ card, option, index }: PlanProps): ReactElement {
  const { controller, print } = useChat();
  const [open, setOpen] = useState(false);
  const choose = fill(text.card.plan.choose, { title: option.title });
  return (
    <div role="group" className="plan" aria-label={option.title}>
      <div className="plan-head">
        <h4>
          <span className={`swatch swatch--${String(index)}`} aria-hidden="true" />
          {option.title}
        </h4>
        <ul>
          {option.highlights.map((highlight) => (
            <li key={highlight}>{highlight}</li>
          ))}
        </ul>
      </div>
      <div className="plan-actions">
        <button
          type="button"
          className="link"
          aria-expanded={open}
          aria-label={`${text.card.plan.schedule}：${option.title}`}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {text.card.plan.schedule}
          <span className="chevron" aria-hidden="true" />
        </button>
        <button
          type="button"
          className="link"
          aria-label={`${text.card.plan.print}：${option.title}`}
          onClick={() => {
            print({ kind: 'plan', option, card });
          }}
        >
          <Icon name="print" />
          {text.card.plan.print}
        </button>
        {option.choose && (
          <Button
            color="primary"
            onClick={() => {
              controller.press(option.title, option.choose);
            }}
          >
            {choose}
          </Button>
        )}
      </div>
      {open && (
        <div className="plan-detail">
          <h5>{text.card.plan.schedule}</h5>
          <ScheduleTable
            caption={`${option.title}：${text.card.plan.schedule}`}
            rows={option.schedule}
            total={option.total}
          />
          <h5>{text.card.plan.disclosure}</h5>
          <DisclosureTable
            rows={option.disclosure}
            caption={`${option.title}：${text.card.plan.disclosure}`}
          />
        </div>
      )}
    </div>
  );
}
