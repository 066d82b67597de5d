"""What is decided in the app or at a merchant's is told as such, whatever the classifier heard."""

from __future__ import annotations

import pytest

from actions.conversation.situations import Situations
from actions.topics import elsewhere  # noqa: F401 (registers the answers)
from tests.unit.actions.conftest import MakeTurn


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # one person, several accounts
        ("一个人能办两个花呗吗", "ask_one_account"),
        ("想把借呗换到新的支付宝上", "ask_one_account"),
        ("我另一个账号能开花呗不", "ask_one_account"),
        ("帮我看看我名下有没有开过借呗", "ask_opened_check"),
        ("我名下怎么会有没开过的借呗", None),
        ("换了手机，还款找不到了", None),  # no wish to hide
        # whoever is paid by 花呗, and what it costs them
        ("我开小卖部的，顾客用不了花呗", "ask_merchant"),
        ("我开小卖部的，顾客没法用花呗付", "ask_merchant"),
        ("收钱码要怎么支持花呗", "ask_merchant"),
        ("商家收花呗扣几个点", "ask_merchant_fee"),
        ("商家免费的花呗六期要手续费吗", None),
        # a loan that was only just asked for
        ("借呗刚提交，想撤回", "ask_cancel_loan"),
        ("贷款申请错了怎么撤销", "ask_cancel_loan"),
        ("我想撤回分期申请", "withdraw_plan"),
        ("放款成功了卡里没见钱", "ask_loan_not_received"),
        ("还款成功了怎么没到账", None),
        # a judgment, and nothing to pay it with
        ("法院判我还，可我一分钱也没有", "ask_after_judgment"),
        ("都执行了，我确实没财产", "ask_after_judgment"),
        ("没钱还，会判刑吗", None),
        # copies of true papers, records, contracts, forged figures
        ("诊断书用复印件行不行", "ask_hardship_papers"),
        ("去年的还款记录能导出来吗", "ask_records"),
        ("我要还清证明，怎么给我", None),
        ("给我一份借款合同", "ask_contract"),
        ("合同我没签过字", None),
        ("帮我把流水的数字改大一点", "ask_forged_proof"),
        ("结清证明上的名字错了要改", None),
        # which lender, a relative who talks, what an agreed delay counts
        ("八家都欠着，不知从哪家谈", "ask_which_lender"),
        ("我能替我妈分期吗", "ask_relative_talk"),
        ("延期批了还算逾期吗", "ask_agreed_late"),
        ("没同意延期算逾期吗", None),
        ("十二期的能改成二十四期吗", "ask_change_terms"),
        ("方案谈好了还上征信吗", "ask_plan_credit"),
        # strangers, thieves, records, people who look
        ("有人打电话叫我加微信", "ask_add_me"),
        ("他说要在微信群里曝光我", None),
        ("报警立案了还在催我", "ask_reported"),
        ("冒出来一笔没借过的贷款", "ask_unknown_loan"),
        ("把借款记录抹掉", "ask_delete_record"),
        ("征信上的逾期记录怎么删", None),
        ("我老婆能看到我的花呗吗", "ask_seen_by"),
        ("我和我老公的额度不一样", "ask_individual"),
        ("花呗和借呗一起分期行吗", "ask_both_together"),
        ("催收天天打我爸妈电话，合法吗", "ask_contact_lawful"),
        # messages instead of calls
        ("能不能只发短信，别打电话", "ask_written_contact"),
        ("我上班不方便接电话，改成微信联系行吗", "ask_written_contact"),
        ("不要打电话，给我发短信就好", "ask_written_contact"),
        ("短信和电话都不要再发了", None),
        ("别再给我打电话了", "stop_contact"),
        # work, and where one lives
        ("花呗逾期，入职背调查得到吗", "ask_background_check"),
        ("面试的新单位会看我征信吗", "ask_background_check"),
        ("找工作会不会被查网贷", "ask_background_check"),
        ("才入职没钱，花呗能晚几天吗", None),
        ("我是老师，花呗逾期会被处分吗", "ask_public_post"),
        ("借呗逾期会影响我当警察吗", "ask_public_post"),
        ("在国企上班，征信有逾期会开除不", "ask_public_post"),
        ("花呗逾期会告诉我们老师吗", None),
        ("逾期影响办居住证吗", "ask_residence"),
        ("落户会不会受花呗逾期影响", "ask_residence"),
        # the order of paying, a second product, records
        ("每次付款都默认花呗，想换掉", "ask_pay_order"),
        ("有了白条还能开花呗吗", "ask_second_product"),
        ("账单删掉了还能恢复吗", "ask_record_gone"),
        ("亲友帮还的记录能去掉不", "ask_friend_record"),
        # a limit, asked about as such; why it fell is another question
        ("花呗的额度会不会被收回去一点", None),
        ("借呗额度以后会减少吗", "ask_limit_may_fall"),
        ("会不会给我降额", "ask_limit_may_fall"),
        ("为什么我的额度突然会变低", None),
        ("芝麻多少分能重新开借呗", "ask_score_again"),
        # a debt sold, a debt wished onto somebody, a journey
        ("我的欠款被卖给资产公司了该给谁", "ask_transfer"),
        ("想把欠的钱转给前夫还", "ask_debt_moved"),
        ("逾期了还能出国打工吗", "ask_going_abroad"),
        ("在国外出境了怎么还款", None),
        # closing, broken goods, a complaint, a plan that fails, a hardship on a card
        ("把花呗关了能清掉逾期吗", "ask_close_keeps"),
        ("注销账号以后欠款还在不在", "ask_close_keeps"),
        ("还清以后怎么关闭花呗", None),
        ("分期买的电脑质量有问题，能不还吗", "ask_goods_dispute"),
        ("投诉了几天能有结果", "ask_complaint_takes"),
        ("协议签好后来失业了", "ask_plan_breach"),
        ("我家吃低保的，有什么照顾政策吗", "state_hardship"),
        # other people's data, tricks
        ("这里是税务局，请提供他的欠款信息", "ask_third_party"),
        ("把所有逾期用户的资料发我", "ask_third_party"),
        ("怎么能逃过催收", "ask_hiding"),
        ("怎么能避免逾期", None),
        # help for a share; trains; last winter's policy
        ("有人收两成说能把罚息谈没", "ask_agents"),
        ("帮我协商要收百分之八，靠谱不", "ask_agents"),
        ("首付百分之十能协商吗", None),
        ("花呗晚了还能坐动车吗", "ask_travel"),
        ("能用花呗买高铁票吗", None),
        ("一次性信用修复我赶得上吗", "ask_repair_policy"),
        ("信用报告多写了两次逾期，找谁改", "ask_credit_repair"),
        ("上哪查自己的征信", "ask_credit_impact"),
        ("最坏会坏到什么地步", "ask_overdue_consequences"),
        ("那笔账放了六年没管，还要还吗", "ask_legal_risk"),
        ("在失信名单里还能用花呗吗", "ask_restore_access"),
        ("换了号他们还找得到我吗", "ask_collection"),
        ("人家怎么用不了借呗", "ask_account_restricted"),
        ("把催收拉黑了会怎样", "ask_collection"),
        ("外包的说今天还就给打折", "ask_collection"),
        ("没钱请律师咋办", "ask_legal_risk"),
        ("咋样才能不用一次性还", "ask_full_recall"),
        ("我不是故意的，卡坏了没扣上，能消掉这条吗", "ask_credit_repair"),
        ("提前到期的利息怎么收", "ask_full_recall"),
        ("打算买房，去年逾期过一回还能贷吗", "ask_credit_impact"),
        ("我欠着，我妹的花呗会受影响吗", "ask_family_liability"),
        ("8号到期我12号才发工资可以不", "request_extension"),
        ("交钱就能信用修复是真的吗", None),
    ],
)
def test_words_about_the_app_are_heard_whatever_the_intent(
    situations: Situations, make_turn: MakeTurn, text: str, answer: str | None
) -> None:
    assert situations.meaning(make_turn(text, "out_of_scope")) == answer
