"""Names of places in their many spellings: one key to find them, tones to tell them apart."""

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ntm_geo.encodings import clean
from ntm_geo.errors import NameAmbiguousError, NameUnknownError, Problem, Text

_KIND_WORDS = {
    "xã": "commune", "x.": "commune", "phường": "ward", "p.": "ward",
    "thị trấn": "town", "tt.": "town", "tt": "town",
    "huyện": "district", "h.": "district",
    "xa": "commune", "phuong": "ward", "thi tran": "town", "huyen": "district",
}  # fmt: skip
_KIND_PREFIX = re.compile(
    rf"^({'|'.join(re.escape(word) for word in _KIND_WORDS)})(?<=\.)\s*|"
    rf"^({'|'.join(re.escape(word) for word in _KIND_WORDS)})\s+",
    re.IGNORECASE,
)
_WRITTEN_OUT = {
    "&": "và", "bcđ": "ban chỉ đạo", "hđnd": "hội đồng nhân dân", "lđ": "lao động",
    "mtqg": "mục tiêu quốc gia", "nn": "nông nghiệp", "ntm": "nông thôn mới",
    "ptnt": "phát triển nông thôn", "tb": "thương binh", "ttg": "thủ tướng chính phủ",
    "ubnd": "ủy ban nhân dân", "uỷ": "ủy", "xh": "xã hội",
}  # fmt: skip
"""Abbreviations that every plan of the programme uses."""
_MOST_SUGGESTIONS = 4
_MOST_LISTED = 40


class Named(NamedTuple):
    """One thing that can be called by name."""

    code: str
    kind: str
    spellings: tuple[str, ...]


def fold(text: str) -> str:
    """Return a name without case, blanks and punctuation, tones kept.

    Examples
    --------
    >>> fold("Kông Bơ La") == fold("KôngBơLa") != fold("Kông Bờ La")
    True
    """
    folded = clean(unicodedata.normalize("NFKC", text)).casefold()
    return "".join(c for c in folded if c.isalnum())


def bare_key(text: str) -> str:
    """Return a name reduced to its bare letters: it finds candidates, it decides nothing.

    Examples
    --------
    >>> bare_key("Đăk Hlơ")
    'dakhlo'
    """
    plain = fold(text).replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


_KIND_BY_KEY = {bare_key(word): kind for word, kind in _KIND_WORDS.items()}


def write_out(name: str) -> str:
    """Return an organ's name in words, without case and marks.

    Examples
    --------
    >>> write_out("Phòng NN&PTNT"), write_out("UBND Tỉnh")
    ('phòng nông nghiệp và phát triển nông thôn', 'ủy ban nhân dân tỉnh')
    """
    words = re.findall(r"\w+|&", clean(name).casefold())
    return " ".join(_WRITTEN_OUT.get(word, word) for word in words)


def is_short_form(short: str, long: str) -> bool:
    """Whether a name is another one with some of its words cut to their first letters.

    Examples
    --------
    >>> long = "Phòng Tài nguyên và Môi trường"
    >>> is_short_form("Phòng TN&MT", long), is_short_form("Phòng TNMT", long)
    (True, True)
    >>> is_short_form("Phòng Tài nguyên Môi trường", long), is_short_form("Phòng TC-KH", long)
    (False, False)
    """
    rest, is_cut = [word for word in write_out(long).split() if word != "và"], False
    for word in write_out(short).split():
        if rest and word == rest[0]:
            rest = rest[1:]
        elif word != "và":
            initials = "".join(each[0] for each in rest[: len(word)])
            if bare_key(initials) != bare_key(word):
                return False
            rest, is_cut = rest[len(word) :], True
    return is_cut and not rest


def search_key(text: str) -> str:
    """Return text as a search sees it: words of bare letters and figures, one blank between them.

    Case, diacritics and punctuation do not count; what has no letters and figures has an empty
    key.

    Examples
    --------
    >>> search_key(" Đường Làng 2, xã Đăk-Hlơ ")
    'duong lang 2 xa dak hlo'
    """
    folded = clean(unicodedata.normalize("NFKC", text)).casefold().replace("đ", "d")
    letters = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in letters if not unicodedata.category(c).startswith("M"))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def split_kind(text: str) -> tuple[str | None, str]:
    """Take the word for the kind of unit off the front of a name.

    Examples
    --------
    >>> split_kind("Thị trấn Kbang")
    ('town', 'Kbang')
    >>> split_kind("Tơ Tung")
    (None, 'Tơ Tung')
    """
    text = " ".join(clean(text).split())
    found = _KIND_PREFIX.match(text)
    if found is None or found.end() == len(text):
        return None, text
    return _KIND_WORDS[(found[1] or found[2]).casefold()], text[found.end() :]


class Fits(NamedTuple):
    """What a text can mean, and whether it is spelled with the tones that are known of it."""

    things: tuple[Named, ...]
    is_exact: bool


