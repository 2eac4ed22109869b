"""VNI-Windows, the encoding of the VNI fonts (VNI-Times, VNI-Helve): a letter, then its mark."""

import itertools
import re
import unicodedata

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"

_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_CIRCUMFLEXES = {
    "â": _CIRCUMFLEX, "á": _CIRCUMFLEX + _ACUTE, "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK, "ã": _CIRCUMFLEX + _TILDE, "ä": _CIRCUMFLEX + _DOT,
}  # fmt: skip
_BREVES = {
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_WHOLE = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip
"""Letters that one byte holds."""

_MARKS_OF = {
    "a": _TONES | _CIRCUMFLEXES | _BREVES, "e": _TONES | _CIRCUMFLEXES,
    "o": _TONES | _CIRCUMFLEXES, "u": _TONES, "y": _TONES, "ô": _TONES, "ö": _TONES,
}  # fmt: skip
_PAIRS = {
    base + mark: unicodedata.normalize("NFC", _WHOLE.get(base, base) + marks)
    for base, marks_of in _MARKS_OF.items()
    for mark, marks in marks_of.items()
}
"""Letters of two bytes."""

_SMALL = _WHOLE | _PAIRS
_DECODED = {
    spelling: letter.upper() if spelling[0].isupper() else letter
    for small, letter in _SMALL.items()
    # The letter says which case is meant: of its mark, some keyboards only made the small one.
    for spelling in map("".join, itertools.product(*((c, c.upper()) for c in small)))
}
_ENCODED = {
    # Of two spellings (the dot of y) the one byte is what the fonts were typed with.
    **{letter: spelling for spelling, letter in reversed(_SMALL.items())},
    **{letter.upper(): spelling.upper() for spelling, letter in reversed(_SMALL.items())},
}
_SPELLING = re.compile("|".join(sorted(_DECODED, key=len, reverse=True)))


def decode_vni(text: str) -> str:
    """Return Unicode for text in VNI-Windows that was read as ISO-8859-1 or Windows-1252.

    Parameters
    ----------
    text
        A letter for each byte. ASCII, and marks behind letters that cannot bear them, stay as
        they are.

    Returns
    -------
    text
        Composed where it was decoded; the case is that of the letter, not of its mark.

    Notes
    -----
    Source: the character table that VNI Software published for its Windows fonts.

    Examples
    --------
    >>> decode_vni("Xaõ Ñoâng, LAØNG MÔ")
    'Xã Đông, LÀNG MƠ'
    """
    return _SPELLING.sub(lambda found: _DECODED[found[0]], text)


def encode_vni(text: str) -> str:
    """Return text in VNI-Windows, a letter for each byte; `.encode("latin-1")` makes the bytes.

    Parameters
    ----------
    text
        Unicode, composed or not. What the encoding has no place for stays as it is.

    Examples
    --------
    >>> encode_vni("Xã Đông")
    'Xaõ Ñoâng'
    """
    return "".join(_ENCODED.get(c, c) for c in unicodedata.normalize("NFC", text))


def rest_of_vni(text: str) -> str:
    """Return what `decode_vni` leaves as it is."""
    return _SPELLING.sub("", text)
