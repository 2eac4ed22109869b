"""What stands in the words of a statement: facts of its note, figures and lists of its quote."""

import re
import unicodedata

from ntm_geo.model.cells import day_or_none
from ntm_geo.model.rows import Statement

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
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*")


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

    Examples
    --------
    >>> is_written(152863.3, "152.863,3 triệu đồng"), is_written(0, "không còn nhà tạm")
    (True, True)
    >>> is_written(33, "hỗ trợ 43 hộ"), is_written(2, "02 xã")
    (False, True)
    """
    text = unicodedata.normalize("NFC", text).casefold()
    written = {value for token in _TOKEN.findall(text) for value in _readings(token)}
    words = set(re.findall(r"[^\W\d_]+", text))
    return float(figure) in written or bool(words & set(_WORDS.get(int(figure), ())))


def _readings(token: str) -> list[float]:
    """Return what a figure can mean: with a decimal comma, or with a decimal point."""
    vietnamese, english = token.replace(".", "").replace(",", "."), token.replace(",", "")
    return [float(each) for each in (vietnamese, english) if each.count(".") <= 1]
