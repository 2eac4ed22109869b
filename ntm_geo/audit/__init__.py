"""The plan held against itself: small rules over the record, each finding with both sides.

Nothing here picks a side: a finding says what stands where, and what would make it agree.
"""

from ntm_geo.audit import (
    assignments,
    citations,
    coverage,
    feeding,
    money,
    names,
    shares,
    targets,
    totals,
)
from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.schemas import Record

__all__ = ["RULES", "Finding", "Rule", "Severity", "audit"]

RULES: tuple[Rule, ...] = (
    *targets.RULES,
    *totals.RULES,
    *money.RULES,
    *shares.RULES,
    *assignments.RULES,
    *feeding.RULES,
    *coverage.RULES,
    *citations.RULES,
    *names.RULES,
)
"""All rules, in the order in which a reader would try them."""


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
            (finding for rule in RULES for finding in rule.find(plan)),
            key=lambda f: (
                weight(f.severity),
                plan.place_of(f.clauses[0]),
                places[f.rule],
                f.finding_id,
            ),
        )
    )
