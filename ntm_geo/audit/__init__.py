"""The plan held against itself: small rules over the record, each finding with both sides.

Nothing here picks a side: a finding says what stands where, and what would make it agree.
"""

from collections.abc import Iterable
from dataclasses import replace

from ntm_geo.audit.acceptance import Review, Reviewed, Stale, review
from ntm_geo.audit.finding import SEVERITIES, Finding, Severity
from ntm_geo.audit.matrix import COVERS, Cover, Matrix, MatrixRow, responsibility_matrix
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.rules import RULES
from ntm_geo.audit.words import split_clauses
from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.schemas import Record

__all__ = [
    "COVERS",
    "RULES",
    "SEVERITIES",
    "Cover",
    "Finding",
    "Matrix",
    "MatrixRow",
    "Review",
    "Reviewed",
    "Rule",
    "Severity",
    "Stale",
    "audit",
    "find_rule",
    "find_severity",
    "responsibility_matrix",
    "review",
]


def audit(record: Record) -> tuple[Finding, ...]:
    """Return every place where the plan disagrees with itself.

    Parameters
    ----------
    record
        A checked record.

    Returns
    -------
    findings
        Contradictions first, then gaps, then notes; within each in the order of the plan's
        clauses, as the statements are recorded.
    """
    plan = Plan(record)
    weight = list(Severity).index
    places = {rule.rule_id: place for place, rule in enumerate(RULES)}
    return tuple(
        sorted(
            _each_once(finding for rule in RULES for finding in rule.find(plan)),
            key=lambda f: (
                weight(f.severity),
                plan.place_of(f.clauses[0]),
                places[f.rule],
                f.finding_id,
            ),
        )
    )


def _each_once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Make one of findings of one name: the same disagreement, stated in several places.

    Two of a name could be accepted only together, and only one of them would be marked.
    """
    by_name: dict[str, Finding] = {}
    for finding in findings:
        first = by_name.setdefault(finding.finding_id, finding)
        clauses = split_clauses((*first.clauses, *finding.clauses))
        by_name[finding.finding_id] = replace(first, clauses=clauses)
    return by_name.values()


def find_rule(rule_id: str) -> Rule:
    """Return the rule of an id.

    Raises
    ------
    OptionError
        There is none.
    """
    for rule in RULES:
        if rule.rule_id == rule_id:
            return rule
    raise _unknown(
        "rule",
        Text("không có quy tắc nào mã như vậy", "there is no such rule"),
        rule_id,
        (rule.rule_id for rule in RULES),
    )


def find_severity(word: str) -> Severity:
    """Return the severity of a word.

    Raises
    ------
    OptionError
        It is none.
    """
    if word in list(Severity):
        return Severity(word)
    raise _unknown(
        "severity", Text("không có mức nào như vậy", "there is no such severity"), word, Severity
    )


def _unknown(column: str, what: Text, found: str, words: Iterable[str]) -> OptionError:
    known = ", ".join(words)
    return OptionError(
        Problem(
            column=column,
            what=what,
            found=found,
            allowed=Text(known, known),
            todo=Text("chọn một trong số đó", "choose one of these"),
        )
    )
