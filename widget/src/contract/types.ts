/**
 * The shapes of docs/web-channel.md. Money is a string in yuan with two decimals, a date is ISO, a
 * rate is a string in percent: the page shows figures, it never computes one.
 */

export type Money = string;
export type IsoDate = string;
export type Percent = string;

export interface Borrower {
  display_name: string;
}

export interface Session {
  token: string;
  expires_at: string;
  /** When the server wrote this answer, in milliseconds by its own clock; null if it does not say. */
  issued_at: number | null;
  borrower: Borrower | null;
  ai_label: string;
  demo: boolean;
}

export interface DemoBorrower {
  id: string;
  display_name: string;
  story: string;
}

export interface SignIn {
  token: string;
  expires_at: string;
  issued_at: number | null;
  borrower: Borrower;
  messages: ServerMessage[];
}

export interface PhoneChallenge {
  challenge: string;
  expires_at: string;
  demo_code: string | null;
}

/** A conversation of another channel that asks for a sign-in on this page. */
export interface OpenedLink {
  channel: string;
  expires_at: string;
}

/** What the borrower sends back into that conversation. */
export interface ShownCode {
  code: string;
  expires_at: string;
}

export type ButtonStyle = 'primary' | 'default' | 'quiet';

export interface ReplyButton {
  title: string;
  value: string;
  style: ButtonStyle;
}

export type Sender = 'user' | 'bot' | 'person';

export interface ServerMessage {
  seq: number;
  from: Sender;
  at: string;
  /** The client's id of a user message. */
  id: string | null;
  in_reply_to: string | null;
  text: string;
  buttons: ReplyButton[];
  card: Card | null;
}

export type HandoffState = 'waiting' | 'active' | 'closed';

export interface Handoff {
  state: HandoffState;
  position: number | null;
}

export interface Reply {
  messages: ServerMessage[];
  handoff: Handoff | null;
}

export interface QuoteItem {
  label: string;
  amount: Money;
  account: string;
  component: string;
  formula: string;
  note: string;
  clause: string;
}

export interface QuoteCard {
  type: 'quote';
  title: string;
  as_of: IsoDate;
  total: Money;
  items: QuoteItem[];
  disclaimer: string;
}

export interface ScheduleRow {
  number: number;
  due: IsoDate;
  principal: Money;
  interest: Money;
  fee: Money;
  /** Default interest inside this instalment; absent when there is none in the whole plan. */
  penalty?: Money;
  amount: Money;
  balance: Money;
  state?: string;
}

export interface DisclosureRow {
  item: string;
  value: string;
}

export interface BalancePoint {
  date: IsoDate;
  balance: Money;
}

export interface PlanOption {
  offer_id: string;
  title: string;
  /** Null, like `monthly_amount`, for what is paid at once. */
  instalments: number | null;
  first_due: IsoDate;
  first_amount: Money;
  monthly_amount: Money | null;
  total: Money;
  total_cost: Money;
  annual_rate: Percent;
  waived: Money;
  highlights: string[];
  balance: BalancePoint[];
  schedule: ScheduleRow[];
  disclosure: DisclosureRow[];
  choose: string;
}

export interface PlanOptionsCard {
  type: 'plan_options';
  title: string;
  as_of: IsoDate;
  expires_at: string;
  options: PlanOption[];
  do_nothing: { days: number; total: Money }[];
}

export interface ScheduleCard {
  type: 'schedule';
  title: string;
  rows: ScheduleRow[];
  total: Money;
}

export interface TimelineCard {
  type: 'timeline';
  title: string;
  rows: { date: IsoDate; label: string; detail: string; kind: string }[];
}

export interface DisclosureCard {
  type: 'disclosure';
  title: string;
  rows: DisclosureRow[];
}

export interface SourceRow {
  statement: string;
  source: string;
  confidence: string;
  valid_from: IsoDate | null;
  review_on: IsoDate | null;
}

export interface SourcesCard {
  type: 'sources';
  rows: SourceRow[];
}

export interface SignInCard {
  type: 'sign_in';
  title: string;
  text: string;
}

export interface HandoffCard {
  type: 'handoff';
  state: HandoffState;
  position: number | null;
  case_number: string;
  expected: string;
}

export interface HelpLinesCard {
  type: 'help_lines';
  rows: { name: string; number: string; hours: string }[];
}

export type Card =
  | QuoteCard
  | PlanOptionsCard
  | ScheduleCard
  | TimelineCard
  | DisclosureCard
  | SourcesCard
  | SignInCard
  | HandoffCard
  | HelpLinesCard;
