"""The books of all accounts of a borrower, and what concerns the borrower as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from account_engine.domain import payloads as p
from account_engine.domain.ledger.book import Book


@dataclass(slots=True)
class BorrowerBook:
    """The books of all accounts of a borrower, and what concerns the borrower as a whole."""

    borrower_id: str
    books: dict[str, Book]
    deceased_on: int | None = None
    promises: list[tuple[int, str | None, p.PromiseMade]] = field(default_factory=list)
    hardships: dict[str, tuple[int, p.HardshipDeclared]] = field(default_factory=dict)
    payments: list[tuple[int, str, int]] = field(default_factory=list)
    cross_recalled: list[Book] = field(default_factory=list)
    scores: list[tuple[int, int, str]] = field(default_factory=list)

    def close(self) -> None:
        """Let go of rows that name their line while it names them.

        They are freed at once then. Left to Python's collector, which has to look for them among
        everything else, they cost a portfolio's pass a tenth of its time. The books are of no use
        afterwards.
        """
        for book in self.books.values():
            for line in book.lines.values():
                line.rows.clear()
