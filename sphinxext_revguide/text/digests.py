"""Short hashes of texts and numbers."""

from __future__ import annotations

import hashlib


def digest(*parts: object) -> str:
    """Return a hash of some texts and numbers, as 16 hexadecimal digits."""
    text = "\0".join(map(str, parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
