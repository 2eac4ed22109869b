"""The record's tables joined with geometry, progress and criteria: the district as frames."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm_geo.criteria import criteria_frame, criterion_key
from ntm_geo.crs import GEOGRAPHIC, require_same_crs
from ntm_geo.errors import SketchError, Text
from ntm_geo.lengths import geodesic_lengths_m
from ntm_geo.model import (
    FINISHED,
    CriteriaSet,
    CriterionStatus,
    Position,
    Project,
    Status,
    Target,
    Work,
    WorkMeasure,
)
from ntm_geo.names import Named
from ntm_geo.progress import WorkProgress, data_date, month_end, status_as_of
from ntm_geo.schemas import Record
from ntm_geo.sketch import sketch_assets, sketch_units

if TYPE_CHECKING:
    from numpy.typing import NDArray

SKETCH_SOURCE = "ntm-geo: sơ họa từ bảng diện tích, tâm và giáp ranh; không phải đo đạc"


@dataclass(frozen=True)
class District:
    """A district as of a day: frames in EPSG:4326, one row a thing, in the record's order.

    Attributes
    ----------
    units
        Administrative units with counts of their criteria (main set) and works.
    assets
        What stands on the ground, with what the works on it say together.
    works
        The works of the plan, each with its asset's geometry and its progress.
    criteria
        Each criterion of each unit, without geometry.
    """

    project: Project
    criteria_sets: Mapping[str, CriteriaSet]
    as_of: date
    data_until: date
    units: gpd.GeoDataFrame
    assets: gpd.GeoDataFrame
    works: gpd.GeoDataFrame
    criteria: pd.DataFrame
    unit_names: tuple[Named, ...]
    office_names: tuple[Named, ...]
    funding_names: Mapping[str, Text]
    reported_units: frozenset[str]


def join_district(
    record: Record,
    *,
    as_of: date,
    unit_geometry: gpd.GeoDataFrame | None = None,
    asset_geometry: gpd.GeoDataFrame | None = None,
) -> District:
    """Join everything that is known of a district as of a day.

    Parameters
    ----------
    record
        A checked record.
    as_of
        The day: only reports of months that ended by then count.
    unit_geometry, asset_geometry
        Real geometry in EPSG:4326, indexed by `unit_code` and `asset_id`, with columns
        `position` and `source`; it wins over the sketch, thing by thing.

    Raises
    ------
    SketchError
        No sketch can be drawn from the units' figures.
    CrsError
        Geometry is not in EPSG:4326.
    """
    progress = status_as_of(
        record.works, record.reports, as_of=as_of, default_due=record.project.default_due
    )
    criteria = criteria_frame(record, progress)
    units = _units_with_geometry(record, unit_geometry)
    assets = _assets_with_geometry(record, units, asset_geometry)
    works = _works_frame(record, assets, progress)
    counted = [report for report in record.reports if month_end(report.month) <= as_of]
    return District(
        project=record.project,
        criteria_sets=record.criteria_sets,
        as_of=as_of,
        data_until=data_date(counted, plan_date=record.project.plan_date),
        units=_with_counts(units, criteria, works, record.project.main_set),
        assets=_with_works(assets, works, record.targets),
        works=works,
        criteria=criteria,
        unit_names=record.place_names(),
        office_names=tuple(
            Named(office.office_id, "office", (office.name, office.name_en))
            for office in record.offices
        ),
        funding_names={
            source.source_id: Text(source.name, source.name_en) for source in record.budget
        },
        reported_units=frozenset(report.unit_code for report in counted),
    )


# --- geometry ----------------------------------------------------------------------------------


def _units_with_geometry(record: Record, real: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    table = pd.DataFrame(
        {
            "unit_code": [unit.unit_code for unit in record.units],
            "name": [unit.name for unit in record.units],
            "kind": [unit.kind.value for unit in record.units],
            "area_km2": [unit.area_km2 for unit in record.units],
            "population": pd.array([u.population for u in record.units], dtype="Int64"),
            "lon": [unit.lon for unit in record.units],
            "lat": [unit.lat for unit in record.units],
            "figures_source": [unit.source for unit in record.units],
        }
    )
    known = real.reindex(table["unit_code"]) if real is not None else None
    if known is not None and known.geometry.notna().all():
        geometry, position = known.geometry.to_numpy(), known["position"].to_numpy()
        origin = known["source"].to_numpy()
    else:
        geometry, position, origin = _sketched_units(record, table, known)
    return gpd.GeoDataFrame(
        table.assign(position=position, source=origin),
        geometry=geometry,
        crs=GEOGRAPHIC,
    )


def _sketched_units(
    record: Record, table: pd.DataFrame, known: gpd.GeoDataFrame | None
) -> tuple["NDArray[np.object_]", "NDArray[np.object_]", "NDArray[np.object_]"]:
    """Sketch the units; where some have real geometry the sketch of the others gives way to it."""
    neighbours = pd.DataFrame(
        [(n.unit_code, n.neighbour_code, n.border_km) for n in record.neighbours],
        columns=["unit_code", "neighbour_code", "border_km"],
    )
    try:
        sketch = sketch_units(table, neighbours, crs=record.project.working_crs)
    except SketchError as error:
        raise SketchError(*(p.at(file=record.units.file) for p in error.problems)) from error
    geometry = sketch.geometry.to_numpy()
    position = np.full(len(table), Position.SKETCH.value, dtype=object)
    origin = np.full(len(table), SKETCH_SOURCE, dtype=object)
    if known is None:
        return geometry, position, origin
    require_same_crs(sketch, known, names=("sketch", "gis/geometry"))
    is_real = known.geometry.notna().to_numpy()
    real = shapely.union_all(known.geometry.to_numpy()[is_real])
    left = _largest_parts(shapely.difference(geometry, real))
    # A unit that real neighbours cover altogether keeps its sketch: better twice than nowhere.
    left = np.where(shapely.is_empty(left), geometry, left)
    geometry = np.where(is_real, known.geometry.to_numpy(), left)
    position[is_real] = known["position"].to_numpy()[is_real]
    origin[is_real] = known["source"].to_numpy()[is_real]
    return geometry, position, origin


def _largest_parts(geometry: "NDArray[np.object_]") -> "NDArray[np.object_]":
    parts, owner = shapely.get_parts(geometry, return_index=True)
    largest = geometry.copy()
    for number in range(len(geometry)):
        mine = parts[owner == number]
        if len(mine) > 1:
            largest[number] = mine[np.argmax(shapely.area(mine))]
    return largest


def _assets_with_geometry(
    record: Record, units: gpd.GeoDataFrame, real: gpd.GeoDataFrame | None
) -> gpd.GeoDataFrame:
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
    return frame.assign(length_m=geodesic_lengths_m(frame.geometry))


def _planned_lengths_m(works: Iterable[Work]) -> dict[str, float]:
    """Length that the plan gives to an asset, from the longest work measured in km [m]."""
    planned: dict[str, float] = {}
    for work in works:
        if work.measure == WorkMeasure.KM and work.quantity:
            length = work.quantity * 1000.0
            planned[work.asset_id] = max(planned.get(work.asset_id, 0.0), length)
    return planned


# --- works -------------------------------------------------------------------------------------


def _works_frame(
    record: Record, assets: gpd.GeoDataFrame, progress: Mapping[str, WorkProgress]
) -> gpd.GeoDataFrame:
    works = list(record.works)
    states = [progress[work.work_id] for work in works]
    place = assets.set_index("asset_id").loc[[work.asset_id for work in works]]
    default_due = record.project.default_due
    table = pd.DataFrame(
        {
            "work_id": [work.work_id for work in works],
            "asset_id": [work.asset_id for work in works],
            "name": [work.name for work in works],
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
            "position": place["position"].to_numpy(),
            "source": place["source"].to_numpy(),
            "placed": place["placed"].to_numpy(),
            "length_m": place["length_m"].to_numpy(),
        }
    ).astype({"overdue": bool, "placed": bool, "quantity": float, "done": float, "length_m": float})
    return gpd.GeoDataFrame(table, geometry=place.geometry.to_numpy(), crs=GEOGRAPHIC)


def _with_works(
    assets: gpd.GeoDataFrame, works: gpd.GeoDataFrame, targets: Iterable[Target]
) -> gpd.GeoDataFrame:
    """Add to each asset what its works say together, and what the plan wants of a village.

    Where the plan does nothing to an asset, its status is empty, and its clause the asset's own.
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


