"""Which letters can be one syllable of a Vietnamese text, or of a highland village's name."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = "\u0301\u0323"
"""A syllable that ends in p, t, c or ch has one of these two tones."""

_FINALS = {
    "a": "- c ch i m n ng nh o p t u y", "ă": "c m n ng p t", "â": "c m n ng p t u y",
    "e": "- c m n ng o p t", "ê": "- ch m n nh p t u", "i": "- a ch m n nh p t u",
    "iê": "c m n ng p t u", "yê": "m n ng t u", "o": "- c i m n ng p t",
    "oa": "- c ch i m n ng nh o p t y", "oă": "c m n ng t", "oe": "- n o t", "oo": "c ng",
    "ô": "- c i m n ng p t", "ơ": "- i m n p t", "u": "- a c i m n ng p t", "uâ": "n ng t y",
    "uê": "- ch n nh", "uô": "c i m n ng t", "uơ": "-", "uy": "- a ch n nh p t u", "uyê": "n t",
    "ư": "- a c i m n ng t u", "ươ": "c i m n ng p t u",
}  # fmt: skip
"""Vowels of Vietnamese, and the ends that each of them has in its spelling; - for none."""

_RHYME = "|".join(
    f"{vowel}(?:{ends.replace('- ', '').replace('-', '').replace(' ', '|')})"
    + ("?" if ends.startswith("-") else "")
    for vowel, ends in _FINALS.items()
)
_VIETNAMESE = re.compile(
    rf"(?:(?:b|ch|d|đ|gi|h|l|m|n|nh|ph|r|s|t|th|tr|v|x|p|kh|qu)?(?:{_RHYME})"
    rf"|(?:k|gh|ngh)(?=[eêiy])(?:{_RHYME})|(?:c|ng)(?![eêiy])(?:{_RHYME})"
    rf"|g(?![eêy])(?:{_RHYME})|(?:h|k|l|m|qu|s|t|v)?y)"
)
_STOPPED = re.compile(r"(?:[ptc]|ch)$")

# Names of Bahnar, Jrai and Ede villages: clusters before the vowel, more ends, never a tone.
_HIGHLAND = re.compile(
    r"[bcdđghjklmnprstvwy]{0,3}"
    r"(?:[iy]?[aăâeêiouôơưy]|u[aâeêôơ]|o[ae]|ư[aơ]|[aăâeêioôơuư][iouy])"
    r"(?:ch|ng|nh|[chjklmnprstw])?"
)


def is_syllable(text: str) -> bool:
    """Whether a text can be one syllable, by its spelling; it need not be a word.

    Examples
    --------
    >>> [is_syllable(text) for text in ("Đường", "Hlơ", "KÔNG", "hoà", "phỳ", "cúng", "Kúng", "ñ")]
    [True, True, True, True, False, True, False, False]
    """
    letters = unicodedata.normalize("NFD", text.lower())
    tones = [mark for mark in letters if mark in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if len(tones) > 1:
        return False
    if not tones:
        return bool(_VIETNAMESE.fullmatch(plain) or _HIGHLAND.fullmatch(plain))
    if _VIETNAMESE.fullmatch(plain) is None:
        return False
    return tones[0] in _STOP_TONES or _STOPPED.search(plain) is None
