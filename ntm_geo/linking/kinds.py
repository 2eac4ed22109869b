"""Words for what a thing is, and how officials shorten them."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from ntm_geo.encodings import clean
from ntm_geo.names import bare_key

PLACES_WITH_NAMES = (
    ("làng", "thôn", "bản", "buôn", "tổ dân phố"),
    ("đường giao thông", "tuyến đường", "đường"),
    ("công trình thủy lợi", "thủy lợi", "kênh"),
)
"""Things that have names of their own: a road called as a commune need not be the commune's."""

KINDS = (
    *PLACES_WITH_NAMES,
    ("trường",),
    ("trạm y tế",),
    ("chợ",),
    ("sân vận động",),
    ("nhà văn hóa", "nhà rông", "trung tâm văn hóa"),
)
"""Words that say what an asset is, and that files leave out: those of one kind in a row."""

ABBREVIATIONS = MappingProxyType({
    "tyt": "trạm y tế", "yt": "y tế", "vh": "văn hóa", "svđ": "sân vận động",
    "nvh": "nhà văn hóa", "ttvh": "trung tâm văn hóa", "ubnd": "ủy ban nhân dân",
    "mn": "mầm non", "mg": "mẫu giáo", "th": "tiểu học", "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "dtbt": "phổ thông dân tộc bán trú", "ptdtbt": "phổ thông dân tộc bán trú",
    "dtnt": "phổ thông dân tộc nội trú", "ptdtnt": "phổ thông dân tộc nội trú",
})  # fmt: skip
"""What officials usually shorten. "DTBT", as the plan writes it, and "PTDTBT" are one type of
school; no word here stands for two kinds of things."""

_IN_FULL = {bare_key(short): tuple(map(bare_key, long.split())) for short, long in
            ABBREVIATIONS.items()}  # fmt: skip
_SCHOOL, _AND = "truong", "va"
_DOT = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
"""A dot between letters of one abbreviation, as in "T.Y.T"."""
_OWN_NAMES = {tuple(map(bare_key, word.split())) for kind in PLACES_WITH_NAMES for word in kind}


def kind_words(text: str) -> tuple[str, ...]:
    """Return the words for what a thing is in bare letters, abbreviations written out.

    "Và" and signs between them do not count, nor does "trường" before the level of a school.

    Examples
    --------
    >>> kind_words("Trạm YT"), kind_words("Trường TH&THCS") == kind_words("tiểu học và THCS")
    (('tram', 'y', 'te'), True)
    """
    words = tuple(_written_out(text))
    return words[1:] if words[:1] == (_SCHOOL,) and len(words) > 1 else words


def has_own_name(words: tuple[str, ...]) -> bool:
    """Tell whether what stands behind words for a kind is a name of its own, as of a village."""
    return words in _OWN_NAMES


def _written_out(text: str) -> Iterator[str]:
    for word in re.findall(r"\w+", _DOT.sub("", clean(text))):
        key = bare_key(word)
        if key and key != _AND:
            yield from _IN_FULL.get(key, (key,))
