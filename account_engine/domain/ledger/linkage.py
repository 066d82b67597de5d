"""What a default on one account does to the borrower's others, by the terms' rule objects."""

from __future__ import annotations

from account_engine.domain.ledger.book import Book
from account_engine.domain.ledger.recall import is_met
from account_engine.domain.payloads import RecallTrigger
from account_engine.domain.state import LinkageState, RecallStage
from account_engine.domain.terms import LinkageEffect, LinkageRule, TriggerRule


def linkage_effects(books: list[Book], day: int) -> list[LinkageState]:
    """Every linkage in force on a day, judged after all accounts were folded."""
    effects = []
    for source in books:
        for rule in source.rules.terms.linkage:
            if not _holds(rule, source, day):
                continue
            for other in books:
                if other is source or not _affects(rule, other):
                    continue
                effects.append(
                    LinkageState(
                        source.account_id, other.account_id, rule.trigger, rule.effect, rule.cure
                    )
                )
    return effects


def _holds(rule: LinkageRule, source: Book, day: int) -> bool:
    if rule.trigger is RecallTrigger.CROSS_DEFAULT:
        return source.recall.stage is RecallStage.EFFECTIVE and bool(source.open)
    return is_met(TriggerRule(rule.trigger, rule.threshold), source, day, None, None)


def _affects(rule: LinkageRule, other: Book) -> bool:
    if rule.affects and other.rules.terms.product_id not in rule.affects:
        return False
    return rule.effect is not LinkageEffect.RECALL_IF_FLAGGED or other.contract.cross_recall
