"""The services' view of the store: see `account_engine.ports`, which both sides import."""

from account_engine.ports import (
    BorrowerProfile,
    BorrowerStream,
    Ingested,
    Json,
    NewBorrower,
    OfferStatus,
    OutboxMessage,
    Queue,
    QueueItem,
    QueueStatus,
    Store,
    StoredOffer,
    StoreReader,
    StoreWriter,
)

__all__ = [
    "BorrowerProfile",
    "BorrowerStream",
    "Ingested",
    "Json",
    "NewBorrower",
    "OfferStatus",
    "OutboxMessage",
    "Queue",
    "QueueItem",
    "QueueStatus",
    "Store",
    "StoreReader",
    "StoreWriter",
    "StoredOffer",
]
