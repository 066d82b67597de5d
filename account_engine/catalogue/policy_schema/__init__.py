"""The shape of the files in `data/policy/`. A mistake is refused with its field."""

from __future__ import annotations

from account_engine.catalogue.policy_schema.ladder import (
    SettlementCellFile,
    SettlementFile,
    TierFile,
    TiersFile,
    WaiverFile,
)
from account_engine.catalogue.policy_schema.people import (
    ApproverFile,
    ApproversFile,
    HardshipFile,
    HardshipsFile,
    ProofDocumentFile,
)
from account_engine.catalogue.policy_schema.rules import (
    AffordabilityFile,
    ApprovalsFile,
    BillInstalmentFile,
    BreachFile,
    CoolingOffFile,
    ExtensionFile,
    NegotiationFile,
    OffersFile,
    PriceFile,
    PromiseFile,
    ShapeFile,
)
from account_engine.catalogue.policy_schema.values import (
    ProvenanceFile,
)

__all__ = [
    "AffordabilityFile",
    "ApprovalsFile",
    "ApproverFile",
    "ApproversFile",
    "BillInstalmentFile",
    "BreachFile",
    "CoolingOffFile",
    "ExtensionFile",
    "HardshipFile",
    "HardshipsFile",
    "NegotiationFile",
    "OffersFile",
    "PriceFile",
    "PromiseFile",
    "ProofDocumentFile",
    "ProvenanceFile",
    "SettlementCellFile",
    "SettlementFile",
    "ShapeFile",
    "TierFile",
    "TiersFile",
    "WaiverFile",
]
