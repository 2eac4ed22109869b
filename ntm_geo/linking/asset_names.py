"""Names of assets: the same thing with and without the word for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntm_geo.encodings import clean
from ntm_geo.names import bare_key, fold

_WORDS = (
    "làng", "thôn", "bản", "buôn", "tổ dân phố", "đường giao thông", "tuyến đường", "đường",
    "công trình thủy lợi", "thủy lợi", "kênh", "trường", "trạm y tế", "chợ", "sân vận động",
    "nhà văn hóa", "nhà rông", "trung tâm văn hóa", "công trình",
)  # fmt: skip
"""Words that say what an asset is, and that files leave out."""

_PREFIX = re.compile(rf"({'|'.join(_WORDS)})\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)")


class Names(NamedTuple):
    """Assets of one name: with the tones or without, whole or but for the word for what it is."""

    ids: tuple[str, ...]
    is_exact: bool


def find_named(text: str, names: Sequence[tuple[str, str]]) -> Names:
    """Return the assets that a name can mean.

    Parameters
    ----------
    text
        A name in any spelling.
    names
        Id and name of each asset.

    Returns
    -------
    found
        All that have the name but for tones; where none has, all that have it but for what stands
        in brackets and for the word for what it is. Exact is a whole name with its tones.

    Examples
    --------
    >>> find_named("Mơ", [("a", "Làng Mơ (cũ)"), ("b", "Làng Mờ"), ("c", "Thôn 3")]).ids
    ('a', 'b')
    """
    key = bare_key(text)
    whole = tuple(i for i, name in names if key and bare_key(name) == key)
    if whole:
        # Only where no other name has the same letters, tones prove anything.
        exact = {i for i, name in names if fold(name) == fold(text)}
        return Names(whole, len(whole) == 1 and whole[0] in exact)
    mine = set(_shorter(text))
    return Names(
        tuple(i for i, name in names if not mine.isdisjoint(_shorter(name))), is_exact=False
    )


def _shorter(text: str) -> Iterator[str]:
    """Yield the bare keys of a name and of what is left of it without words that may be missing."""
    name = " ".join(clean(text).split())
    plain = _BRACKETS.sub("", name)
    for part in (name, plain, _PREFIX.sub("", plain, count=1) if _starts(plain) else plain):
        key = bare_key(part)
        # What is only a number is no name: there is a house 3 in every village.
        if key and not key.isdigit():
            yield key


def _starts(text: str) -> bool:
    return _PREFIX.match(text) is not None
