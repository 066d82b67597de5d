"""The hours in which a borrower may be contacted without having asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

from pydantic import BaseModel, Extra
from ruamel.yaml import YAML

PATH = Path(__file__).resolve().parent.parent / "data" / "channels" / "contact_hours.yml"


class _File(BaseModel):
    quiet_from: time
    quiet_until: time
    zone_offset_hours: int
    source: str
    confidence: str
    review_on: str

    class Config:
        extra = Extra.forbid


@dataclass(frozen=True)
class ContactHours:
    """A daily quiet span in one zone; it may go over midnight.

    Attributes:
        quiet_from: first quiet minute.
        quiet_until: first minute that is not quiet any more.
    """

    quiet_from: time
    quiet_until: time
    zone: timezone

    def next_allowed(self, now: datetime) -> datetime:
        """Returns ``now`` if contact is allowed, else the end of the quiet span (UTC)."""
        local = now.astimezone(self.zone)
        if not self._quiet(local.time()):
            return now
        end = local.replace(
            hour=self.quiet_until.hour,
            minute=self.quiet_until.minute,
            second=0,
            microsecond=0,
        )
        if end <= local:
            end += timedelta(days=1)
        return end.astimezone(timezone.utc)

    def _quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


def load_contact_hours(path: Path = PATH) -> ContactHours:
    """Reads and checks the file; pydantic names a wrong field."""
    document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    document["review_on"] = str(document.get("review_on"))
    file = _File.parse_obj(document)
    zone = timezone(timedelta(hours=file.zone_offset_hours))
    return ContactHours(file.quiet_from, file.quiet_until, zone)