def find_fits(text: str, named: Sequence[Named]) -> Fits:
    """Return everything that a name can mean.

    The exact spelling, then the spelling without tones: the first that something fits counts.

    Parameters
    ----------
    text
        A name in any spelling, with or without its kind.
    named
        All things that can be meant.

    Examples
    --------
    >>> find_fits("xã Son Ha", [Named("1", "commune", ("Sơn Hạ",))]).is_exact
    False
    """
    kind, name = split_kind(text)
    of_kind = [thing for thing in named if kind in (None, thing.kind)]
    # The whole text comes first: in "Huyện đoàn" the word for the kind is part of the name.
    readings = ((text, named), (name, of_kind))
    for key, (spelling, pool) in itertools.product((fold, bare_key), readings):
        wanted = key(spelling)
        fits = tuple(t for t in pool if wanted and any(key(s) == wanted for s in t.spellings))
        if fits:
            return Fits(fits, key is fold)
    return Fits((), is_exact=False)


def names_in(text: str, named: Sequence[Named]) -> tuple[Named, ...]:
    """Return what a text names, each once, with its tones; blanks and case within do not count.

    A name begins with a capital letter. One of a single word is none where it goes on in another
    capital ("Đông" in "Đông Hưng"), unless that begins a name as well.

    Examples
    --------
    >>> units = [Named("1", "commune", ("Sơn Hạ",)), Named("2", "commune", ("Đông",))]
    >>> [unit.code for unit in names_in("các xã SơnHạ, Đông", units)]
    ['1', '2']
    >>> names_in("làng Đông Hưng; đông đảo nhân dân", units)
    ()
    """
    spelled = {r"[\s-]*".join(map(re.escape, s.split())): t for t in named for s in t.spellings}
    if not spelled:
        return ()
    longest = "|".join(f"({each})" for each in sorted(spelled, key=len, reverse=True))
    things = [spelled[each] for each in sorted(spelled, key=len, reverse=True)]
    text = clean(text)
    found = list(re.finditer(rf"(?<!\w)(?:{longest})(?!\w)", text, re.IGNORECASE))
    begins = {match.start() for match in found}
    kept = []
    for match in found:
        after = re.compile(r"\s+(?=\w)").match(text, match.end())
        goes_on = after and text[after.end()].isupper() and after.end() not in begins
        is_long = len(match[0].split()) > 1
        if match[0][0].isupper() and (is_long or not goes_on):
            kept.append(things[(match.lastindex or 1) - 1])
    return tuple(dict.fromkeys(kept))


def kind_of_word(text: str) -> str | None:
    """Return the kind of unit that a text is the word for, as a column of kinds holds them.

    Examples
    --------
    >>> kind_of_word("Thịtrấn"), kind_of_word("thôn")
    ('town', None)
    """
    return _KIND_BY_KEY.get(bare_key(text))


def resolve(text: str, named: Sequence[Named], *, column: str = "") -> str:
    """Return the code of the one thing that a text names.

    A code, then the exact spelling, then the spelling without tones: the first of the three that
    something fits decides; where two things fit it, nothing is guessed.

    Parameters
    ----------
    text
        A code or a name in any spelling, with or without its kind ("xã", "thị trấn", "huyện").
    named
        All things of the district that can be meant.
    column
        The option or column that the text was typed into, for the message.

    Raises
    ------
    NameUnknownError
        Nothing has this name; the nearest names are listed.
    NameAmbiguousError
        Two things have it; both are listed.
    """
    if any(text.strip() == thing.code for thing in named):
        return text.strip()
    fits = find_fits(text, named).things
    if len({thing.code for thing in fits}) == 1:
        return fits[0].code
    if fits:
        raise NameAmbiguousError(_ambiguous(text, fits, column))
    raise NameUnknownError(_unknown(text, named, column))


def listed(things: Iterable[Named]) -> str:
    """Return names with their kinds and codes, as a message lists them."""
    words = {kind: word for word, kind in reversed(_KIND_WORDS.items())}
    return ", ".join(f"{words.get(t.kind, '')} {t.spellings[0]} ({t.code})".strip() for t in things)


def _ambiguous(text: str, fits: Sequence[Named], column: str) -> Problem:
    names = listed(fits)
    return Problem(
        column=column,
        what=Text("tên này ứng với hơn một mục", "this name fits more than one thing"),
        found=text,
        allowed=Text(names, names),
        todo=Text(
            "ghi mã, hoặc ghi đủ dấu và cấp (xã, thị trấn, huyện)",
            "give the code, or the full name with its tones and kind (xã, thị trấn, huyện)",
        ),
    )


def _unknown(text: str, named: Sequence[Named], column: str) -> Problem:
    by_key = {bare_key(s): thing for thing in named for s in thing.spellings}
    near = difflib.get_close_matches(bare_key(split_kind(text)[1]), by_key, n=_MOST_SUGGESTIONS)
    names = listed(dict.fromkeys(by_key[key] for key in near) or named[:_MOST_LISTED])
    if not near and len(named) > _MOST_LISTED:
        names += ", …"
    return Problem(
        column=column,
        what=Text("không có gì mang tên này", "nothing has this name"),
        found=text,
        allowed=Text(names, names),
        todo=Text("kiểm tra lại tên hoặc dùng mã", "check the name, or use the code"),
    )
