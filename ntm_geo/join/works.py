"""The works of the plan, each with its asset's geometry and its progress."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from ntm_geo.criteria import criterion_key
from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.progress import WorkProgress
from ntm_geo.schemas import Record


def works_frame(
    record: Record, assets: gpd.GeoDataFrame, progress: Mapping[str, WorkProgress]
) -> gpd.GeoDataFrame:
    """Return the works, each with its asset's place and its progress.

    Parameters
    ----------
    record
        A checked record.
    assets
        As `assets_with_geometry` returns them.
    progress
        Each work's progress, by `work_id`.

    Returns
    -------
    works
        EPSG:4326, in the record's order. From the plan: `work_id`, `asset_id`, `name`,
        `unit_code`, `kind`, `set`, `number`, `criterion`, `quantity` [measure], `measure`, `due`
        (ISO), `due_stated` (false where it is the project's), `office` and `funding` ("|"-joined),
        `office_clause`, `clause`, `note`. From the reports: `status`, `overdue`, `reported`
        ("2023-03"), `done` [measure], `report_note`. From the photographs, whenever they were
        taken: `photos` (how many show it), `last_photo` (ISO day, missing where no camera said).
        From the asset: `asset_name`, `layer`, `class`, `unit_name`, `position`, `source`, `placed`,
        `length_m` [m], `geometry`.
    """
    works = list(record.works)
    states = [progress[work.work_id] for work in works]
    taken = _days_of_photos(record)
    place = assets.set_index("asset_id").loc[[work.asset_id for work in works]]
    default_due = record.project.default_due
    table = pd.DataFrame(
        {
            "work_id": [work.work_id for work in works],
            "asset_id": [work.asset_id for work in works],
            "name": [work.name for work in works],
            "asset_name": place["name"].to_numpy(),
            "layer": place["layer"].to_numpy(),
            "class": place["class"].to_numpy(),
            "unit_code": [work.unit_code for work in works],
            "unit_name": place["unit_name"].to_numpy(),
            "kind": [work.kind.value for work in works],
            "set": [work.set for work in works],
            "number": pd.array([work.number for work in works], dtype="Int64"),
            "criterion": [criterion_key(work.set, work.number) for work in works],
            "status": [state.status.value for state in states],
            "overdue": [state.overdue for state in states],
            "reported": [
                state.reported.strftime("%Y-%m") if state.reported else None for state in states
            ],
            "quantity": [work.quantity for work in works],
            "measure": [work.measure.value if work.measure else None for work in works],
            "done": [state.done for state in states],
            "due": [(work.due or default_due).isoformat() for work in works],
            "due_stated": [work.due is not None for work in works],
            "office": ["|".join(work.office) for work in works],
            "office_clause": [work.office_clause for work in works],
            "funding": ["|".join(work.funding) for work in works],
            "clause": [work.clause for work in works],
            "note": [work.note for work in works],
            "report_note": [state.note for state in states],
            "photos": [len(taken.get(work.work_id, ())) for work in works],
            "last_photo": [max(taken.get(work.work_id, [""])) or None for work in works],
            "position": place["position"].to_numpy(),
            "source": place["source"].to_numpy(),
            "placed": place["placed"].to_numpy(),
            "length_m": place["length_m"].to_numpy(),
        }
    ).astype({"overdue": bool, "placed": bool, "quantity": float, "done": float, "length_m": float})
    return gpd.GeoDataFrame(table, geometry=place.geometry.to_numpy(), crs=GEOGRAPHIC)


def _days_of_photos(record: Record) -> dict[str, list[str]]:
    """Return the day of each photograph of a work, by `work_id`; empty where no camera said."""
    days: dict[str, list[str]] = {}
    for photo in record.photos:
        day = photo.taken_at.date().isoformat() if photo.taken_at else ""
        days.setdefault(photo.work_id, []).append(day)
    return days
