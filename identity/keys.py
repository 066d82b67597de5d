"""Signing keys and their rotation.

A ring holds the current key and, while a rotation lasts, the previous one. New signatures use the
current key; both verify. Keys come from the environment; for a local demo they are made once.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PEM_START = "-----BEGIN"


@dataclass(frozen=True)
class Key:
    """One key with the only algorithm it may be used for.

    Tying the algorithm to the key rules out the classic confusion in which a public RSA key is
    taken for an HMAC secret.
    """

    kid: str
    algorithm: str
    material: str

    @classmethod
    def of(cls, material: str) -> Key:
        """Makes a key from a PEM public key (RS256) or a shared secret (HS256)."""
        algorithm = "RS256" if material.lstrip().startswith(_PEM_START) else "HS256"
        if algorithm == "HS256" and len(material.encode()) < 32:
            raise ValueError("a shared secret needs at least 32 bytes")
        kid = hashlib.sha256(b"kid:" + material.encode()).hexdigest()[:12]
        return cls(kid, algorithm, material)


@dataclass(frozen=True)
class KeyRing:
    """The current key first, then those still accepted."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """The key that signs."""
        return self.keys[0]

    def candidates(self, kid: str | None) -> tuple[Key, ...]:
        """Returns the keys to try: the named one, or all where the issuer names none."""
        if kid is None:
            return self.keys
        named = tuple(key for key in self.keys if key.kid == kid)
        return named or self.keys

    def digest(self, purpose: str, value: str) -> str:
        """Returns a keyed digest in hex, to compare values without keeping them."""
        message = f"{purpose}\x1f{value}".encode()
        return hmac.new(self.keys[-1].material.encode(), message, hashlib.sha256).hexdigest()


def load_ring(
    variable: str, file_name: str, secrets_dir: Path, environ: Mapping[str, str] | None = None
) -> KeyRing:
    """Loads a ring from ``variable`` and ``variable_PREVIOUS``, else from ``secrets_dir``.

    A value that starts with ``@`` names a file. Without a variable a secret is generated into
    ``secrets_dir/file_name`` with mode 0600, safe against two processes starting at once.
    """
    env = os.environ if environ is None else environ
    current = _named(env.get(variable))
    previous = _named(env.get(f"{variable}_PREVIOUS"))
    if current is None:
        path = secrets_dir / file_name
        current = _read_or_make(path)
        old = path.with_suffix(".previous")
        previous = previous or (old.read_text().strip() if old.exists() else None)
    materials = [material for material in (current, previous) if material]
    return KeyRing(tuple(Key.of(material) for material in materials))


def _named(value: str | None) -> str | None:
    if not value:
        return None
    return Path(value[1:]).read_text().strip() if value.startswith("@") else value.strip()


def _read_or_make(path: Path) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # mkstemp creates with 0600
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_hex(32))
    try:
        # link() fails where another process was first; its key then wins for both.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()
    return path.read_text().strip()
