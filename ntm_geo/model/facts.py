"""Facts that a statement's note carries as key=value; what stands after a semicolon is a remark.

| fact | of which statements | what it says |
|---|---|---|
| `symbol`, `date`, `issuer` | `decision_citation` | the document as it is cited |
| `source` | `amount_mvnd` | the row of the budget that the amount is of |
| `class` | `length_km`, `works` | the class of assets whose works the figure sums |
| `stage` | `stage` | how far it is to get: `preparation`, `appraisal`, `approval`, `publication` |
| `office` | `office_named` | the office that is meant |
"""

import re
from datetime import date

from pydantic_core import PydanticCustomError

from ntm_geo.model.cells import parse_day
from ntm_geo.model.rows import Statement

_FACT = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|\s*;|$)")


def facts_of(statement: Statement) -> dict[str, str]:
    """Return the facts of a statement's note; a day in either writing as 2022-11-16.

    Examples
    --------
    >>> s = Statement(statement_id="s", subject="decision_citation", unit_code="900", text="QĐ",
    ...               clause="I", note="symbol=7/QĐ date=2022-11-16 issuer=UBND tỉnh; chú thêm")
    >>> facts_of(s)
    {'symbol': '7/QĐ', 'date': '2022-11-16', 'issuer': 'UBND tỉnh'}
    """
    facts = {key: value.strip() for key, value in _FACT.findall(statement.note or "")}
    day = _day(facts.get("date", ""))
    return {**facts, "date": day.isoformat()} if day else facts


def has_odd_day(statement: Statement) -> bool:
    """Whether the note's day is no day of the calendar."""
    written = dict(_FACT.findall(statement.note or "")).get("date")
    return written is not None and _day(written.strip()) is None


def _day(written: str) -> date | None:
    try:
        day = parse_day(written)
    except PydanticCustomError:
        return None
    return day if isinstance(day, date) else None
