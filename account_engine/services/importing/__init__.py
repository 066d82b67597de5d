"""Importing a lender's files: contracts, bills, loans, payments, scores, or whole events."""

from account_engine.services.importing.records import RecordKind
from account_engine.services.importing.report import ImportOutcome, ImportReport, RejectedRow
from account_engine.services.importing.run import Acceptance, import_file

__all__ = [
    "Acceptance",
    "ImportOutcome",
    "ImportReport",
    "RecordKind",
    "RejectedRow",
    "import_file",
]
