"""The ledger as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from ntm_geo.figures import roads_to_harden
from ntm_geo.join import District
from ntm_geo.ledger.rows import work_rows
from ntm_geo.ledger.stated import Scope, stated_lengths, statements_frame
from ntm_geo.ledger.sums import totals_frame, units_frame
from ntm_geo.model import Layer, Statement, WorkMeasure
from ntm_geo.names import resolve
from ntm_geo.query.filters import listed
from ntm_geo.recast import with_day


@dataclass(frozen=True)
class Ledger:
    """Lengths of the roads to harden [km]; what is missing is NaN or None.

    Attributes
    ----------
    works
        A row for each work that promises a length, in the record's order, and after them one for
        each road that has a real line without such a work. Columns `work_id` (None for these),
        `asset_id`, `name`, `unit_code`, `unit_name`, `class`, `status`, `promised_km`,
        `cancelled_km` (the part of it whose work is cancelled), `mapped_km` (geodesic length of a
        surveyed or digitised line, never of a sketch), `difference_share` (by how much the line
        is longer than what is promised on its road and not cancelled), `outside_share` (of the
        line's length outside its unit; NaN where the line or the boundary is a sketch),
        `accepted_km` (as `figures.hardened_km` says: what units report, no record of acceptance),
        `reported` (the month of its last report, ISO, None where there is none), `line` (a word of
        `Line`), `boundary` (position of the unit's boundary), `flags` ("|"-joined words of `Flag`),
        `clause`.
    units
        A row for each unit and class of road that has any, in the order of units and classes.
        Columns `level` (a word of `Level`), `unit_code`, `unit_name`, `class`, `works`,
        `works_reported`, `roads`, `roads_mapped`, `roads_sketched`, `promised_km`, `cancelled_km`,
        `stated_km` (what the plan states for just this row as text, "|"-joined where it states
        several figures),
        `mapped_km`, `unpromised_km` (the part of it without a promised length), `accepted_km`, a
        count for each word of `Flag`, `clause` (of the works), `stated_clause` and
        `statement_ids` ("|"-joined). By the units of a later day, these and `works` also have
        `units_day` (ISO), and `works` has `plan_unit_code` and `plan_unit_name`.
    totals
        The same columns: a row for each class, and the last one for everything.
    statements
        What the plan states of these lengths: `statement_id`, `unit_codes` ("|"-joined; the
        district's code for all of it), `class` (None for all), `comparator`, `stated_km`,
        `stated_max_km`, `text`, `clause`. By the units of a later day the codes, which are the
        plan's, stand in `plan_unit_codes`.
    left_out
        How many works on these roads are measured in km and harden nothing; they are in no row.
    """

    works: pd.DataFrame
    units: pd.DataFrame
    totals: pd.DataFrame
    statements: pd.DataFrame
    left_out: int


def length_ledger(
    district: District,
    statements: Iterable[Statement],
    *,
    unit: str | Sequence[str] = (),
    road_class: str | Sequence[str] = (),
) -> Ledger:
    """Put the lengths of the roads to harden side by side.

    A figure that the plan states stands with the sum that it is stated for; none of the two is
    held to be right. The line of a road counts once, with the first of its works that is not
    cancelled.

    Parameters
    ----------
    district
        The joined district.
    statements
        The record's statements.
    unit
        One unit or several, by code or by name in any spelling; none, and the district's own,
        take the whole district.
    road_class
        One class out of `ROAD_CLASSES` or several; none take all.

    Raises
    ------
    NameUnknownError, NameAmbiguousError
        `unit` names nothing, or two things.
    OptionError
        `road_class` is no class of road.
    """
    whole = district.project.district.code
    codes = [resolve(name, district.unit_names, column="--unit") for name in listed(unit)]
    classes = tuple(dict.fromkeys(listed(road_class)))
    scope = Scope(whole, () if whole in codes else tuple(codes), classes, district.plan_codes)
    roads = roads_to_harden(district.works)
    rows = scope.rows(work_rows(district, roads))
    stated = stated_lengths(statements, frozenset(roads["criterion"].dropna()), scope)
    is_in_km = district.works["measure"] == WorkMeasure.KM
    in_km = scope.rows(district.works[is_in_km & (district.works["layer"] == Layer.ROADS)])
    return Ledger(
        works=rows,
        units=_dated(units_frame(rows, stated, district), district),
        totals=_dated(totals_frame(rows, stated, scope), district),
        statements=_of_the_plan(statements_frame(stated), district),
        left_out=len(in_km) - len(roads_to_harden(in_km)),
    )


def _dated(sums: pd.DataFrame, district: District) -> pd.DataFrame:
    return sums if district.formation is None else with_day(sums, district.formation)


def _of_the_plan(statements: pd.DataFrame, district: District) -> pd.DataFrame:
    """Keep the plan's codes from being read as those of a later day."""
    if district.formation is None:
        return statements
    return statements.rename(columns={"unit_codes": "plan_unit_codes"})
