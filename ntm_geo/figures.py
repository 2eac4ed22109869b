"""The key figures of a district or of one unit: what the head of a meeting's page states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from ntm_geo.join import District
from ntm_geo.model import CriterionStatus, Layer, Position, Status, WorkKind, WorkMeasure

_DECIMALS = 3
"""Sums are rounded to a metre of road and to 1000 VND: beyond is noise of binary fractions."""

_TARGETED = (CriterionStatus.ACHIEVED, CriterionStatus.IN_HAND, CriterionStatus.UNFED)


@dataclass(frozen=True)
class SetFigures:
    """Counts of the criteria of one set.

    Attributes
    ----------
    set
        The set's id.
    met
        Criteria that the plan counts as met and wants kept.
    targeted
        Criteria that the plan wants reached this year.
    achieved
        Those of `targeted` whose works are all completed.
    mixed
        Criteria that are not the same in all units that one was formed of.
    clauses
        Distinct clauses that `met`, `targeted` and `mixed` stand in, in the record's order.
    """

    set: str
    met: int
    targeted: int
    achieved: int
    clauses: tuple[str, ...]
    mixed: int = 0


@dataclass(frozen=True)
class BudgetFigure:
    """One source of money of which the plan names a figure.

    Attributes
    ----------
    source_id
        The source.
    amount_mvnd
        Its figure [million VND].
    parent
        The source that it is a part of; None for a source of its own.
    """

    source_id: str
    amount_mvnd: float
    parent: str | None


@dataclass(frozen=True)
class KeyFigures:
    """Sums and counts over a district's own rows, or over those of the unit in focus.

    Attributes
    ----------
    hardened_km
        Road that is reported as hardened [km]; a completed work without a reported figure counts
        with its whole quantity. What is reported beyond a work's promise counts as reported, so
        this may be more than `promised_km`.
    promised_km
        Road that the plan promises to harden [km]: quantities of the works of kind `harden` on
        roads that are measured in km, also of cancelled ones, for a promise does not vanish.
    cancelled_km
        The part of `promised_km` whose works are cancelled [km].
    promised_km_by_class
        The same by class of road [km], in the record's order.
    road_clauses_by_class
        Distinct clauses of those works by class of road, in the record's order.
    works_all
        All works.
    works_completed, works_cancelled
        Works with that status.
    works_unfinished
        Works that are neither.
    works_overdue
        Those of `works_unfinished` that are past their due day.
    works_surveyed, works_digitised, works_sketched
        Works by how the place of their asset is known.
    works_unplaced
        Works whose place nobody knows; with the three above they add up to `works_all`.
    criteria_met, criteria_targeted, criteria_achieved, criteria_clauses
        Counts of the main set over units, as `SetFigures` describes them.
    criteria_by_set
        Counts of every set that has any row, in the record's order of the sets.
    budget_mvnd
        Total of the sources that are no part of another one [million VND]; None where the plan
        names no such figure.
    budget_sources
        Every source with a figure, in the record's order.
    budget_clauses
        Distinct clauses of those sources, in the record's order.
    reported_units
        Those of `reporting_units` that have reported any month.
    reporting_units
        Units that have criteria or works; a town without both has nothing to report.
    """

    hardened_km: float
    promised_km: float
    cancelled_km: float
    promised_km_by_class: Mapping[str, float]
    road_clauses_by_class: Mapping[str, tuple[str, ...]]
    works_all: int
    works_completed: int
    works_cancelled: int
    works_unfinished: int
    works_overdue: int
    works_surveyed: int
    works_digitised: int
    works_sketched: int
    works_unplaced: int
    criteria_met: int
    criteria_targeted: int
    criteria_achieved: int
    criteria_clauses: tuple[str, ...]
    criteria_by_set: tuple[SetFigures, ...]
    budget_mvnd: float | None
    budget_sources: tuple[BudgetFigure, ...]
    budget_clauses: tuple[str, ...]
    reported_units: int
    reporting_units: int


def key_figures(district: District) -> KeyFigures:
    """Return the key figures of a district, or of the unit that it is focused on.

    Of a focused district only the unit's own works and criteria are counted, not those of the
    whole district that its frames also hold. The budget is always the district's: the plan
    divides no money by unit.

    Parameters
    ----------
    district
        The joined district, focused or not.
    """
    works = _own(district.works, district.focus)
    roads = roads_to_harden(works)
    by_class = roads.groupby("class", sort=False)["quantity"].sum()
    status, is_placed = works["status"], works["placed"]
    position = works["position"].where(is_placed)
    finished = int((status == Status.COMPLETED).sum()), int((status == Status.CANCELLED).sum())
    main = _main_set_figures(district)
    money = district.budget.dropna(subset=["amount_mvnd"])
    reporting = _reporting_units(district)
    return KeyFigures(
        hardened_km=_sum(hardened_km(roads)),
        promised_km=_sum(roads["quantity"]),
        cancelled_km=_sum(roads["quantity"][roads["status"] == Status.CANCELLED]),
        promised_km_by_class={str(name): round(km, _DECIMALS) for name, km in by_class.items()},
        road_clauses_by_class={
            str(name): _distinct(rows["clause"])
            for name, rows in roads.groupby("class", sort=False)
        },
        works_all=len(works),
        works_completed=finished[0],
        works_cancelled=finished[1],
        works_unfinished=len(works) - sum(finished),
        works_overdue=int(works["overdue"].sum()),
        works_surveyed=int((position == Position.SURVEYED).sum()),
        works_digitised=int((position == Position.DIGITISED).sum()),
        works_sketched=int((position == Position.SKETCH).sum()),
        works_unplaced=int((~is_placed).sum()),
        criteria_met=main.met,
        criteria_targeted=main.targeted,
        criteria_achieved=main.achieved,
        criteria_clauses=main.clauses,
        criteria_by_set=_figures_by_set(district),
        budget_mvnd=_total_mvnd(money),
        budget_sources=_budget_figures(money),
        budget_clauses=_distinct(money["clause"]),
        reported_units=len(reporting & district.reported_units),
        reporting_units=len(reporting),
    )


def roads_to_harden(works: pd.DataFrame) -> pd.DataFrame:
    """Return the works that promise a length of hardened road.

    Works of other kinds that are measured in km, such as lighting, make no road longer.

    Parameters
    ----------
    works
        Works as the district holds them; `layer`, `kind` and `measure` are looked at.
    """
    return works[
        (works["layer"] == Layer.ROADS)
        & (works["kind"] == WorkKind.HARDEN)
        & (works["measure"] == WorkMeasure.KM)
    ]


def hardened_km(roads: pd.DataFrame) -> "pd.Series[float]":
    """Return the length of each road that is reported as hardened [km].

    Parameters
    ----------
    roads
        As `roads_to_harden` returns them: `quantity` and `done` [km], `status`.

    Returns
    -------
    hardened_km
        `done` where it is reported, else the whole `quantity` of a completed work, else NaN.
    """
    whole = roads["quantity"].where(roads["status"] == Status.COMPLETED)
    return roads["done"].where(roads["done"].notna(), whole)


def _own(frame: pd.DataFrame, focus: str | None) -> pd.DataFrame:
    return frame if focus is None else frame[frame["unit_code"] == focus]


def _main_set_figures(district: District) -> SetFigures:
    set_id = district.project.main_set
    rows = _own(district.criteria, district.focus)
    of_units = rows["unit_code"].isin(district.units["unit_code"])
    return _set_figures(set_id, rows[of_units & (rows["set"] == set_id)])


def _figures_by_set(district: District) -> tuple[SetFigures, ...]:
    groups = dict(iter(_own(district.criteria, district.focus).groupby("set", sort=False)))
    return tuple(
        _set_figures(set_id, groups[set_id])
        for set_id in district.criteria_sets
        if set_id in groups
    )


def _set_figures(set_id: str, rows: pd.DataFrame) -> SetFigures:
    status = rows["status"]
    return SetFigures(
        set=set_id,
        met=int((status == CriterionStatus.MAINTAINED).sum()),
        targeted=int(status.isin(_TARGETED).sum()),
        achieved=int((status == CriterionStatus.ACHIEVED).sum()),
        clauses=_distinct(rows["clause"]),
        mixed=int((status == CriterionStatus.MIXED).sum()),
    )


def _total_mvnd(money: pd.DataFrame) -> float | None:
    top = money.loc[money["parent"].isna(), "amount_mvnd"]
    return _sum(top) if len(top) else None


def _budget_figures(money: pd.DataFrame) -> tuple[BudgetFigure, ...]:
    columns = money["source_id"], money["amount_mvnd"], money["parent"]
    return tuple(
        BudgetFigure(source, amount, None if pd.isna(parent) else parent)
        for source, amount, parent in zip(*columns, strict=True)
    )


def _reporting_units(district: District) -> set[str]:
    units = _own(district.units, district.focus)
    return set(units["unit_code"][units["criteria_total"].notna() | (units["works"] > 0)])


def _sum(figures: "pd.Series[float]") -> float:
    return round(float(figures.sum()), _DECIMALS)


def _distinct(clauses: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause for clause in clauses if not pd.isna(clause)))
