"""What a situation names, whatever the intent: a fixed reply with the borrower's own line."""

from __future__ import annotations

from actions.conversation.answering import Answer, answers
from actions.conversation.desk import Desk
from actions.conversation.reply import Reply
from actions.conversation.topic import fixed, with_own_line
from actions.conversation.turn import Turn

_SHOP = "out_of_scope.merchant"


def stated(key: str) -> Answer:
    """An answer whose reply the situation has chosen; who is signed in hears how they stand."""

    def answer(turn: Turn, desk: Desk) -> Reply:
        return with_own_line(Reply(key), turn, desk)

    return answer


@answers("ask_merchant")
def merchant(turn: Turn, desk: Desk) -> Reply:
    """A shop that takes 花呗: how it is opened, or why one customer cannot pay."""
    named = desk.focus.reply_for("out_of_scope", turn.text, tuple(turn.values("product"))) or ""
    return Reply(named if named.startswith(_SHOP) else _SHOP)


answers("ask_debit_off")(stated("autodebit.if_off"))
answers("ask_debit_emptied")(stated("autodebit.emptied"))
answers("ask_living_debited")(stated("autodebit.living"))
answers("ask_debit_after_minimum")(stated("autodebit.after_minimum"))
answers("ask_debit_please")(stated("autodebit.please"))
answers("ask_paid_proxy")(stated("method.paid_proxy"))
answers("ask_paying_code")(stated("method.code"))
answers("ask_has_money")(stated("method.has_money"))
answers("ask_no_choice_of_bank")(stated("method.no_choice"))
answers("ask_proxy_paid")(stated("method.proxy_paid"))
answers("ask_failed_and_taken")(stated("dispute_payment.failed"))
answers("ask_borrow_to_repay")(stated("method.borrow_to_repay"))
answers("ask_debit_failed_free")(stated("autodebit.failed_free"))
answers("ask_debit_when_late")(stated("autodebit.late"))
answers("ask_money_ahead")(stated("autodebit.ahead"))
answers("ask_any_sum")(stated("method.any_sum"))
answers("ask_overpaid")(stated("method.overpaid"))
answers("ask_wallet_restricted")(stated("method.restricted"))
answers("ask_less_than_minimum")(stated("minimum.less"))
answers("ask_small_sum_late")(stated("penalty.small_sum"))
answers("ask_due_date_changed")(stated("due_date.changed"))
answers("ask_one_of_two")(stated("priority.choose"))
answers("ask_debited_too_early")(stated("autodebit.too_early"))
answers("ask_paid_wrong_person")(stated("method.wrong_person"))
answers("ask_password")(stated("method.password"))
answers("ask_half_settles")(stated("partial.not_settled"))
answers("ask_one_account")(stated("out_of_scope.one_account"))
answers("ask_merchant_fee")(stated("out_of_scope.merchant_fee"))
answers("ask_pay_order")(stated("out_of_scope.pay_order"))
answers("ask_cancel_loan")(stated("out_of_scope.cancel_loan"))
answers("ask_paid_for_another")(stated("dispute_debt.paid_for_another"))
answers("ask_record_gone")(stated("out_of_scope.record_gone"))
answers("ask_second_product")(stated("out_of_scope.second_product"))
answers("ask_score_again")(stated("restore.score"))
answers("ask_loan_not_received")(stated("dispute_debt.not_received"))
answers("ask_travel")(stated("legal.list"))
answers("ask_repair_policy")(stated("repair.policy"))
answers("ask_agents")(stated("authenticity.agents"))
answers("ask_friend_record")(stated("method.friend_record"))
answers("ask_debt_moved")(stated("recall.moved"))
answers("ask_going_abroad")(stated("legal.abroad"))
answers("ask_written_contact")(stated("collection.written"))
answers("ask_after_judgment")(stated("legal.after_judgment"))
answers("ask_background_check")(stated("work.background_check"))
answers("ask_public_post")(stated("work.public_post"))
answers("ask_residence")(stated("life.residence"))
answers("ask_close_keeps")(stated("out_of_scope.close_keeps"))
answers("ask_goods_dispute")(stated("dispute_payment.goods"))
answers("ask_complaint_takes")(stated("collection.complaint_takes"))
answers("ask_records")(stated("proof.records"))
answers("ask_which_lender")(stated("negotiation.which_first"))
answers("ask_contract")(stated("proof.contract"))
answers("ask_reported")(stated("dispute_debt.reported"))
answers("ask_agreed_late")(stated("extension.agreed"))
answers("ask_change_terms")(stated("instalment.change"))
answers("ask_temporary_until")(stated("out_of_scope.temporary_until"))
answers("ask_unused")(stated("out_of_scope.unused"))
answers("ask_add_me")(stated("authenticity.add_me"))
answers("ask_relative_talk")(stated("negotiation.relative"))
answers("ask_plan_credit")(stated("negotiation.credit"))
answers("ask_delete_record")(stated("out_of_scope.record"))
answers("ask_individual")(stated("out_of_scope.individual"))
answers("ask_old_account")(stated("method.old_account"))
answers("ask_seen_by")(stated("out_of_scope.seen_by"))
answers("ask_both_together")(stated("negotiation.together"))
answers("ask_instalment_cancel")(stated("instalment.cancel"))
answers("ask_unknown_loan")(stated("dispute_debt.general"))
answers("ask_settle_less")(stated("negotiation.settle_less"))
answers("ask_contact_lawful")(stated("collection.family"))
answers("ask_used_by_family")(stated("dispute_debt.used_by_family"))
answers("ask_other_lender")(stated("authenticity.other_lender"))
answers("ask_loan_shark")(stated("authenticity.loan_shark"))
answers("ask_paid_repair")(fixed("repair.agents"))
answers("ask_lent_cards")(fixed("authenticity.cards"))
answers("ask_offered_forgery")(fixed("authenticity.forgery_offered"))
answers("ask_guarantor")(fixed("family.guarantor"))
answers("ask_in_anothers_name")(fixed("out_of_scope.anothers_name"))
answers("ask_minor")(fixed("family.minor"))
answers("ask_switch_off")(fixed("out_of_scope.switch_off"))
answers("ask_no_cash")(fixed("out_of_scope.cash"))
answers("ask_review_time")(fixed("out_of_scope.review_time"))
answers("ask_close_down")(fixed("out_of_scope.close"))
answers("ask_shortest_term")(fixed("instalment.terms"))
answers("ask_data_changed")(fixed("restore.after_update"))
answers("ask_phone_busy")(stated("handoff.phone_busy"))
answers("ask_code_missing")(stated("out_of_scope.code_missing"))
answers("ask_tell_before")(stated("extension.tell_before"))
answers("ask_no_papers")(stated("hardship.no_papers"))
answers("ask_confirming_call")(stated("out_of_scope.confirming_call"))
answers("ask_collective")(stated("overdue.collective"))
answers("ask_lender_gone")(stated("overdue.lender_gone"))
answers("ask_as_collector")(stated("third_party.collector"))
answers("ask_as_lawyer")(stated("third_party.lawyer"))
answers("ask_as_employer")(stated("third_party.employer"))
answers("ask_listed_travel")(stated("legal.listed_travel"))
answers("ask_listed_children")(stated("legal.listed_children"))
answers("ask_limit_and_list")(stated("legal.limit_and_list"))
answers("ask_names_of_family")(stated("family.freeze"))
answers("ask_degree_of_lateness")(stated("overdue.degree"))
