"""A finding: one place where the plan disagrees with itself, with both sides of it."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from ntm_geo.errors import Text


class Severity(StrEnum):
    """How much a finding weighs."""

    CONTRADICTION = "contradiction"
    """Two places of the plan cannot both be right."""
    GAP = "gap"
    """Something that the plan needs stands nowhere."""
    NOTE = "note"
    """Worth knowing; nothing has to be wrong."""


SEVERITIES = {
    Severity.CONTRADICTION: Text("mâu thuẫn", "contradiction"),
    Severity.GAP: Text("còn thiếu", "gap"),
    Severity.NOTE: Text("lưu ý", "note"),
}
"""What people call them."""

_DIGEST = re.compile(r"-[0-9a-f]{8}$")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One place where the plan disagrees with itself.

    Parameters
    ----------
    rule
        The slug of the rule that found it.
    severity
        How much it weighs.
    clauses
        The clauses of the plan that disagree: those of the first statement, then the others.
    title
        One short line that says what is wrong.
    statement_a
        What the plan says in one place, with its figure; a quote stays Vietnamese.
    statement_b
        What another place says, or what the rows add up to, with its figure.
    unit_codes
        The units that it is about, in the order of the record; none where it is about no unit.
    criterion
        "set:number" (or the set alone), None where it is about no criterion.
    work_ids
        The works that it is about.
    difference
        First figure minus second, None where nothing is counted.
    hint
        What to check, or which single change would make both sides agree.
    about
        A slug of what it is about, which stays when figures, units and works change.
    figures
        The figures of both sides.
    key
        What else makes it just this disagreement: ids of measures, offices, spellings.
    """

    rule: str
    severity: Severity
    clauses: tuple[str, ...]
    title: Text
    statement_a: Text
    statement_b: Text
    unit_codes: tuple[str, ...] = ()
    criterion: str | None = None
    work_ids: tuple[str, ...] = ()
    difference: float | None = None
    hint: Text
    about: str
    figures: tuple[float, ...] = ()
    key: tuple[str, ...] = ()

    @property
    def finding_id(self) -> str:
        """The name under which it can be accepted: it changes with the figures, units and works.

        What is accepted is this disagreement; where the plan is amended it is another one.
        Wording and clauses do not count, nor does the order of rows: a better text, a renumbered
        plan or a sorted table keeps the name.
        """
        figures = tuple(float(figure) for figure in self.figures)
        named = (sorted(each) for each in (self.unit_codes, self.work_ids, self.key))
        facts = repr((self.about, figures, *named))
        digest = hashlib.sha256(facts.encode()).hexdigest()[:8]
        return f"{self.rule}-{self.about[:40].strip('-')}-{digest}"

    def concerns(self, unit_code: str, *, district: str) -> bool:
        """Whether it is about a unit; what is about no unit concerns the district as a whole."""
        return unit_code in self.unit_codes or (unit_code == district and not self.unit_codes)


def subject_of(finding_id: str) -> str:
    """Return what stays of a finding's id when its figures change: its rule and what it is about.

    Examples
    --------
    >>> subject_of("budget-total-budget-1a2b3c4d")
    'budget-total-budget'
    """
    return _DIGEST.sub("", finding_id)
