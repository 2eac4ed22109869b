"""TCVN3, the encoding of the ABC fonts (.VnTime, .VnArial, .VnTimeH), and its parent TCVN 5712.

TCVN 5712:1993 has three tables. VN3 ("TCVN3") is what the ABC fonts and MapInfo tables of the
1990s and 2000s hold: 67 small letters and the 7 capitals without tone (Ă Â Ê Ô Ơ Ư Đ). A capital
with a tone has *no byte of its own* there: it is the byte of the small letter, shown by a second
font whose name ends in H. VN2 adds some of these capitals and five tones as marks of their own in
places that VN3 leaves empty, VN1 adds the rest in the places of control characters; ABC texts use
neither, and have °, ² or – of Windows-1252 in some of those places.
"""

import re
import unicodedata

from ntm_geo.legacy.single_bytes import byte_of

_VN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
_VN2_RUNS = {
    0xAF: "Ằ", 0xB0: "\u0300\u0309\u0303\u0301\u0323", 0xBA: "Ẳ", 0xBF: "ẴẮẦẨẪẤỀ", 0xCD: "Ể",
    0xD9: "ỄẾỒ", 0xE0: "Ổ", 0xF0: "Ỗ", 0xFF: "Ố",
}  # fmt: skip
_VN1_RUNS = {
    0x01: "ÚỤ", 0x04: "ỪỬỮ", 0x11: "ỨỰỲỶỸÝỴ", 0x80: "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ",
}  # fmt: skip


def _spread(runs: dict[int, str]) -> dict[int, str]:
    return {start + i: letter for start, run in runs.items() for i, letter in enumerate(run)}


_VN3 = _spread(_VN3_RUNS)
_FULL = _VN3 | _spread(_VN2_RUNS) | _spread(_VN1_RUNS)
_BYTE_OF_FULL = {letter: chr(byte) for byte, letter in _FULL.items()}
_BYTE_OF_SHARED = {letter: chr(byte) for byte, letter in _VN3.items()}
_SHARED = {small for small in _VN3.values() if small.upper() not in _BYTE_OF_SHARED}
"""Small letters whose capitals have the same byte."""

_WORD = re.compile(r"[^\W\d_]{2,}")


def is_tcvn3(letter: str) -> bool:
    """Whether VN3 has a letter of its own in the place of this one."""
    return ord(letter) in _VN3


def decode_tcvn3(text: str, *, own_capitals: bool = False) -> str:
    """Return Unicode for text in TCVN3 that was read as ISO-8859-1 or Windows-1252.

    Parameters
    ----------
    text
        A letter for each byte. ASCII, and what the encoding leaves free, stay as they are.
    own_capitals
        Whether capitals with a tone have bytes of their own, as in the full TCVN 5712 (VN1, VN2);
        False is what the ABC fonts do.

    Returns
    -------
    text
        Composed (NFC). Where capitals share the bytes of small letters, a tone letter comes out
        small, except in a word whose other letters are two capitals at least and nothing else:
        "LµNG" can only be "LÀNG". "£p" stays what it is: whether a text stood in a capital font
        is not in the text.

    Notes
    -----
    Source: TCVN 5712:1993, tables VN1, VN2 and VN3.

    Examples
    --------
    >>> decode_tcvn3("X· §«ng, LµNG M¥")
    'Xã Đông, LÀNG MƠ'
    """
    if own_capitals:
        letters = (_FULL.get(byte, c) if (byte := byte_of(c)) is not None else c for c in text)
        return unicodedata.normalize("NFC", "".join(letters))
    decoded = text.translate(_VN3)
    return decoded if decoded == text else _WORD.sub(_raise_capitals, decoded)


def _raise_capitals(word: re.Match[str]) -> str:
    certain = [letter for letter in word[0] if letter not in _SHARED]
    if len(certain) >= 2 and all(letter.isupper() for letter in certain):  # noqa: PLR2004 (see decode_tcvn3)
        return word[0].upper()
    return word[0]


def encode_tcvn3(text: str, *, own_capitals: bool = False) -> str:
    """Return text in TCVN3, a letter for each byte; `.encode("latin-1")` makes the bytes.

    Parameters
    ----------
    text
        Unicode, composed or not. What the encoding has no place for stays as it is.
    own_capitals
        As in `decode_tcvn3`; False loses the capital of a letter with a tone.

    Examples
    --------
    >>> encode_tcvn3("Xã Đông"), encode_tcvn3("ấp") == encode_tcvn3("Ấp")
    ('X· §«ng', True)
    """
    composed = unicodedata.normalize("NFC", text)
    if own_capitals:
        return "".join(_BYTE_OF_FULL.get(c, c) for c in composed)
    return "".join(_BYTE_OF_SHARED.get(c) or _BYTE_OF_SHARED.get(c.lower(), c) for c in composed)
