"""Criteria of units that were formed of several: what all of them have alike, and what not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ntm_geo.changes import Formation
from ntm_geo.model import CriterionStatus
from ntm_geo.recast.columns import with_day

Cells = Mapping[str, Any]
"""A row of the criteria as plain values."""


def recast_criteria(
    criteria: pd.DataFrame,
    formation: Formation,
    of_asset: Mapping[str, str],
    *,
    completed: Collection[str],
) -> pd.DataFrame:
    """Return the criteria by the units of the day.

    A target was set for a unit of the plan, so that its state in a later unit is no sum: the
    status is what all former units have that the plan holds against the criterion, and `mixed`
    where they differ. `state` is missing where they differ in it. A criterion of a village stays
    the village's own.

    Parameters
    ----------
    criteria
        As the district holds them.
    formation
        The units of the day.
    of_asset
        What `unit_code` of each asset has become, by `asset_id`.
    completed
        Ids of the works that are completed.

    Returns
    -------
    criteria
        The same columns; works and measures that feed several of the former units count once.
        New: `parts` (status by code of the plan's unit, "01=in_hand|02=maintained"), `unheld`
        (codes of the former units that the plan does not hold against it, "|"-joined),
        `units_day`.
    """
    groups: dict[tuple[str, str, str | None], list[Cells]] = {}
    for row in _plain(criteria):
        asset = row["asset_id"]
        code = row["unit_code"]
        key = formation.keys.get(code, code) if asset is None else of_asset[asset]
        groups.setdefault((row["criterion"], key, asset), []).append(row)
    made = [_merged(key, rows, formation, completed) for (_, key, _), rows in groups.items()]
    frame = pd.DataFrame(made, columns=[*criteria.columns, "parts", "unheld"])
    return with_day(frame.astype(criteria.dtypes.to_dict()), formation)


def _merged(
    key: str, rows: Sequence[Cells], formation: Formation, completed: Collection[str]
) -> dict[str, Any]:
    """Return one row for one criterion of a later unit."""
    first = rows[0]
    own = _distinct(part for row in rows for part in _split(row["work_ids"])[: row["works"]])
    shared = _distinct(part for row in rows for part in _split(row["work_ids"])[row["works"] :])
    measures = _distinct(part for row in rows for part in _split(row["measure_ids"]))
    held = {row["unit_code"]: row["status"] for row in rows}
    former = formation.plan_codes(key) if first["asset_id"] is None else ()
    unheld = [code for code in formation.plan_units if code in former and code not in held]
    return {
        **first,
        "unit_code": key,
        "unit_name": formation.names.get(key, first["unit_name"]),
        "state": _one_of((row["state"] for row in rows), None),
        "status": _one_of(held.values(), CriterionStatus.MIXED.value),
        "works": len(own),
        "works_shared": len(shared),
        "works_completed": sum(work in completed for work in own + shared),
        "work_ids": "|".join(own + shared),
        "measures": len(measures),
        "measure_ids": "|".join(measures),
        "office": "|".join(_distinct(part for row in rows for part in _split(row["office"]))),
        "clause": "; ".join(_distinct(row["clause"] for row in rows)) or None,
        "parts": "|".join(f"{code}={status}" for code, status in held.items()),
        "unheld": "|".join(unheld) or None,
    }


def _plain(criteria: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain values; what is missing is None."""
    rows = criteria.astype(object).where(criteria.notna(), None).to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def _split(cell: str | None) -> list[str]:
    return cell.split("|") if cell else []


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _one_of(values: Iterable[str | None], otherwise: str | None) -> str | None:
    """Return the value that all have, else what stands for several."""
    found = set(values)
    return found.pop() if len(found) == 1 else otherwise
