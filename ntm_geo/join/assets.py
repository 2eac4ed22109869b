"""Assets with their geometry, real or sketched, and what the works on them say together."""

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm_geo.criteria import criterion_key
from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import SketchError
from ntm_geo.join.units import SKETCH_SOURCE
from ntm_geo.lengths import geodesic_lengths_m, without_copies
from ntm_geo.model import Position, Status, Target, Work, WorkMeasure
from ntm_geo.schemas import Record
from ntm_geo.sketch import sketch_assets


def assets_with_geometry(
    record: Record, units: gpd.GeoDataFrame, real: gpd.GeoDataFrame | None
) -> gpd.GeoDataFrame:
    """Return the assets with their geometry; what has no real one is sketched.

    Parameters
    ----------
    record
        A checked record.
    units
        The units with their polygons, EPSG:4326.
    real
        Real geometry in EPSG:4326, indexed by `asset_id`, columns `position` and `source`.

    Returns
    -------
    assets
        EPSG:4326, in the record's order; columns `asset_id`, `layer`, `class`, `name`,
        `unit_code`, `unit_name`, `count`, `note`, `asset_clause`, `position`, `source`, `placed`
        (false for a sketch of what belongs to the whole district), `length_m` of lines, each
        stretch once [m], `geometry`.

    Raises
    ------
    SketchError
        No sketch can be drawn, such as a road that its unit cannot hold.
    """
    names = record.unit_names()
    planned = _planned_lengths_m(record.works)
    table = pd.DataFrame(
        {
            "asset_id": [asset.asset_id for asset in record.assets],
            "layer": [asset.layer.value for asset in record.assets],
            "class": [asset.class_.value for asset in record.assets],
            "name": [asset.name for asset in record.assets],
            "unit_code": [asset.unit_code for asset in record.assets],
            "unit_name": [names[asset.unit_code] for asset in record.assets],
            "count": pd.array([asset.count for asset in record.assets], dtype="Int64"),
            "note": [asset.note for asset in record.assets],
            "asset_clause": [asset.clause for asset in record.assets],
        }
    )
    known = real.reindex(table["asset_id"]) if real is not None else None
    is_real = known.geometry.notna().to_numpy() if known is not None else np.zeros(len(table), bool)
    geometry = np.full(len(table), None, dtype=object)
    position = np.full(len(table), Position.SKETCH.value, dtype=object)
    origin = np.full(len(table), SKETCH_SOURCE, dtype=object)
    if known is not None:
        geometry[is_real] = known.geometry.to_numpy()[is_real]
        position[is_real] = known["position"].to_numpy()[is_real]
        origin[is_real] = known["source"].to_numpy()[is_real]
    wanted = table.loc[~is_real, ["asset_id", "unit_code"]].assign(
        length_m=lambda rows: rows["asset_id"].map(planned).astype(float)
    )
    if len(wanted):
        # Names of the units stand at their centres: a sketched symbol keeps clear of them.
        centres = np.asarray(shapely.points(units["lon"], units["lat"]), dtype=object)
        taken = gpd.GeoSeries(np.append(geometry[is_real], centres), crs=GEOGRAPHIC)
        crs = record.project.working_crs
        try:
            sketch = sketch_assets(wanted, units[["unit_code", "geometry"]], crs=crs, taken=taken)
        except SketchError as error:
            raise SketchError(*(p.at(file=record.works.file) for p in error.problems)) from error
        geometry[~is_real] = sketch.geometry.to_numpy()
    # A made-up point of what belongs to the whole district says nothing about where it lies.
    placed = is_real | (table["unit_code"] != record.project.district.code).to_numpy()
    frame = gpd.GeoDataFrame(
        table.assign(position=position, source=origin, placed=placed),
        geometry=geometry,
        crs=GEOGRAPHIC,
    )
    return frame.assign(length_m=geodesic_lengths_m(without_copies(frame.geometry)))


def _planned_lengths_m(works: Iterable[Work]) -> dict[str, float]:
    """Length that the plan gives to an asset, from the longest work measured in km [m]."""
    planned: dict[str, float] = {}
    for work in works:
        if work.measure == WorkMeasure.KM and work.quantity:
            length = work.quantity * 1000.0
            planned[work.asset_id] = max(planned.get(work.asset_id, 0.0), length)
    return planned


def with_works(
    assets: gpd.GeoDataFrame, works: gpd.GeoDataFrame, targets: Iterable[Target]
) -> gpd.GeoDataFrame:
    """Add to each asset what its works say together, and what the plan wants of a village.

    Where the plan does nothing to an asset, its status is empty, and its clause the asset's own.

    Parameters
    ----------
    assets
        As `assets_with_geometry` returns them.
    works
        As `works_frame` returns them.
    targets
        The plan's targets; those of villages name an asset.

    Returns
    -------
    assets
        With `works` (how many), `overdue`, `quantity` and `measure` (where just one work is
        measured), `criterion`, `status`, `office`, `clause`, `work_names`, `target`.
    """
    groups = dict(iter(works.groupby("asset_id", sort=False)))
    merged = [_merge_works(groups.get(asset_id)) for asset_id in assets["asset_id"]]
    joined = assets.join(pd.DataFrame(merged, index=assets.index, columns=list(_merge_works(None))))
    of_asset = {target.asset_id: target for target in targets if target.asset_id}
    goals = [of_asset.get(asset_id) for asset_id in joined["asset_id"]]
    keys = [criterion_key(goal.set, goal.number) if goal else None for goal in goals]
    own = pd.Series(np.array(keys, dtype=object), index=joined.index)
    return joined.assign(
        target=np.array([goal.state.value if goal else None for goal in goals], dtype=object),
        criterion=joined["criterion"].where(joined["criterion"].notna(), own),
        clause=joined["clause"].where(joined["clause"].notna(), joined["asset_clause"]),
    )


def _merge_works(rows: pd.DataFrame | None) -> dict[str, object]:
    if rows is None:
        empty = ("criterion", "status", "measure", "office", "clause", "work_names")
        return {"works": 0, "overdue": False, "quantity": np.nan, **dict.fromkeys(empty)}
    live = rows[rows["status"] != Status.CANCELLED]
    measured = live.dropna(subset=["measure"])
    # Figures of different works do not add up: 1.5 km hardened and lit is no 3 km of road.
    one = measured.iloc[0] if len(measured) == 1 else None
    return {
        "works": len(rows),
        "overdue": bool(rows["overdue"].any()),
        "quantity": np.nan if one is None else one["quantity"],
        "criterion": "|".join(dict.fromkeys(rows["criterion"].dropna())),
        "status": merge_status(Status(status) for status in rows["status"]).value,
        "measure": None if one is None else one["measure"],
        "office": "|".join(dict.fromkeys("|".join(rows["office"]).split("|"))),
        "clause": "; ".join(dict.fromkeys(rows["clause"])),
        "work_names": "; ".join(rows["name"]),
    }


def merge_status(statuses: Iterable[Status]) -> Status:
    """Return one status for several works on one asset.

    Cancelled works count only where there is nothing else; what is partly completed is in
    progress.

    Examples
    --------
    >>> merge_status([Status.COMPLETED, Status.NOT_STARTED])
    <Status.IN_PROGRESS: 'in_progress'>
    """
    every = set(statuses)
    live = every - {Status.CANCELLED}
    if not live:
        return Status.CANCELLED
    if len(live) == 1:
        return live.pop()
    if live & {Status.COMPLETED, Status.IN_PROGRESS}:
        return Status.IN_PROGRESS
    return Status.PREPARATION
