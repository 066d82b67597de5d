// @ts-check
import { asText, schedule, spoken, yuan } from './figures.mjs';

const AS_OF = '2026-11-21';

// 500000.00 and 198620.35 are principal; the rest is reckoned on them below, in fen.
const LOAN = 50_000_000;
const LOAN_INTEREST = 362_500;
const LOAN_PENALTY = 218_750;
const CREDIT = 19_862_035;
const CREDIT_PENALTY = 119_172;
const CREDIT_FEE = 45_000;
const TOTAL = LOAN + LOAN_INTEREST + LOAN_PENALTY + CREDIT + CREDIT_PENALTY + CREDIT_FEE;

const DISCLAIMER = '以上为演示数据，金额以合同及系统账单为准。';

export function quote() {
  const items = [
    {
      label: '借呗本金（已全部到期）',
      amount: yuan(LOAN),
      account: '借呗',
      component: 'principal',
      formula: '500,000.00 元（2026-10-28 宣布提前到期的全部未还本金）',
      note: '提前到期后，未到期的利息不再收取。',
      clause: '演示合同第 8.2 条',
    },
    {
      label: '借呗利息（到期前）',
      amount: yuan(LOAN_INTEREST),
      account: '借呗',
      component: 'interest',
      formula: '500,000.00 × 0.025% × 29 天',
      note: '',
      clause: '演示合同第 4.1 条',
    },
    {
      label: '借呗罚息',
      amount: yuan(LOAN_PENALTY),
      account: '借呗',
      component: 'penalty',
      formula: '500,000.00 × 0.0175% × 25 天',
      note: '罚息按本金逐日计算，不计复利；年化不超过 24%。',
      clause: '演示合同第 9.1 条',
    },
    {
      label: '花呗未还消费本金',
      amount: yuan(CREDIT),
      account: '花呗',
      component: 'principal',
      formula: '198,620.35 元',
      note: '包含还没到还款日的分期本金，因被要求全额还款而一并到期。',
      clause: '演示合同第 6.3 条',
    },
    {
      label: '花呗罚息',
      amount: yuan(CREDIT_PENALTY),
      account: '花呗',
      component: 'penalty',
      formula: '198,620.35 × 0.05% × 12 天',
      note: '',
      clause: '演示合同第 7.1 条',
    },
    {
      label: '花呗分期手续费（已产生）',
      amount: yuan(CREDIT_FEE),
      account: '花呗',
      component: 'fee',
      formula: '3 期 × 150.00 元',
      note: '没有产生的手续费不收。',
      clause: '演示合同第 5.4 条',
    },
  ];
  const lines = items.map((item) => `${item.label}：${item.amount} 元，${item.formula}`);
  return {
    text: [`截至 2026 年 11 月 21 日，您一共要还 ${spoken(TOTAL)}。`, ...lines, DISCLAIMER].join('\n'),
    card: {
      type: 'quote',
      title: '应还明细',
      as_of: AS_OF,
      total: yuan(TOTAL),
      items,
      disclaimer: DISCLAIMER,
    },
  };
}

const OFFERS = [
  { id: 'steady', title: '12 期均衡', count: 12, monthlyRate: 0.005, waived: 119_172, highlights: ['减免花呗罚息', '总成本最低'] },
  { id: 'light', title: '24 期轻还', count: 24, monthlyRate: 0.006, waived: 119_172, highlights: ['减免花呗罚息', '每月压力较小'] },
  { id: 'long', title: '36 期长还', count: 36, monthlyRate: 0.0065, waived: 0, highlights: ['每月最少', '可随时提前结清'] },
];

/** @param {(meaning: string, title: string) => string} issue makes a button value of this session */
export function planOptions(issue) {
  const options = OFFERS.map((offer) => {
    const principal = TOTAL - offer.waived;
    const rows = schedule({
      principal,
      count: offer.count,
      monthlyRate: offer.monthlyRate,
      firstDue: '2026-12-10',
    });
    const total = rows.reduce((sum, row) => sum + row.amount, 0);
    const rate = (offer.monthlyRate * 1200).toFixed(2);
    return {
      offer_id: offer.id,
      title: offer.title,
      instalments: offer.count,
      first_due: '2026-12-10',
      first_amount: yuan(rows[0]?.amount ?? 0),
      monthly_amount: yuan(rows[0]?.amount ?? 0),
      total: yuan(total),
      total_cost: yuan(total - principal),
      annual_rate: rate,
      waived: yuan(offer.waived),
      highlights: offer.highlights,
      balance: [
        { date: AS_OF, balance: yuan(principal) },
        ...rows.map((row) => ({ date: row.due, balance: yuan(row.balance) })),
      ],
      schedule: asText(rows),
      disclosure: [
        { item: '贷款本金', value: spoken(principal) },
        { item: '利息', value: `${spoken(total - principal)}，按剩余本金逐期计算` },
        { item: '手续费、担保费', value: '不收取' },
        { item: '综合融资成本（年化）', value: `${rate}%` },
        { item: '再次逾期时', value: '逾期部分按日 0.05% 计罚息，减免不再适用，方案可能终止' },
        { item: '提前结清', value: '可以随时提前结清，利息算到当天，不另收费' },
      ],
      choose: issue(`choose:${offer.id}`, offer.title),
    };
  });
  const lines = options.map(
    (option) => `${option.title}：第一期 ${option.first_amount} 元，一共 ${option.total} 元，年化 ${option.annual_rate}%`,
  );
  return {
    text: ['按您每月能还的金额，可以申请下面几种方案。', ...lines].join('\n'),
    card: {
      type: 'plan_options',
      title: '可以申请的分期方案',
      as_of: AS_OF,
      expires_at: '2099-11-28T23:59:59+08:00',
      options,
      do_nothing: [
        { days: 30, total: '709082.57' },
        { days: 90, total: '721262.66' },
      ],
    },
  };
}

