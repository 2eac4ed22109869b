"""Sums of rows by unit and class, each beside what the plan states for it."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from ntm_geo.audit.figures import total
from ntm_geo.join import District
from ntm_geo.ledger.rows import Flag, Line
from ntm_geo.ledger.stated import ROAD_CLASSES, Scope, Stated


class Level(StrEnum):
    """What a row of sums adds up: a class within a unit, a class, everything asked for."""

    UNIT = "unit"
    CLASS = "class"
    TOTAL = "total"


def totals_frame(rows: pd.DataFrame, stated: Sequence[Stated], scope: Scope) -> pd.DataFrame:
    """Return a row for each class that has any figure, and one for everything.

    Parameters
    ----------
    rows
        Rows of works, as `work_rows` returns them, as far as they are asked for.
    stated
        What the plan states of them.
    scope
        What is asked for.

    Returns
    -------
    totals
        With the columns that `Ledger.units` has.
    """
    return pd.DataFrame(list(_totals(rows, stated, scope)))


def units_frame(rows: pd.DataFrame, stated: Sequence[Stated], district: District) -> pd.DataFrame:
    """Return a row for each unit and class that has any work or line.

    Parameters
    ----------
    rows, stated
        As for `totals_frame`.
    district
        The joined district; it gives the order of the units, and its own works come last.

    Returns
    -------
    units
        With the columns that `Ledger.units` has.
    """
    whole = district.project.district.code
    groups = dict(iter(rows.groupby(["unit_code", "class"], sort=False)))
    codes = (*district.units["unit_code"], whole)
    order = [(code, name) for code in codes for name in ROAD_CLASSES if (code, name) in groups]
    sums = []
    for code, name in order:
        group = groups[code, name]
        # What is stated for the district is of all its units, not of its own works alone.
        mine = district.plan_codes(code)
        same = [s for s in stated if s.units == mine != {whole} and s.road_class == name]
        sums.append(_sum_up(Level.UNIT, group, same, name, unit=(code, group["unit_name"].iloc[0])))
    columns = _sum_up(Level.UNIT, rows, (), None)
    return pd.DataFrame(sums, columns=list(columns))


def _totals(rows: pd.DataFrame, stated: Sequence[Stated], scope: Scope) -> Iterator[dict[str, Any]]:
    there = {*rows["class"], *(s.road_class for s in stated)}
    for name in (name for name in ROAD_CLASSES if name in there):
        group = rows[rows["class"] == name]
        same = [s for s in stated if s.road_class == name and _is_of_all(s, group, scope)]
        yield _sum_up(Level.CLASS, group, same, name)
    only = scope.classes[0] if len(scope.classes) == 1 else None
    same = [s for s in stated if s.road_class == only and _is_of_all(s, rows, scope)]
    yield _sum_up(Level.TOTAL, rows, same, only)


def _is_of_all(stated: Stated, rows: pd.DataFrame, scope: Scope) -> bool:
    """Tell whether a statement is of all units asked for, or names just those that have rows."""
    return stated.units in (scope.units, frozenset(rows.get("plan_unit_code", rows["unit_code"])))


def _sum_up(
    level: Level,
    rows: pd.DataFrame,
    stated: Sequence[Stated],
    road_class: str | None,
    unit: tuple[str | None, str | None] = (None, None),
) -> dict[str, Any]:
    """Return one row of sums."""
    said = [one.statement for one in stated]
    is_promised, is_mapped = rows["work_id"].notna(), rows["mapped_km"].notna()
    flags = rows["flags"].str.split("|")
    return {
        "level": level.value,
        "unit_code": unit[0],
        "unit_name": unit[1],
        "class": road_class,
        "works": int(is_promised.sum()),
        "works_reported": int(rows["reported"].notna().sum()),
        "roads": rows["asset_id"].nunique(),
        "roads_mapped": int(is_mapped.sum()),
        "roads_sketched": rows["asset_id"][rows["line"] == Line.SKETCH].nunique(),
        "promised_km": _sum(rows["promised_km"]),
        "cancelled_km": _sum(rows["cancelled_km"]),
        "stated_km": _listed(one.figure for one in stated),
        "mapped_km": _sum(rows["mapped_km"]) if is_mapped.any() else np.nan,
        "unpromised_km": _sum(rows["mapped_km"][~is_promised]),
        "accepted_km": _sum(rows["accepted_km"]),
        **{flag.value: sum(flag in found for found in flags) for flag in Flag},
        "clause": _listed(rows["clause"][is_promised]),
        "stated_clause": _listed(s.clause for s in said),
        "statement_ids": _listed(s.statement_id for s in said),
    }


def _sum(figures: "pd.Series[float]") -> float:
    return total([float(figure) for figure in figures.dropna()])


def _listed(words: Iterable[str]) -> str | None:
    return "|".join(dict.fromkeys(words)) or None
