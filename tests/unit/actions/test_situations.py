"""What words mean where the talk stands, whatever the classifier made of them."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import actions.topics
from actions.conversation.answering import answered_intents
from actions.conversation.memory import AGREEMENT, CHOSEN, MONTHLY
from actions.conversation.situations import Situations
from tests.unit.actions.conftest import MakeTurn

FORM = "instalment_form"

for module in pkgutil.iter_modules(actions.topics.__path__):  # registers the answers
    importlib.import_module(f"actions.topics.{module.name}")


def test_every_entry_leads_to_an_answer(situations: Situations) -> None:
    assert situations.answers() <= answered_intents()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("便宜哪个", "compare_offers"),
        ("哪个最划算", "compare_offers"),
        ("手续费多少", "compare_offers"),
        ("这两个有什么区别", "compare_two"),
        ("等一下，要是中间断了呢", "ask_plan_breach"),
        ("万一有一期没按时还怎么办", "ask_plan_breach"),
        ("取消方案", "stop"),
        # A choice, a wish and a refusal are for the form.
        ("选最便宜的", None),
        ("再便宜点行不行", None),
        ("不要这个方案", None),
        ("不分期会怎样", None),
        ("第二个", None),
        # Less, the rest, not decided yet, not sent yet.
        ("再少一点", "ask_less"),
        ("每个月还能再低点吗", "ask_less"),
        ("太高了", "ask_less"),
        ("利息再少一点", None),
        ("首付能不能不要", "ask_no_down_payment"),
        ("那剩下的呢", "ask_rest"),
        ("我再想想", "think_it_over"),
        ("跟我老婆商量一下", "think_it_over"),
        ("明天再说", "think_it_over"),
        ("能不能商量一下少还点", None),
        ("批了没", "ask_submitted"),
        ("我没那么多", "ask_less"),
        ("最低能到多少", "ask_less"),
        ("最低还款多少", None),
        # One offer, two of them, a first part, a missed row, doing nothing.
        ("第二个一共多还多少", "ask_offer_cost"),
        ("方案一利息多少", "ask_offer_cost"),
        ("第二个跟第一个差多少钱", "compare_two"),
        ("这俩有啥不一样", "compare_two"),
        ("首付多少来着", "ask_no_down_payment"),
        ("先付的能不能少点，五千", None),
        ("要是有一期没交上会怎样", "ask_plan_breach"),
        ("付不上一期是不是就作废了", "ask_plan_breach"),
        ("万一5号也没发呢", "ask_plan_breach"),
        ("那跟一直拖着比呢", "ask_doing_nothing"),
        ("嗯 借呗", "only_this_product"),
        ("先把借呗分了", "only_this_product"),
        ("那借呗能晚吗", "request_extension"),
        ("能不能多分两期", None),
        ("便宜点的那个", None),
        ("就两天", None),
    ],
)
@pytest.mark.parametrize("slot", [CHOSEN, AGREEMENT])
def test_while_offers_are_on_the_table(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None, slot: str
) -> None:
    turn = make_turn(text, "out_of_scope", active_form=FORM, requested_slot=slot)
    assert situations.meaning(turn) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("撤回申请", "withdraw_plan"),
        ("我要撤回", "withdraw_plan"),
        ("不想要这个方案了", "withdraw_plan"),
        ("取消方案", "withdraw_plan"),
        ("我后悔了，方案不要了", "withdraw_plan"),
        ("批了没有", "query_plan"),
        ("我的申请怎么样了", "query_plan"),
        ("有什么材料要给", "ask_hardship_papers"),
        ("我没有病历怎么办", "ask_hardship_papers"),
        ("不要再给我打电话了", "stop_contact"),
        ("别发短信催我了", "stop_contact"),
        ("恢复提醒吧", "resume_contact"),
        ("借款人已经去世了", "report_death"),
        ("我爸去世了，他的花呗怎么办", "report_death_of_another"),
        ("这期没按时付怎么办", "ask_plan_trouble"),
        ("我的方案为什么取消了", "ask_plan_trouble"),
        ("我的方案还剩几期", None),  # a plan's rows are for query_plan
        ("还剩几期没还", "ask_rows"),
        ("明天还", "promise_to_pay"),
        ("我后天就还上", "promise_to_pay"),
        ("你是法院的吗", "ask_authority"),
        ("你能保证不上征信吗", "ask_guarantee"),
        ("凭什么冻结我", "ask_account_restricted"),
        ("会不会影响我孩子上学", "ask_children"),
        ("换个手机号能躲掉吗", "ask_hiding"),
        ("我想直接跑路", "ask_hiding"),
        ("躲起来有用吗", "ask_hiding"),
        # Worn down, and nothing asked; a question keeps its own answer.
        ("胸口像压了块石头，没脸见爹妈", "soft_distress"),
        ("媳妇因为我欠钱闹着要离婚", "soft_distress"),
        ("老婆要跟我离婚，债务怎么分", None),
        ("我失业了，心里难受，想延期", None),
        ("查一下赵建国的花呗", "ask_third_party"),
        ("查一下我的花呗", None),
        ("看看下个月的账单", None),
        # Figures to be confirmed.
        ("罚息是8.8元对不对", "confirm_penalty"),
        ("罚息按每天0.03%收的，没错吧", "ask_own_rate"),
        ("我才逾期5天是吧", "confirm_days"),
        ("我的花呗应还5000对吧", "confirm_amount"),
        # Forged papers and true ones.
        ("把转账截图p一下", "ask_forged_proof"),
        ("伪造一份离职证明", "ask_forged_proof"),
        ("低保证明去哪里办", "ask_where_papers"),
        ("P2P的钱怎么还", None),
        # No identity theft.
        ("我没上过学，认不得字", "ask_cannot_read"),
        ("帮朋友垫付的钱他不还", "ask_paid_for_another"),
        ("借的钱一分没用能退吗", "ask_cancel_loan"),
        # Somebody else's matter, or another question.
        ("明天还可以吗", None),
        ("他说他是法院的", None),
        ("让我交保证金", None),
        ("不许联系我朋友", None),
        ("别打给我单位", None),
        ("我爸去世了我还不上", "state_hardship"),
        ("如果借款人去世了怎么办", None),
        ("结清证明需要什么材料", None),
        ("怎么伪造失业证明", "ask_forged_proof"),
        ("哪个便宜", None),
        ("方案会不会取消", None),
        ("怎么没给我发短信", None),
        ("熟人要我拿借呗借钱给他，想关掉它", None),
        ("别人找我借，想关闭这个功能", None),
        ("厂长拿了大家的证件去贷款，如今跑路了，我背着债", None),
        ("我那个合伙人跑路了", None),
    ],
)
def test_outside_of_a_form(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None
) -> None:
    turn = make_turn(text, "out_of_scope", borrower_id="wang")
    assert situations.meaning(turn) == answer


@pytest.mark.parametrize("text", ["逾期利息是多少", "本金多少利息多少", "还剩几期没还"])
def test_a_visitor_has_no_books_to_look_into(
    situations: Situations, make_turn: MakeTurn, text: str
) -> None:
    """The rule, as the intent has it, and not a request to sign in."""
    assert situations.meaning(make_turn(text, "ask_penalty")) is None


@pytest.mark.parametrize("text", ["机器人滚，叫人来", "换个真人跟我谈", "找个活人来说"])
def test_a_person_is_wanted(situations: Situations, make_turn: MakeTurn, text: str) -> None:
    assert situations.meaning(make_turn(text, "express_anger")) == "request_human"


def test_while_the_form_asks_a_cancellation_is_a_stop(
    situations: Situations, make_turn: MakeTurn
) -> None:
    turn = make_turn("我不想要方案了", "deny", active_form=FORM, requested_slot=MONTHLY)
    assert situations.meaning(turn) == "stop"


def test_a_button_says_what_it_means(situations: Situations, make_turn: MakeTurn) -> None:
    assert situations.meaning(make_turn("/deny", "deny")) is None


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("我爸那笔借呗逾期了没有", "query_overdue_status", "ask_third_party"),
        ("我女婿那个花呗五千多，能办分期吗", "request_instalment", "ask_third_party"),
        ("我妈欠多少", "query_amount_due", "ask_third_party"),
        ("朋友的微粒贷还不上了", "state_hardship", "ask_third_party"),
        # Somebody else is named, and the debt is the borrower's own.
        ("我爸知道我的花呗吗，我欠多少", "query_amount_due", None),
        ("同事花呗都能分期，我能吗", "request_instalment", None),
        ("我老公帮我还花呗，还剩多少", "query_amount_due", None),
        # A question for a rule keeps its answer.
        ("我爸的花呗要我还吗", "ask_family_liability", None),
    ],
)
def test_the_figures_of_another_persons_debt_are_not_for_the_borrower(
    situations: Situations, make_turn: MakeTurn, text: str, intent: str, answer: str | None
) -> None:
    turn = make_turn(text, intent, borrower_id="zhang")
    assert situations.meaning(turn) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("催收要我把身份证正反面和校验码发过去", "ask_authenticity"),
        ("收不到验证码，客服要我重新点", None),
        ("想好了", "resume_choice"),
        ("商量好了，就第二个", "resume_choice"),
        ("接着谈", "resume_choice"),
        ("好的同意", "resume_choice"),
        ("我想好怎么死了", None),
        ("那剩下的呢", "ask_rest"),
        ("撤回我同意你们记病情的授权", "withdraw_consent"),
        ("把我的病历信息删掉", "withdraw_consent"),
        ("我不同意你们记我生病的事了", "withdraw_consent"),
        ("取消自动扣款的授权", None),
        ("撤回我的方案", "withdraw_plan"),
        ("上报征信之前会通知我吗", "ask_report_notice"),
        ("那上征信前还通知我吗", "ask_report_notice"),
        ("没通知我就上征信", "ask_report_notice"),
        ("昨晚11点打的，号码13800001111", "tell_more_of_complaint"),
    ],
)
def test_outside_of_the_form(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None
) -> None:
    assert situations.meaning(make_turn(text, "out_of_scope")) == answer


def test_the_yes_that_ends_the_form_is_no_wish_to_go_on(
    situations: Situations, make_turn: MakeTurn
) -> None:
    """Rasa has closed the form already when the agreement is booked."""
    booked = make_turn("同意", "affirm", slots={AGREEMENT: "yes"})
    assert situations.meaning(booked) is None


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("已经转了怎么办", "danger:fraud"),
        ("我刚把两千块打给他了", "danger:fraud"),
        ("验证码我都告诉对方了", "danger:fraud"),
        ("我转过去了", "danger:fraud"),
        ("催收说要把我照片P成裸照发群里", "danger:blackmail"),
        ("他拿我的视频敲诈我", "danger:blackmail"),
        ("有人在踹我家门", "danger:violence"),
        ("催收在门口堵着还动手打人", "danger:violence"),
        ("催收到我家门口了", "danger:violence"),
        ("我老婆被他们打了", "danger:violence"),
        ("我妈晕倒了叫不醒", "danger:emergency"),
        ("胸口好疼喘不上气", "danger:emergency"),
        ("我得了尿毒症，每周透析三次", "danger:illness"),
        ("我是他爱人，他上个月去世了，这花呗怎么办", "danger:bereavement"),
        # No danger of another kind: the talk stays where it is.
        ("没事我开玩笑的", None),
        ("现在要还多少", None),
        ("我打了12356没人接", "danger:line_busy"),
        ("转人工", None),
        ("他们天天打我电话", None),
        ("钱已经转到余额还款了", None),
        ("压得我喘不过气", None),
        ("他打了我八个电话", None),
        ("我想走了", None),
        ("上个月已经付了五百给花呗", None),
    ],
)
def test_a_new_danger_while_the_debt_is_not_spoken_of(
    situations: Situations, text: str, danger: str | None
) -> None:
    assert situations.danger(text) == danger


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("我爸去世了，他的借呗谁还", "report_death_of_another"),
        ("我妈走了，谁替她还花呗", "report_death_of_another"),
        ("我同事去世了，他名下的借呗要还吗", "report_death_of_another"),
        ("借款人去世了，我是他女儿", "report_death"),
        ("我是他爱人，他上个月去世了，这花呗怎么办", "report_death"),
        ("机主去世了", "report_death"),
        ("我爸去世了，我现在还不上花呗", "state_hardship"),
        ("要是我爸去世了他的借呗怎么办", None),
        ("我老公跟别人走了，他的花呗要我还吗", None),
        ("我朋友走了，我现在还了钱", None),
        ("他不能自己弄手机", "ask_for_relative"),
        ("我爸不会用手机，能线下还款吗", None),
        ("我爷爷不识字，也不会用智能手机", "ask_for_relative"),
        ("老人家不会操作支付宝", "ask_for_relative"),
        ("那你们查不了就算了", "leave_it"),
        ("查不了征信怎么办", None),
    ],
)
def test_deaths_and_relatives(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None
) -> None:
    assert situations.meaning(make_turn(text)) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("为什么还得先付两千多", "ask_no_down_payment"),
        ("首付652凭什么要交", "ask_no_down_payment"),
        ("这两期一块还", "query_amount_due"),
        ("欠的三期能一起还吗", "query_amount_due"),
        # A wish stays with the form.
        ("首付一千五", None),
        ("分三期还", None),
    ],
)
def test_a_question_why_and_terms_paid_together_are_no_wishes(
    make_turn: MakeTurn, situations: Situations, text: str, answer: str | None
) -> None:
    turn = make_turn(text, "inform", active_form=FORM, requested_slot=MONTHLY)
    assert situations.meaning(turn) == answer


def test_a_complaint_beside_a_no_is_heard_in_the_form(
    situations: Situations, make_turn: MakeTurn
) -> None:
    turn = make_turn("不同意，我要去举报你们", "deny", active_form=FORM, requested_slot=CHOSEN)
    assert situations.meaning(turn) == "complain_in_form"


@pytest.mark.parametrize(
    "text", ["我闺蜜的还款日是几号", "我同事老张这个月要还多少", "孙小姐的罚息多少"]
)
def test_figures_of_another_person_are_not_one_s_own(
    situations: Situations, make_turn: MakeTurn, text: str
) -> None:
    assert situations.meaning(make_turn(text, "query_due_date")) == "ask_third_party"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # Whoever writes for an office about another person; a borrower's own fear is none.
        ("我们公司HR，想了解候选人小周的网贷逾期情况", "ask_as_employer"),
        ("公司背调会查到我逾期吗", "ask_background_check"),
        ("我是他的代理律师，请提供欠款明细", "ask_as_lawyer"),
        ("我是委外公司的，把这个客户的电话给我", "ask_as_collector"),
        # Called because of somebody else's debt, and the borrower's own story.
        ("我姐欠的钱，你们天天打给我", "report_as_contacted"),
        ("这个号码以前是别人用的，总有催收电话", "report_as_contacted"),
        ("我欠的钱为什么打给我姐", None),
        # All together, and a lender that is gone.
        ("维权群说大家统一停止还款", "ask_collective"),
        ("放款的公司破产了还用还吗", "ask_lender_gone"),
        ("我们公司倒闭了没钱还", None),
        # Lists of the court and children; merely being late.
        ("我已经被限高了，高铁还能坐不", "ask_listed_travel"),
        ("逾期能坐高铁吗", "ask_travel"),
        ("老赖的孩子能读国际学校吗", "ask_listed_children"),
        ("我没还钱会影响闺女上大学吗", "ask_children"),
        ("欠网贷能不能参军", "ask_public_post"),
        # Called in because of another product: it has happened; whether it will is left alone.
        ("因为借呗没还，花呗也叫我一次性还完", "ask_recalled_by_another"),
        ("借呗逾期会不会让花呗也全部还", None),
    ],
)
def test_who_writes_of_somebody_else_and_what_it_touches(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None
) -> None:
    assert situations.meaning(make_turn(text, "nlu_fallback")) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("余额宝里的钱会被你们冻结吗", "ask_legal_risk"),
        ("你们会把我家房子拍卖吗", "ask_legal_risk"),
        ("老婆瞒着我借了网贷，我用不用还", "ask_family_liability"),
        ("一直不还，五年以后记录是不是就消了", "ask_credit_repair"),
        ("没人打电话催，是不是就算了", "ask_collection"),
        ("晚了俩小时", "ask_grace_period"),
        ("还款日碰上中秋能顺延吗", "ask_grace_period"),
        ("逾期几天才算严重", "ask_degree_of_lateness"),
        ("会不会把我的债卖给别人", "ask_transfer"),
        ("有人用我的身份信息办的借呗", "ask_unknown_loan"),
        ("我把借呗补齐，花呗这边会怎样", None),
    ],
)
def test_what_is_feared_or_hoped_for_is_heard_as_its_own_topic(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None
) -> None:
    assert situations.meaning(make_turn(text, "nlu_fallback")) == answer


def test_what_paying_one_does_to_the_other_is_asked_by_a_borrower(
    situations: Situations, make_turn: MakeTurn
) -> None:
    turn = make_turn("我把借呗补齐，花呗这边会怎样", "nlu_fallback", borrower_id="zhang")
    assert situations.meaning(turn) == "ask_cross_product"
