"""What is asked for, and the lengths that the plan states of it in words."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ntm_geo.criteria import criterion_key
from ntm_geo.model import CLASSES, AssetClass, Comparator, Fact, Layer, Statement, WorkKind
from ntm_geo.model.facts import facts_of
from ntm_geo.query.filters import is_one_of

ROAD_CLASSES = tuple(word.value for word in (*CLASSES[Layer.ROADS], AssetClass.OTHER))
"""Classes of road, in the order of the ledger."""

_SUBJECT = "length_km"
_SIGNS = (Comparator.AT_LEAST, Comparator.MORE_THAN)


@dataclass(frozen=True)
class Stated:
    """A length that the plan states: of which units together, and of which class (None: of all)."""

    statement: Statement
    units: frozenset[str]
    road_class: str | None

    @property
    def figure(self) -> str:
        """The length with what binds it, such as "15.1", ">=15.1" or "10-12" [km]."""
        ends = (end for end in (self.statement.value, self.statement.value_max) if end is not None)
        sign = self.statement.comparator if self.statement.comparator in _SIGNS else ""
        return sign + "-".join(f"{end:.6f}".rstrip("0").rstrip(".") for end in ends)


@dataclass(frozen=True)
class Scope:
    """What is asked for: units by code and classes of road; none means all of the district's."""

    district: str
    codes: tuple[str, ...]
    classes: tuple[str, ...]
    plan_codes: Callable[[str], frozenset[str]]
    """The plan's units that a unit is of: statements speak of these."""

    @property
    def units(self) -> frozenset[str]:
        """The units as a statement names them: the district's code stands for all."""
        return frozenset().union(*map(self.plan_codes, self.codes or (self.district,)))

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that are asked for.

        Parameters
        ----------
        frame
            Anything with `unit_code` and `class`.

        Raises
        ------
        OptionError
            A class is no class of road.
        """
        keep = np.ones(len(frame), dtype=bool)
        if self.codes:
            keep &= frame["unit_code"].isin(self.codes).to_numpy()
        if self.classes:
            keep &= is_one_of(frame, "class", self.classes, ROAD_CLASSES)
        return frame[keep].reset_index(drop=True)

    def holds(self, stated: Stated) -> bool:
        """Tell whether a statement speaks of nothing beyond what is asked for."""
        is_of_units = not self.codes or stated.units <= self.units
        return is_of_units and (not self.classes or stated.road_class in self.classes)


def stated_lengths(
    statements: Iterable[Statement], criteria: Collection[str], scope: Scope
) -> list[Stated]:
    """Return the statements of lengths to harden, as far as they are asked for.

    Parameters
    ----------
    statements
        The record's statements.
    criteria
        Criteria ("commune:2") that the works of the ledger feed: a length that names no class is
        one of roads to harden where it is stated for one of these.
    scope
        What is asked for.
    """
    found = []
    for s in statements:
        if s.subject != _SUBJECT or s.value is None or s.units_role in ("met", "not_met"):
            continue
        facts = facts_of(s)
        road_class = facts.get(Fact.CLASS)
        if facts.get(Fact.KIND, WorkKind.HARDEN) != WorkKind.HARDEN:
            continue
        is_of_class = road_class in ROAD_CLASSES
        if is_of_class or (road_class is None and criterion_key(s.set, s.number) in criteria):
            found.append(Stated(s, frozenset(s.units or (s.unit_code,)), road_class))
    return [one for one in found if scope.holds(one)]


def statements_frame(stated: Sequence[Stated]) -> pd.DataFrame:
    """Return a row for each statement, with the columns that `Ledger.statements` has."""
    said = [one.statement for one in stated]
    table = pd.DataFrame(
        {
            "statement_id": [s.statement_id for s in said],
            "unit_codes": ["|".join(s.units or (s.unit_code,)) for s in said],
            "class": [one.road_class for one in stated],
            "comparator": [s.comparator.value if s.comparator else None for s in said],
            "stated_km": [s.value for s in said],
            "stated_max_km": [s.value_max for s in said],
            "text": [s.text for s in said],
            "clause": [s.clause for s in said],
        }
    )
    return table.astype({"stated_km": float, "stated_max_km": float})
