"""Findings beside what people have accepted of them: none is hidden, none is settled for good."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from ntm_geo.audit.finding import Finding, Severity, subject_of
from ntm_geo.model import Acceptance


@dataclass(frozen=True)
class Reviewed:
    """A finding, with the acceptance under its id; without one it is open."""

    finding: Finding
    acceptance: Acceptance | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has accepted it as it is now."""
        return self.acceptance is None


@dataclass(frozen=True)
class Stale:
    """An acceptance whose finding is gone: the plan was amended, or the id was mistyped.

    Parameters
    ----------
    acceptance
        What was accepted.
    now
        What the same rule says of the same subject today; empty where it finds nothing any more.
    """

    acceptance: Acceptance
    now: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Review:
    """What the audit says, and what people say to it.

    Parameters
    ----------
    findings
        The findings asked for, in the audit's order; accepted ones stay in their places.
    stale
        Acceptances that fit no finding, in the order of the record; no filter takes one away.
    of
        How many findings there are in all.
    """

    findings: tuple[Reviewed, ...]
    stale: tuple[Stale, ...]
    of: int

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nobody has accepted."""
        return tuple(one.finding for one in self.findings if one.is_open)

    def where(
        self,
        *,
        severity: Collection[Severity] = (),
        rule: Collection[str] = (),
        unit: str | Collection[str] | None = None,
        district: str = "",
    ) -> "Review":
        """Keep the findings that fit; what is left empty fits all.

        Parameters
        ----------
        severity, rule
            The severities and the ids of the rules to keep.
        unit
            Code of the unit that findings are about, or codes of several.
        district
            Code of the district: where it is asked for as `unit`, what is about no unit fits too.
        """
        codes = [unit] if isinstance(unit, str) else unit
        kept = tuple(
            one
            for one in self.findings
            if (not severity or one.finding.severity in severity)
            and (not rule or one.finding.rule in rule)
            and (codes is None or any(one.finding.concerns(c, district=district) for c in codes))
        )
        return replace(self, findings=kept)


def review(findings: Iterable[Finding], accepted: Iterable[Acceptance]) -> Review:
    """Put findings and acceptances together by the findings' ids.

    An id changes with the figures, units and works of its finding, so an acceptance holds for just
    the disagreement that somebody has looked at. The day of an acceptance says when that was; it
    is held against no other day, as findings do not depend on how far the works have come.

    Parameters
    ----------
    findings
        What the audit found.
    accepted
        What people have accepted; each id once, as the record's check sees to.
    """
    findings = tuple(findings)
    by_id = {one.finding_id: one for one in accepted}
    reviewed = tuple(Reviewed(one, by_id.pop(one.finding_id, None)) for one in findings)
    stale = tuple(
        Stale(left, tuple(f for f in findings if subject_of(f.finding_id) == subject_of(key)))
        for key, left in by_id.items()
    )
    return Review(reviewed, stale, len(findings))
