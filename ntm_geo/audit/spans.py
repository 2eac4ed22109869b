"""What a figure of the plan allows: itself, a range, or all that is more ("at least 7 km")."""

import math
from dataclasses import dataclass

from ntm_geo.audit.figures import total, weigh
from ntm_geo.audit.finding import Severity
from ntm_geo.audit.words import fill
from ntm_geo.errors import Text
from ntm_geo.model import Comparator, Measure, Statement


@dataclass(frozen=True, order=True)
class Span:
    """What a figure of the plan allows: just itself, all of a range, or all from it upwards.

    Parameters
    ----------
    low, high
        The ends; the same for a plain figure, `high` infinite for "at least" and "more than".
    is_open
        Whether it is more than `low`, so that `low` itself is not allowed.
    """

    low: float
    high: float
    is_open: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a single figure."""
        return self.low == self.high

    @property
    def text(self) -> Text:
        """The figure as a sentence names it."""
        if self.is_plain:
            return fill("{a}", "{a}", a=self.low)
        if self.high < math.inf:
            return fill("{a}–{b}", "{a}–{b}", a=self.low, b=self.high)
        if self.is_open:
            return fill("trên {a}", "more than {a}", a=self.low)
        return fill("ít nhất {a}", "at least {a}", a=self.low)

    @property
    def figures(self) -> tuple[float, ...]:
        """What tells it from other spans, for the name of a finding."""
        return (self.low,) if self.is_plain else (self.low, self.high, float(self.is_open))

    def holds(self, figure: float) -> bool:
        """Whether a figure is allowed."""
        return self.low <= figure <= self.high and not (self.is_open and figure == self.low)

    def difference(self, figure: float) -> float:
        """Return the nearest end minus a figure that is not allowed; 0 for one that is."""
        nearest = min(max(figure, self.low), self.high)
        return 0 if self.holds(figure) else total([nearest, -figure])

    def weigh(self, exact: float) -> Severity | None:
        """Say how much it weighs that rows make a figure; None where that is allowed."""
        if self.holds(exact):
            return None
        nearest = self.low if exact <= self.low else self.high
        # "More than 7" where the rows make 7.
        return Severity.NOTE if nearest == exact else weigh(nearest, exact)

    def is_same(self, other: "Span") -> bool:
        """Whether both state one figure; "75" and "at least 75" are told as one."""
        ends = (self, other)
        is_bounded = all(not s.is_plain and s.high < math.inf for s in ends)
        is_single = all(s.is_plain or s.high == math.inf for s in ends)
        return self.low == other.low and (is_single or (is_bounded and self.high == other.high))

    def weigh_span(self, other: "Span") -> Severity:
        """Say how much another figure of the same thing weighs: one that fits is a note."""
        if self.is_plain and other.is_plain:
            return weigh(self.low, other.low)
        if self.is_plain or other.is_plain:
            plain, span = sorted((self, other), key=lambda s: not s.is_plain)
            return Severity.NOTE if span.holds(plain.low) else Severity.CONTRADICTION
        is_bounded = [s.high < math.inf for s in (self, other)]
        overlap = self.low <= other.high and other.low <= self.high
        return (
            Severity.NOTE
            if overlap and any(is_bounded) and not all(is_bounded)
            else (Severity.CONTRADICTION)
        )


def _span(low: float, high: float | None, comparator: Comparator | None) -> Span:
    if high is not None:
        return Span(low, high)
    is_open = comparator == Comparator.MORE_THAN
    is_bound = is_open or comparator == Comparator.AT_LEAST
    return Span(low, math.inf if is_bound else low, is_open)


def stated(statement: Statement) -> Span:
    """Return what a statement's figure allows; none is 0."""
    return _span(statement.value or 0, statement.value_max, statement.comparator)


def counted(statement: Statement) -> Span | None:
    """Return what a statement's figure allows, None where it has no figure."""
    return None if statement.value is None else stated(statement)


def asked(measure: Measure) -> Span:
    """Return what a measure's quantity allows; none is 0."""
    return _span(measure.quantity or 0, measure.quantity_max, measure.comparator)


def add(one: Span, two: Span) -> Span:
    """Return what the sum of two figures may be."""
    return Span(total([one.low, two.low]), total([one.high, two.high]), one.is_open or two.is_open)
