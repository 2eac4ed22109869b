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

from ntm_geo.model import Statement

_FACT = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|\s*;|$)")


def facts_of(statement: Statement) -> dict[str, str]:
    """Return the facts of a statement's note.

    Examples
    --------
    >>> s = Statement(statement_id="s", subject="decision_citation", unit_code="900", text="QĐ",
    ...               clause="I", note="symbol=7/QĐ date=2022-11-16 issuer=UBND tỉnh; chú thêm")
    >>> facts_of(s)
    {'symbol': '7/QĐ', 'date': '2022-11-16', 'issuer': 'UBND tỉnh'}
    """
    return {key: value.strip() for key, value in _FACT.findall(statement.note or "")}