def _with_counts(
    units: gpd.GeoDataFrame, criteria: pd.DataFrame, works: gpd.GeoDataFrame, main_set: str
) -> gpd.GeoDataFrame:
    """Add counts of the main set's criteria and of the works to each unit."""
    main = criteria[criteria["set"] == main_set]
    by_unit = pd.crosstab(main["unit_code"], main["status"])
    by_unit = by_unit.reindex(columns=[status.value for status in CriterionStatus], fill_value=0)
    counts = by_unit.reindex(units["unit_code"]).set_axis(units.index).astype("Int64")
    unfinished = works[~works["status"].isin([status.value for status in FINISHED])]
    return units.assign(
        criteria_total=counts.sum(axis=1, min_count=1),
        criteria_met=counts[CriterionStatus.MAINTAINED.value],
        criteria_achieved=counts[CriterionStatus.ACHIEVED.value],
        criteria_in_hand=counts[CriterionStatus.IN_HAND.value],
        criteria_unfed=counts[CriterionStatus.UNFED.value],
        works=_count_by_unit(works, units["unit_code"]),
        works_unfinished=_count_by_unit(unfinished, units["unit_code"]),
        works_overdue=_count_by_unit(works[works["overdue"]], units["unit_code"]),
    )


def _count_by_unit(works: pd.DataFrame, unit_codes: "pd.Series[str]") -> "pd.Series[int]":
    counts = works["unit_code"].value_counts()
    return unit_codes.map(counts).fillna(0).astype(int)
