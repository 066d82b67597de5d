"""The hours in which a borrower may be contacted without having asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

from pydantic import BaseModel, Extra, ValidationError

from account_engine.catalogue.yaml_file import InvalidYaml, line_of, load_yaml
from account_engine.domain.terms import Confidence

PATH = Path(__file__).resolve().parent.parent / "data" / "channels" / "contact_hours.yml"


class InvalidContactHours(InvalidYaml):
    """A file of hours that cannot be used."""

    code = "invalid_contact_hours"


class _File(BaseModel):
    quiet_from: time
    quiet_until: time
    zone_offset_hours: int
    source: str
    confidence: Confidence
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
    """Reads and checks the file. Raises InvalidContactHours with file, line and field."""
    document = load_yaml(path, InvalidContactHours)
    try:
        file = _File.parse_obj({**document, "review_on": str(document.get("review_on"))})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        line = line_of(document, first["loc"])
        raise InvalidContactHours(path.name, line, field, first["msg"]) from error
    zone = timezone(timedelta(hours=file.zone_offset_hours))
    return ContactHours(file.quiet_from, file.quiet_until, zone)
