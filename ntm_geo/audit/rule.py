"""A rule of the audit: what it is called, what it checks, how it looks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ntm_geo.audit.finding import Finding
from ntm_geo.audit.plan import Plan
from ntm_geo.errors import Text
from ntm_geo.model import Subject


@dataclass(frozen=True)
class Rule:
    """One thing that a careful auditor would try on any district's plan.

    Parameters
    ----------
    rule_id
        A slug, which its findings carry.
    title
        What it is called.
    checks
        One sentence: what is held against what.
    find
        Goes through the plan and yields what it finds.
    reads
        The subjects of the statements that it asks for; none where it needs no statement, or looks
        at all of them.
    """

    rule_id: str
    title: Text
    checks: Text
    find: Callable[[Plan], Iterator[Finding]]
    reads: tuple[Subject, ...] = ()
