"""Names of assets: the same thing with and without the word for what it is."""

from __future__ import annotations

import re
from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.encodings import clean
from ntm_geo.linking.kinds import KINDS
from ntm_geo.linking.short_names import ShortIndex, UnitNames
from ntm_geo.names import bare_key, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ntm_geo.names import Named

_PREFIX = re.compile(
    rf"({'|'.join(word for kind in KINDS for word in kind)}|công trình)\s+", re.IGNORECASE
)
_BARE_UNIT = re.compile(r"(?:xã|phường|thị trấn)\s", re.IGNORECASE)
"""How what is left of "Chợ xã Mơ" begins: a unit, of which much is the market or the school."""
_UNIT_WORD = re.compile(r"(?<!\w)(?:xã|phường|thị trấn)\s+(?=\w)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_UNIT = re.compile(r"[\s,]+((?:xã|phường|thị trấn)\s+[^,]+)$", re.IGNORECASE)
"""The unit at the end of a name, as plans write it and files leave it out."""


class Names(NamedTuple):
    """Assets of one name.

    Parameters
    ----------
    ids
        All that it can mean.
    is_exact
        Whether it is a whole name with its tones, and no other has its letters.
    bare
        Those of them whose own unit had to be left out of their names.
    is_short
        Whether it only says what they are, and their unit.
    is_open
        Whether the unit that it says so can be another one, too.
    """

    ids: tuple[str, ...]
    is_exact: bool = False
    bare: frozenset[str] = frozenset()
    is_short: bool = False
    is_open: bool = False


class NameIndex:
    """All names that assets go by, to be looked up many times.

    Parameters
    ----------
    names
        Id and name of each asset; one that goes by several names stands several times.
    unit_of
        The unit's code of each asset.
    units
        The units and the district, by their names.
    """

    def __init__(
        self,
        names: Sequence[tuple[str, str]],
        unit_of: Mapping[str, str] = MappingProxyType({}),
        units: Sequence[Named] = (),
    ) -> None:
        self._whole: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._shorter: dict[str, dict[str, set[tuple[int | None, bool]]]] = defaultdict(dict)
        in_units = ((asset_id, name, unit_of.get(asset_id, "")) for asset_id, name in names)
        self._short = ShortIndex(in_units, UnitNames(units))
        for asset_id, name in names:
            self._whole[bare_key(name)][asset_id].add(fold(name))
            for key, is_bare in _shorter(name):
                self._shorter[key].setdefault(asset_id, set()).add((_kind_of(name), is_bare))

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
            both say what they are, it must be one kind. Where none has that, either, what is just
            of this kind and unit, as `ShortIndex` has it.

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
        ways: dict[str, list[bool]] = {}
        kind = _kind_of(text)
        for part, _ in _shorter(text):
            for asset_id, names in self._shorter.get(part, {}).items():
                fits = [is_bare for word, is_bare in names if kind is None or word in (kind, None)]
                if fits and is_wanted(asset_id):
                    ways.setdefault(asset_id, []).extend(fits)
        if ways:
            return Names(tuple(ways), bare=frozenset(i for i, fits in ways.items() if all(fits)))
        found, is_one_unit = self._short.find(text)
        return Names(tuple(filter(is_wanted, found)), is_short=True, is_open=not is_one_unit)


def unit_in_name(text: str) -> str:
    """Return the unit that a name ends in; empty where it names none.

    Examples
    --------
    >>> unit_in_name("Các tuyến đường trục xã, thôn, làng xã Nghĩa Hà"), unit_in_name("Đường xã")
    ('xã Nghĩa Hà', '')
    """
    found = _UNIT.search(" ".join(clean(text).split()))
    return found[1] if found else ""


def without_unit_word(text: str) -> str:
    """Return a name without the word for the kind of the unit that it names.

    Examples
    --------
    >>> without_unit_word("Chợ xã Mơ")
    'Chợ Mơ'
    """
    return _UNIT_WORD.sub("", " ".join(clean(text).split()))


def _shorter(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the bare keys of a name and of what is left of it without words that may be missing.

    With each goes whether the unit at its end is left out.
    """
    name = " ".join(clean(text).split())
    plain = _BRACKETS.sub("", name)
    short = _PREFIX.sub("", plain, count=1) if _starts(plain) else plain
    parts = [(name, False), (plain, False), (short, False)]
    parts += [(rest, True) for p in (plain, short) if (rest := _UNIT.sub("", p)) != p]
    for part, is_bare in parts:
        key = bare_key(part)
        is_unit = part not in (name, plain) and _BARE_UNIT.match(part)
        # What is only a number is no name: there is a house 3 in every village.
        if key and not key.isdigit() and not is_unit:
            yield key, is_bare


def _kind_of(name: str) -> int | None:
    """Return which kind of thing a name says that it is, None where it says nothing."""
    found = _PREFIX.match(" ".join(clean(name).split()))
    word = fold(found[1]) if found else ""
    return next((n for n, kind in enumerate(KINDS) if word in map(fold, kind)), None)


def _starts(text: str) -> bool:
    return _PREFIX.match(text) is not None
