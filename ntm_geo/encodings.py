"""Bytes that people bring, turned into text, or a problem that says what they are."""

import unicodedata
from typing import NamedTuple

from ntm_geo.errors import Problem, RecordError, Text

_VISIBLE_CONTROLS = "\n\t"
_HIDDEN = ("Cc", "Cf", "Co", "Cs")
"""Unicode categories of letters that nobody sees: controls, joiners, private use."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

LOOKALIKES = {"\u00d0": "\u0110", "\u0189": "\u0110", "\u00f0": "\u0111", "\u0256": "\u0111"}
"""Letters of other alphabets that look like Đ and đ, and the Vietnamese letter that was meant."""

_SAVE_AS = Text(
    "lưu lại dạng «CSV UTF-8» (Excel) hoặc UTF-8 (QGIS, Notepad)",
    "save it again as 'CSV UTF-8' (Excel) or UTF-8 (QGIS, Notepad)",
)


class Decoded(NamedTuple):
    """Text of a file, with what its spreadsheet left in it."""

    text: str
    had_bom: bool
    had_crlf: bool


def decode(data: bytes, *, file: str) -> Decoded:
    """Read UTF-8, with or without a byte order mark, with any line ends.

    Parameters
    ----------
    data
        The bytes of the whole file.
    file
        The file's name, for the message.

    Raises
    ------
    RecordError
        The bytes are no UTF-8: names the first line that is not.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        what = Text("tệp ở bảng mã UTF-16 hoặc là tệp nhị phân", "the file is UTF-16 or binary")
        found = f"0x{data[:4].hex()}"
        raise RecordError(
            Problem(file=file, row=1, what=what, found=found, allowed=_UTF8, todo=_SAVE_AS)
        )
    bom = data.startswith(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start : error.start + 1].hex()
        what = Text(
            "tệp không phải UTF-8 (có thể là TCVN3, VNI hoặc Windows-1258)",
            "the file is not UTF-8 (perhaps TCVN3, VNI or Windows-1258)",
        )
        raise RecordError(
            Problem(file=file, row=line, what=what, found=f"0x{bad}", allowed=_UTF8, todo=_SAVE_AS)
        ) from error
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), bom, b"\r" in data)


_UTF8 = Text("chữ Unicode ở bảng mã UTF-8", "Unicode text in UTF-8")


def clean(text: str) -> str:
    """Return text as the record keeps it: composed (NFC), with the Vietnamese Đ.

    Examples
    --------
    >>> clean("\u00d0ăk Hlơ")
    'Đăk Hlơ'
    """
    for wrong, right in LOOKALIKES.items():
        text = text.replace(wrong, right)
    return unicodedata.normalize("NFC", text)


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula; the signs count in full width, too.

    Examples
    --------
    >>> starts_formula("=1+1"), starts_formula("1+1")
    (True, False)
    """
    return text.startswith(_FORMULA_STARTS)


def find_unclean(text: str) -> Problem | None:
    """Say what is wrong with the letters of one cell, if anything.

    The place is left open for the caller to fill in.
    """
    if any(letter in text for letter in LOOKALIKES):
        return Problem(
            what=Text(
                "chữ Ð/ð của bảng chữ khác (U+00D0, U+0189…) đứng thay cho Đ/đ (U+0110, U+0111)",
                "a letter of another alphabet (U+00D0, U+0189, ...) stands for Đ (U+0110)",
            ),
            found=text,
            allowed=Text(f"«{clean(text)}»", f"«{clean(text)}»"),
            todo=Text("gõ lại chữ Đ bằng bộ gõ Unicode", "type the letter again in Unicode"),
        )
    if text != unicodedata.normalize("NFC", text):
        return Problem(
            what=Text(
                "chữ Unicode tổ hợp (dấu rời khỏi chữ)",
                "decomposed Unicode (marks apart from their letters)",
            ),
            found=text.encode("ascii", "backslashreplace").decode(),
            allowed=Text(f"«{clean(text)}» (Unicode dựng sẵn, NFC)", f"«{clean(text)}» (NFC)"),
            todo=Text("gõ lại ô này bằng Unicode dựng sẵn", "type the cell again, composed"),
        )
    if any(_is_hidden(letter) for letter in text):
        visible = "".join(letter for letter in text if not _is_hidden(letter))
        return Problem(
            what=Text("có ký tự ẩn hoặc ký tự hỏng", "a hidden or a broken character"),
            found=text,
            allowed=Text(f"«{visible}»", f"«{visible}»"),
            todo=Text("gõ lại ô này, không dán", "type the cell again instead of pasting it"),
        )
    return None


def _is_hidden(letter: str) -> bool:
    if letter in _VISIBLE_CONTROLS:
        return False
    return letter == "\ufffd" or unicodedata.category(letter) in _HIDDEN
