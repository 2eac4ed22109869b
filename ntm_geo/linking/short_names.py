"""Names that say what a thing is and then just its unit, with or without "xã": "Chợ Mơ"."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.encodings import clean
from ntm_geo.linking.kinds import has_own_name, kind_words
from ntm_geo.names import bare_key, find_fits, kind_of_word, split_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ntm_geo.names import Named

_WORD = re.compile(r"\w+")
_KIND_WORDS = 2
"""Words that "thị trấn" has, the longest kind of unit."""

_SINGLE = frozenset({"town", "district"})
"""Kinds of which a word alone says which one is meant, where there is just one: "chợ huyện"."""


class Short(NamedTuple):
    """A name that is a kind and a unit: the words for the kind, and the units it can mean."""

    kind: tuple[str, ...]
    units: frozenset[str]


class ShortIndex:
    """Assets that are called by what they are and by their unit.

    Parameters
    ----------
    assets
        Id, name and code of the unit of each, under every name that it goes by.
    units
        What units are called.
    """

    def __init__(self, assets: Iterable[tuple[str, str, str]], units: UnitNames) -> None:
        self._units = units
        self._called: dict[tuple[tuple[str, ...], str], dict[str, None]] = defaultdict(dict)
        self._there: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for asset_id, name, unit in assets:
            self._there[unit].append((kind_words(name), asset_id))
            short = units.split(name)
            if short is not None and unit in short.units:
                self._called[short.kind, unit][asset_id] = None

    def find(self, text: str) -> tuple[tuple[str, ...], bool]:
        """Return the assets that a kind and a unit can mean, and whether it can be one unit only.

        With one that is called just so come all others of its kind in the unit: only where it is
        the only one there, its short name says which it is.
        """
        short = self._units.split(text)
        if short is None:
            return (), True
        found: dict[str, None] = {}
        for unit in sorted(short.units):
            called = self._called.get((short.kind, unit), {})
            found.update(called)
            if called:
                there = self._there[unit]
                size = len(short.kind)
                found.update((i, None) for words, i in there if words[:size] == short.kind)
        return tuple(found), len(short.units) == 1


class UnitNames:
    """Names of units, to be found at the end of many names.

    Parameters
    ----------
    units
        The units and the district.

    Examples
    --------
    >>> from ntm_geo.names import Named
    >>> names = UnitNames([Named("1", "commune", ("Sơn Hạ",))])
    >>> names.split("TYT Sơn Hạ"), names.split("Trạm y tế Sơn Hạ 2")
    (Short(kind=('tram', 'y', 'te'), units=frozenset({'1'})), None)
    """

    def __init__(self, units: Sequence[Named]) -> None:
        self._units = units
        spellings = [spelling for unit in units for spelling in unit.spellings]
        self._keys = {bare_key(spelling) for spelling in spellings}
        self._most_words = max((len(_WORD.findall(text)) for text in spellings), default=0)

    def split(self, text: str) -> Short | None:
        """Return the kind and the unit that a name is made of; None where it holds more, or less.

        A kind whose things have names of their own is none: "Làng Mơ" need not be the commune's.
        """
        name = " ".join(clean(text).split())
        words = list(_WORD.finditer(name))[1:]
        # The longest name of a unit counts: "Sơn Hạ", not "Hạ".
        for word in words[-self._most_words - _KIND_WORDS :]:
            codes = self._called(name[word.start() :])
            if codes:
                kind = kind_words(name[: word.start()])
                return Short(kind, codes) if kind and not has_own_name(kind) else None
        return None

    def _called(self, text: str) -> frozenset[str]:
        kind = kind_of_word(text)
        if kind is not None:
            alone = frozenset(unit.code for unit in self._units if unit.kind == kind)
            return alone if kind in _SINGLE and len(alone) == 1 else frozenset()
        if not self._keys & {bare_key(text), bare_key(split_kind(text)[1])}:
            return frozenset()
        return frozenset(unit.code for unit in find_fits(text, self._units).things)
