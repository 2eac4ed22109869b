"""Which encoding texts are in, by what their words become in each."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ntm_geo.encodings import clean
from ntm_geo.errors import Text
from ntm_geo.legacy.single_bytes import byte_of, decode_windows_1258, restore_utf8
from ntm_geo.legacy.syllables import is_syllable
from ntm_geo.legacy.tcvn3 import decode_tcvn3, is_tcvn3
from ntm_geo.legacy.vni import decode_vni, rest_of_vni

Encoding = Literal[
    "ascii", "unicode", "tcvn3", "tcvn5712", "vni", "windows-1258", "utf-8 as latin-1"
]
"""`ascii`: nothing to decode; `unicode`: right as it is; `tcvn5712`: TCVN 5712 with capitals of its
own; `utf-8 as latin-1`: UTF-8 that somebody read by the byte."""

MOST_ODD = 1 / 3
"""Odd words (foreign names, typing errors) that a reading may have for each word it makes right;
also the most words that may speak for another reading."""

_CODE_PAGES: tuple[Encoding, ...] = ("tcvn5712", "windows-1258")
"""Encodings that systems know, and not only fonts."""

_NAMES: dict[Encoding, str] = {
    "ascii": "ASCII",
    "unicode": "Unicode",
    "tcvn3": "TCVN3 (ABC)",
    "tcvn5712": "TCVN 5712 (VN1/VN2)",
    "vni": "VNI-Windows",
    "windows-1258": "Windows-1258",
    "utf-8 as latin-1": "UTF-8 → ISO-8859-1",
}
_MOST_SAMPLES = 5
_WORD = re.compile(r"(?:[^\x00-\x7f]|[A-Za-z])+")
_BETWEEN = re.compile("[\u00a0'’‘“”–—…]+")
_AROUND = "°º²³±×«»½¼¾"
"""Signs that stand at a word, as in «km²»; inside one they show that it was read wrongly."""
_ABBREVIATION = re.compile("[B-DF-HJ-NP-TV-XZĐ]+")
"""Capitals without a vowel, as QĐ and HĐND."""


@dataclass(frozen=True)
class Evidence:
    """What the words of some texts say about their encoding.

    Parameters
    ----------
    encoding
        The encoding; None where the evidence does not decide, or decides against all.
    why
        The reason, for people.
    confidence
        Share of the words with letters beyond ASCII that are possible syllables in this encoding;
        0 where none was decided on.
    samples
        A few words as they stand and as the encoding, or the first candidate, reads them.
    candidates
        The encodings that can be meant, the likeliest first; the decided one alone.
    """

    encoding: Encoding | None
    why: Text
    confidence: float
    samples: tuple[tuple[str, str], ...]
    candidates: tuple[Encoding, ...]


_KINDS_OF_UNITS = ("xã", "phường", "trấn", "huyện", "tỉnh")
"""Words that a file of one unit has alone beside ASCII; as another encoding reads them ("xó") they
are possible, too, and never meant."""


@dataclass(frozen=True)
class _Reading:
    """All words in one encoding: what they become, and 1 (right), 0 (says nothing) or -1."""

    words: tuple[str | None, ...]
    marks: tuple[int, ...]

    def count(self, mark: int) -> int:
        return self.marks.count(mark)


def decode_as(text: str, encoding: Encoding) -> str:
    """Return text as an encoding reads it; what the encoding cannot have written stays.

    Examples
    --------
    >>> decode_as("X· §«ng", "tcvn3"), decode_as("Xã Đông", "unicode")
    ('Xã Đông', 'Xã Đông')
    """
    decode = _DECODERS.get(encoding)
    return text if decode is None else (decode(text) or text)


_DECODERS: dict[Encoding, Callable[[str], str | None]] = {
    "tcvn3": decode_tcvn3,
    "tcvn5712": lambda text: decode_tcvn3(text, own_capitals=True),
    "vni": decode_vni,
    "windows-1258": decode_windows_1258,
    "utf-8 as latin-1": restore_utf8,
}


def detect(texts: Iterable[str], *, is_unicode: bool = False) -> Evidence:
    """Say in which encoding texts are, where their words tell.

    Every different word with a letter beyond ASCII is read in each encoding. The one is decided on
    in which they become possible syllables, and in which no other reading does nearly as well.
    Texts that are right as they stand are never taken for an old encoding.

    Parameters
    ----------
    texts
        All values of a column, or of a file, as they were read: as Unicode, or with a letter for
        each byte (ISO-8859-1 or Windows-1252).
    is_unicode
        Whether the texts are Unicode by the format of their file. What was copied out of a font of
        TCVN3 or VNI is found there, too; code pages, which a program turns into Unicode when it
        writes such a file, are not looked for where every word is right as it stands.

    Returns
    -------
    evidence
        Without a decision where two readings are possible, where the texts are mixed, and where
        no reading makes Vietnamese of them.

    Examples
    --------
    >>> evidence = detect(["X· §«ng", "Th«n 1"])
    >>> evidence.encoding, evidence.confidence, evidence.samples[0]
    ('tcvn3', 1.0, ('X·', 'Xã'))
    """
    found = (word for text in texts if not text.isascii() for word in _WORD.findall(text))
    words = tuple(dict.fromkeys(word for word in found if not word.isascii()))
    if not words:
        return Evidence("ascii", _WHY_ASCII, 1.0, (), ("ascii",))
    readings = {name: _read(name, words) for name in get_args(Encoding) if name != "ascii"}
    for name, reading in readings.items():
        rivals = dict(readings)
        if is_unicode and name == "unicode" and not reading.count(-1):
            is_plain = any(word.casefold() in _KINDS_OF_UNITS for word in words)
            out = [one for one in rivals if one in _CODE_PAGES or (is_plain and one != name)]
            rivals = {rival: rivals[rival] for rival in rivals if rival not in out}
        if _stands(name, rivals):
            right, wrong = reading.count(1), reading.count(-1)
            share = right / (right + wrong) if right + wrong else 1.0
            why = (_WHY_UNICODE if name == "unicode" else _WHY_DECIDED).format(
                name=_NAMES[name], right=right, count=len(words), as_is=readings["unicode"].count(1)
            )
            return Evidence(name, why, share, _samples(words, reading), (name,))
    return _undecided(words, readings)


def _read(name: Encoding, words: tuple[str, ...]) -> _Reading:
    read = tuple(_read_word(name, word) for word in words)
    marks = tuple(
        1 if name == "unicode" and _only_unicode(word) else _judge(decoded)
        for word, decoded in zip(words, read, strict=True)
    )
    return _Reading(read, marks)


def _read_word(name: Encoding, word: str) -> str | None:
    """Return what a word becomes in an encoding; None where it cannot be of this encoding."""
    if name == "unicode":
        return clean(word)
    if any(byte_of(letter) is None for letter in word):
        return None
    if name == "tcvn3" and any(_is_foreign(c) and not is_tcvn3(c) for c in word):
        return None
    if name == "vni" and any(_is_foreign(c) for c in rest_of_vni(word)):
        return None
    decoded = _DECODERS[name](word)
    return None if decoded is None else clean(decoded)


def _is_foreign(letter: str) -> bool:
    return letter.isalpha() and not letter.isascii() and letter not in _AROUND


def _only_unicode(word: str) -> bool:
    """Whether a letter or mark of a word is beyond all that a byte can have been read as."""
    return any(byte_of(c) is None and unicodedata.category(c)[0] in "LM" for c in word)


def _judge(word: str | None) -> int:
    """Return 1 for a possible word, -1 for an impossible one, 0 for signs and abbreviations."""
    if word is None:
        return -1
    parts = [part.strip(_AROUND) for part in _BETWEEN.split(word)]
    judged = [_is_word(p) for p in parts if not p.isascii() and not _ABBREVIATION.fullmatch(p)]
    return 0 if not judged else 1 if all(judged) else -1


def _is_word(text: str) -> bool:
    """Whether every part of a word, as in ĐăkHlơ, is a syllable."""
    parts: list[str] = []
    for letter in text:
        if parts and not (letter.isupper() and parts[-1][-1].islower()):
            parts[-1] += letter
        else:
            parts.append(letter)
    return bool(parts) and all(is_syllable(part) for part in parts)


def _stands(name: Encoding, readings: Mapping[Encoding, _Reading]) -> bool:
    """Whether a reading is good enough, and good enough against each of the others."""
    mine = readings[name]
    if name != "unicode" and mine.count(-1) > MOST_ODD * mine.count(1):
        return False
    return all(
        _beats(mine, other, by_default=rival != "unicode")
        for rival, other in readings.items()
        if rival != name
    )


def _beats(mine: _Reading, other: _Reading, *, by_default: bool) -> bool:
    """Whether the words that the two read differently speak for the first.

    `by_default` is the answer where they speak for neither: what stands in the texts is not
    changed without a word that speaks for it.
    """
    pairs = zip(mine.words, other.words, mine.marks, other.marks, strict=True)
    # A word that is only a sign to one of the two, as a dash, is no evidence for the other.
    marks = [
        (left, right) for text, text_2, left, right in pairs if text != text_2 and left * right
    ]
    if all(left < 0 and right < 0 for left, right in marks):
        return by_default or not marks
    wins = sum(left > right for left, right in marks)
    losses = sum(right > left for left, right in marks)
    return wins > 0 and losses <= MOST_ODD * wins


def _undecided(words: tuple[str, ...], readings: Mapping[Encoding, _Reading]) -> Evidence:
    likely = sorted(
        (name for name in readings if readings[name].count(1)),
        key=lambda name: -readings[name].count(1),
    )
    first = readings[likely[0] if likely else "unicode"]
    listed = ", ".join(f"{_NAMES[name]} {readings[name].count(1)}/{len(words)}" for name in likely)
    why = _WHY_UNDECIDED.format(listed=listed) if likely else _WHY_NONE.format(count=len(words))
    return Evidence(None, why, 0.0, _samples(words, first), tuple(likely))


def _samples(words: tuple[str, ...], reading: _Reading) -> tuple[tuple[str, str], ...]:
    pairs = zip(words, reading.words, reading.marks, strict=True)
    shown = [(word, text) for word, text, mark in pairs if mark > 0 and text is not None]
    return tuple(shown[:_MOST_SAMPLES])


_WHY_ASCII = Text("không có chữ nào ngoài ASCII", "no letter is beyond ASCII")
_WHY_UNICODE = Text(
    "{right}/{count} từ có dấu khi để nguyên là đúng chính tả tiếng Việt hoặc có chữ chỉ Unicode "
    "mới có; không bảng mã cũ nào đọc được tốt bằng",
    "as they stand, {right} of {count} words with marks are possible Vietnamese or have letters "
    "that only Unicode has; no old encoding reads them as well",
)
_WHY_DECIDED = Text(
    "đọc theo {name} thì {right}/{count} từ có dấu đúng chính tả tiếng Việt; để nguyên chỉ {as_is}",
    "read as {name}, {right} of {count} words with marks are possible Vietnamese; as they stand "
    "only {as_is} are",
)
_WHY_UNDECIDED = Text(
    "có thể hiểu theo nhiều bảng mã, hoặc lẫn nhiều bảng mã; số từ đúng chính tả: {listed}",
    "more than one encoding can be meant, or several are mixed; possible words: {listed}",
)
_WHY_NONE = Text(
    "{count} từ có ký tự ngoài ASCII nhưng không bảng mã nào đọc ra tiếng Việt",
    "{count} words have characters beyond ASCII, and no encoding makes Vietnamese of them",
)
