"""Columns that name units: those of the day, beside what the plan says."""

from typing import TypeVar

import numpy as np
import pandas as pd

from ntm_geo.changes import Formation

F = TypeVar("F", bound=pd.DataFrame)


def with_later_units(frame: F, formation: Formation, keys: "pd.Series[str] | None" = None) -> F:
    """Return a frame by the units of the day; the plan's stand in columns of their own.

    Parameters
    ----------
    frame
        Rows with `unit_code`, and `unit_name` or not.
    formation
        The units of the day.
    keys
        What `unit_code` becomes, row by row; None takes what became of each row's unit.

    Returns
    -------
    frame
        The same rows; `unit_code` and `unit_name` as of the day, and new columns
        `plan_unit_code`, `plan_unit_name` (where there is a `unit_name`) and `units_day` (ISO).
        What is of the whole district stays so.
    """
    before = frame["unit_code"]
    after = later_codes(before, formation) if keys is None else keys
    changed = {"unit_code": after, "plan_unit_code": before}
    if "unit_name" in frame:
        names = after.map(formation.names)
        changed["plan_unit_name"] = frame["unit_name"]
        changed["unit_name"] = names.where(names.notna(), frame["unit_name"])
    return with_day(frame.assign(**changed), formation)


def later_codes(codes: "pd.Series[str]", formation: Formation) -> "pd.Series[str]":
    """Return what became of each unit; other codes, such as the district's, stay."""
    return codes.map(lambda code: formation.keys.get(code, code)).astype(object)


def with_day(frame: F, formation: Formation) -> F:
    """Return a frame that says in each row of which day its units are."""
    day = np.full(len(frame), formation.day.isoformat(), dtype=object)
    return frame.assign(units_day=pd.Series(day, index=frame.index, dtype=object))
