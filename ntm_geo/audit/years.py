"""Of what year a statement's words are: the plan's own, or one that the tables do not tell of."""

import re

from ntm_geo.encodings import clean
from ntm_geo.model import Statement, Subject

_YEAR = re.compile(r"\bnăm ((?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)\d\d)")
_TODAY = re.compile(
    r"(?<!thực )(?<!thể )(?<!phát )\bhiện (?:nay|tại|trạng|có|còn|đạt|mới)\b|\bđến nay\b"
)
_STATES = frozenset({Subject.UNITS_MET, Subject.UNITS_MAINTAIN, Subject.UNITS_NOT_MET})
"""What is met as the plan begins: words may give the year that has just ended."""
_AIMS = frozenset({
    Subject.UNITS_TARGET, Subject.LEVEL, Subject.LENGTH_KM, Subject.HOUSES, Subject.HOUSEHOLDS,
    Subject.WORKS, Subject.RATE_PERCENT, Subject.INCOME_MVND, Subject.CLASSES, Subject.LEARNERS,
    Subject.PRODUCTS, Subject.MODELS, Subject.TEAMS, Subject.AMOUNT_MVND,
})  # fmt: skip
"""What the plan's year is to bring; figures among these may also be those of today."""


def is_of_another_year(statement: Statement, plan_year: int) -> bool:
    """Whether words speak of another year, or of today where the tables hold what is to come.

    Examples
    --------
    >>> def said(subject, text):
    ...     return Statement(statement_id="s", subject=subject, unit_code="900", text=text,
    ...                      clause="I")
    >>> is_of_another_year(said("units_target", "đến năm 2025 có 7/7 xã đạt"), 2023)
    True
    >>> is_of_another_year(said("units_met", "hết năm 2022 có 7/7 xã đạt"), 2023)
    False
    >>> is_of_another_year(said("rate_percent", "hiện nay đạt 90%"), 2023)
    True
    """
    text = " ".join(clean(statement.text).casefold().split())
    years = {int(year) for year in _YEAR.findall(text)}
    if statement.subject in _STATES:
        return bool(years) and not years & {plan_year, plan_year - 1}
    if statement.subject not in _AIMS:
        return False
    is_figure = statement.subject != Subject.UNITS_TARGET
    is_of_today = is_figure and not years and bool(_TODAY.search(text))
    return is_of_today or (bool(years) and plan_year not in years)