export function planSchedule() {
  const rows = schedule({ principal: TOTAL, count: 12, monthlyRate: 0.005, firstDue: '2026-12-10' });
  const states = ['due', ...Array.from({ length: 11 }, () => 'upcoming')];
  return {
    text: '您的方案一共 12 期，还没有开始还，下一期 2026 年 12 月 10 日。',
    card: {
      type: 'schedule',
      title: '我的方案',
      rows: asText(rows).map((row, index) => ({ ...row, state: states[index] })),
      total: yuan(rows.reduce((sum, row) => sum + row.amount, 0)),
    },
  };
}

export const disclosure = () => ({
  text: '这是综合融资成本明示表。\n项目和金额如下。',
  card: {
    type: 'disclosure',
    title: '个人贷款综合融资成本明示表',
    rows: [
      { item: '利息', value: '按剩余本金计算，年化 6.00%' },
      { item: '违约金', value: '不收取' },
      { item: '综合年化成本', value: '6.00%' },
    ],
  },
});

export const timeline = () => ({
  text: '这是您账户上发生过的事。\n9 月 28 日到期未还，10 月 28 日提前到期，12 月 10 日第一期。',
  card: {
    type: 'timeline',
    title: '账户经过',
    rows: [
      { date: '2026-09-28', label: '借呗第 9 期到期', detail: '应还 14,625.00 元，未还', kind: 'due' },
      { date: '2026-09-29', label: '进入逾期', detail: '开始按日计罚息', kind: 'overdue' },
      { date: '2026-10-15', label: '收到还款', detail: '2,000.00 元，先抵利息', kind: 'payment' },
      { date: '2026-10-28', label: '宣布全部提前到期', detail: '未到期利息不再收取', kind: 'acceleration' },
    ],
  },
});

export const sources = () => ({
  text: '逾期一两天，一般从还款日的第二天起算罚息，也可能上报征信。没有“几天之内一定没事”的规定，尽快还上影响最小。\n出处：演示合同；《征信业管理条例》第十五条、第十六条。',
  card: {
    type: 'sources',
    rows: [
      { statement: '不良信息自不良行为终止之日起保存五年。', source: '《征信业管理条例》第十六条', confidence: 'A', valid_from: '2013-03-15', review_on: '2027-03-01' },
      { statement: '逾期从还款日次日起按日计收罚息。', source: '演示合同第 9.1 条', confidence: 'K', valid_from: null, review_on: '2027-01-01' },
    ],
  },
});

/** @param {'waiting'|'active'|'closed'} state */
export const handoff = (state) => ({
  text: '已为您转人工客服，前面还有 2 位，预计 5 分钟。编号 YQ20261121-0007。',
  card: { type: 'handoff', state, position: 2, case_number: 'YQ20261121-0007', expected: '预计 5 分钟' },
});

export const helpLines = () => ({
  text: '先照顾好自己，钱的事可以慢慢谈。下面的电话随时可以打。\n全国统一心理援助热线 12356，24 小时；紧急情况拨打 110。',
  card: {
    type: 'help_lines',
    rows: [
      { name: '全国统一心理援助热线', number: '12356', hours: '24 小时' },
      { name: '紧急求助', number: '110', hours: '24 小时' },
      { name: '金融消费权益保护热线', number: '12363', hours: '工作日 8:30–17:30' },
    ],
  },
});

export const signIn = () => ({
  text: '这是您自己账户上的事，要先确认是您本人。请登录后继续，我会接着回答刚才的问题。',
  card: { type: 'sign_in', title: '请先登录', text: '登录后我会接着回答刚才的问题。' },
});
