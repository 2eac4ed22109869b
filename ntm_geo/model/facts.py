"""What stands in the words of a statement: facts of its note, figures and lists of its quote."""

import re
import unicodedata

from ntm_geo.model.cells import day_or_none
from ntm_geo.model.rows import Statement
from ntm_geo.model.words import Comparator

_FACT = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|$)")
_PART = r"\d+(?:\s*(?:[-–]|đến)\s*\d+)?"
_CELL = re.compile(
    rf"\d+\s*(?:TC|tiêu chí)\s*:\s*({_PART}(?:\s*(?:[,;]|và|[,;]\s*và)\s*{_PART})*)\s*\.?",
    re.IGNORECASE,
)
"""A cell of a table of criteria: "4 TC: 8, 13, 15 và 17", "6 TC: 1-5, 7"."""
_NUMBERED = re.compile(r"(?:tiêu chí|số|tc)\s+(?:số\s+)?(\d+)(?!\s*xã)")
_WORDS = {
    0: ("không",), 1: ("một",), 2: ("hai",), 3: ("ba",), 4: ("bốn", "tư"), 5: ("năm",),
    6: ("sáu",), 7: ("bảy", "bẩy"), 8: ("tám",), 9: ("chín",), 10: ("mười",),
}  # fmt: skip
"""Small figures that a plan writes out."""
_TOKEN = re.compile(
    r"(?:(?:(?P<more>\b(?:trên|hơn|vượt)|>(?!=))|(?P<least>\b(?:ít nhất|tối thiểu)|≥|>=))\s*)?"
    r"(?P<figure>\d+(?:[.,]\d+)*)(?:\s*(?P<unit>tỷ|tỉ|m)(?!\w))?(?P<upwards>[^.;]{0,40}?\btrở lên)?"
)
"""A figure, words that make it a bound, and units in which the record keeps no figure."""
_TIMES = {"tỷ": 1000, "tỉ": 1000, "m": 0.001}
"""The record keeps millions and kilometres."""


def facts_of(statement: Statement) -> dict[str, str]:
    """Return the facts of a statement's note; a day in either writing as 2022-11-16.

    Examples
    --------
    >>> s = Statement(statement_id="s", subject="decision_citation", unit_code="900", text="QĐ",
    ...               clause="I", note="symbol=7/QĐ date=2022-11-16 issuer=UBND tỉnh; chú thêm")
    >>> facts_of(s)
    {'symbol': '7/QĐ', 'date': '2022-11-16', 'issuer': 'UBND tỉnh'}
    """
    written = (statement.note or "").partition(";")[0]
    facts = {key: value.strip() for key, value in _FACT.findall(written)}
    day = day_or_none(facts.get("date", ""))
    return {**facts, "date": day.isoformat()} if day else facts


def listed_numbers(statement: Statement) -> list[int]:
    """Return the numbers that a cell of a table lists, each as often as it is printed.

    Examples
    --------
    >>> listed_numbers(Statement(statement_id="s", subject="targets_achieve", unit_code="90001",
    ...                          text="3 TC: 8, 12, 12", clause="II.2"))
    [8, 12, 12]
    """
    found = _CELL.fullmatch(unicodedata.normalize("NFC", statement.text).strip())
    numbers: list[int] = []
    for part in re.findall(_PART, found[1]) if found else []:
        first, *last = (int(number) for number in re.findall(r"\d+", part))
        numbers += range(first, last[0] + 1) if last and last[0] > first else [first, *last]
    return numbers


def printed_numbers(text: str) -> tuple[int, ...]:
    """Return the numbers that a text prints as those of criteria.

    Examples
    --------
    >>> printed_numbers("tiêu chí số 2 tại 3 xã, Tiêu chí 9")
    (2, 9)
    """
    found = _NUMBERED.findall(unicodedata.normalize("NFC", text).casefold())
    return tuple(int(number) for number in found)


def is_written(figure: float, text: str) -> bool:
    """Whether a figure stands in a text, in digits as Vietnamese writes them, or in a word.

    Billions and metres are read as the millions and kilometres of the record.

    Examples
    --------
    >>> is_written(152863.3, "152.863,3 triệu đồng"), is_written(0, "không còn nhà tạm")
    (True, True)
    >>> is_written(33, "hỗ trợ 43 hộ"), is_written(2, "02 xã"), is_written(20500, "20,5 tỷ đồng")
    (False, True, True)
    """
    text = unicodedata.normalize("NFC", text).casefold()
    words = set(re.findall(r"[^\W\d_]+", text))
    in_words = words & set(_WORDS.get(int(figure), ()))
    return bool(in_words) or any(figure in _readings(found) for found in _TOKEN.finditer(text))


def bound_written(figure: float, text: str) -> Comparator | None:
    """Return what a text makes of a figure that stands in it: more than it, or at least it.

    Examples
    --------
    >>> bound_written(98, "đạt trên 98%").value, bound_written(48, "từ 48 triệu trở lên").value
    ('>', '>=')
    >>> bound_written(98, "đạt 98%"), bound_written(3, "từ 3 đến 5 sản phẩm")
    (None, None)
    """
    for found in _TOKEN.finditer(unicodedata.normalize("NFC", text).casefold()):
        if figure in _readings(found):
            if found["more"]:
                return Comparator.MORE_THAN
            if found["least"] or found["upwards"]:
                return Comparator.AT_LEAST
    return None


def _readings(found: re.Match[str]) -> list[float]:
    """Return what a figure can mean: with a decimal comma, or with a decimal point."""
    token, times = found["figure"], _TIMES.get(found["unit"] or "", 1)
    vietnamese, english = token.replace(".", "").replace(",", "."), token.replace(",", "")
    return [round(float(n) * times, 6) for n in (vietnamese, english) if n.count(".") <= 1]
