"""Names of assets: the same thing with and without the word for what it is."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.encodings import clean
from ntm_geo.names import bare_key, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_KINDS = (
    ("làng", "thôn", "bản", "buôn", "tổ dân phố"),
    ("đường giao thông", "tuyến đường", "đường"),
    ("công trình thủy lợi", "thủy lợi", "kênh"),
    ("trường",),
    ("trạm y tế",),
    ("chợ",),
    ("sân vận động",),
    ("nhà văn hóa", "nhà rông", "trung tâm văn hóa"),
)
"""Words that say what an asset is, and that files leave out: those of one kind in a row."""

_PREFIX = re.compile(
    rf"({'|'.join(word for kind in _KINDS for word in kind)}|công trình)\s+", re.IGNORECASE
)
_BARE_UNIT = re.compile(r"(?:xã|phường|thị trấn)\s", re.IGNORECASE)
"""How what is left of "Chợ xã Mơ" begins: a unit, of which much is the market or the school."""
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_UNIT = re.compile(r"[\s,]+((?:xã|phường|thị trấn)\s+[^,]+)$", re.IGNORECASE)
"""The unit at the end of a name, as plans write it and files leave it out."""


class Names(NamedTuple):
    """Assets of one name: with the tones or without, whole or but for the word for what it is."""

    ids: tuple[str, ...]
    is_exact: bool


class NameIndex:
    """All names that assets go by, to be looked up many times.

    Parameters
    ----------
    names
        Id and name of each asset; one that goes by several names stands several times.
    """

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self._whole: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._shorter: dict[str, dict[str, set[int | None]]] = defaultdict(dict)
        for asset_id, name in names:
            self._whole[bare_key(name)][asset_id].add(fold(name))
            for key in _shorter(name):
                self._shorter[key].setdefault(asset_id, set()).add(_kind_of(name))

    def find(self, text: str, is_wanted: Callable[[str], bool] = lambda _: True) -> Names:
        """Return the assets that a name can mean.

        Parameters
        ----------
        text
            A name in any spelling.
        is_wanted
            Says of an id whether the asset comes into question.

        Returns
        -------
        found
            All that have the name but for tones; where none has, all that have it but for what
            stands in brackets, for the word for what it is and for the unit at its end. Where
            both say what they are, it must be one kind. Exact is a whole name with its tones.

        Examples
        --------
        >>> names = [("a", "Làng Mơ (cũ)"), ("b", "Làng Mờ"), ("c", "Thôn 3")]
        >>> NameIndex(names).find("Mơ").ids
        ('a', 'b')
        """
        key = bare_key(text)
        whole = self._whole.get(key, {}) if key else {}
        ids = tuple(filter(is_wanted, whole))
        if ids:
            # Only where no other name has the same letters, tones prove anything.
            return Names(ids, len(ids) == 1 and fold(text) in whole[ids[0]])
        kind = _kind_of(text)
        found = dict.fromkeys(
            asset_id
            for part in _shorter(text)
            for asset_id, kinds in self._shorter.get(part, {}).items()
            if kind is None or kinds & {kind, None}
        )
        return Names(tuple(filter(is_wanted, found)), is_exact=False)


def unit_in_name(text: str) -> str:
    """Return the unit that a name ends in; empty where it names none.

    Examples
    --------
    >>> unit_in_name("Các tuyến đường trục xã, thôn, làng xã Nghĩa Hà"), unit_in_name("Đường xã")
    ('xã Nghĩa Hà', '')
    """
    found = _UNIT.search(" ".join(clean(text).split()))
    return found[1] if found else ""


def _shorter(text: str) -> Iterator[str]:
    """Yield the bare keys of a name and of what is left of it without words that may be missing."""
    name = " ".join(clean(text).split())
    plain = _BRACKETS.sub("", name)
    short = _PREFIX.sub("", plain, count=1) if _starts(plain) else plain
    parts = (short, _UNIT.sub("", plain), _UNIT.sub("", short))
    for part in (name, plain, *(p for p in parts if p == plain or not _BARE_UNIT.match(p))):
        key = bare_key(part)
        # What is only a number is no name: there is a house 3 in every village.
        if key and not key.isdigit():
            yield key


def _kind_of(name: str) -> int | None:
    """Return which kind of thing a name says that it is, None where it says nothing."""
    found = _PREFIX.match(" ".join(clean(name).split()))
    word = fold(found[1]) if found else ""
    return next((n for n, kind in enumerate(_KINDS) if word in map(fold, kind)), None)


def _starts(text: str) -> bool:
    return _PREFIX.match(text) is not None
