"""Sketch a place for every asset that nobody has surveyed yet: made-up geometry, no survey.

A line has the planned length and lies in its unit, a point lies in its unit; nothing else about
them is known. They stand on the map so that a work can be clicked before its place is measured.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from ntm_geo.crs import GEOGRAPHIC, find_crs_problem, require_crs
from ntm_geo.errors import Problem, SketchError, Text, raise_all
from ntm_geo.lengths import WGS84
from ntm_geo.model import Position
from ntm_geo.sketch.figures import asset_problems
from ntm_geo.sketch.plane import Plane
from ntm_geo.sketch.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from shapely.geometry.base import BaseGeometry

LENGTH_ERROR_M = 0.05
"""A line is drawn anew until its length on the ellipsoid is right to this [m]."""


def sketch_assets(
    assets: pd.DataFrame,
    units: gpd.GeoDataFrame,
    *,
    crs: str,
    taken: gpd.GeoSeries | None = None,
) -> gpd.GeoDataFrame:
    """Make up a place for every asset inside its unit. This is no survey.

    A line has the planned length and bends gently, or is folded to and fro where it would not fit
    otherwise; a point stands far from all others. Where in the unit they stand means nothing.

    Parameters
    ----------
    assets
        Columns `asset_id`, unique; `unit_code`; `length_m` [m], NaN for what is no line. An asset
        whose unit_code is not in `units` belongs to the district: it gets a place anywhere inside.
    units
        Polygons, surveyed or sketched, in any CRS, with `unit_code`.
    crs
        Projected working CRS in metres, such as the zone of VN-2000.
    taken
        What is there already and must not be touched, in any CRS.

    Returns
    -------
    sketch
        EPSG:4326, rounded to 1e-7 degree; index and order of `assets`; columns `asset_id`,
        `geometry`, `position` ("sketch"). Lines are as long as planned, to 0.2 m on the WGS 84
        ellipsoid, and cross neither themselves nor anything else; everything lies strictly within
        its unit. The same figures give the same bytes, in whatever order the rows come.

    Raises
    ------
    CrsError
        `units` or `taken` do not state their CRS.
    SketchError
        A code stands twice, a length is not positive, a unit has no polygon, or there is no room.

    Notes
    -----
    In each unit lines are placed first, then points, both in the order of `asset_id`; assets of the
    district come last. The place of an asset depends on those placed before it and on nothing
    else, so a new asset leaves all those alone that come before it. Only where a line finds no room
    in this order is its unit filled anew, the longest lines first.

    Spots are chosen farthest first (Gonzalez 1985, Theor. Comput. Sci. 38) on a hexagonal grid.

    Examples
    --------
    >>> import pandas as pd
    >>> unit = gpd.GeoDataFrame(
    ...     {"unit_code": ["a"]}, geometry=[shapely.box(108.5, 14.1, 108.6, 14.2)], crs="EPSG:4326"
    ... )
    >>> plan = pd.DataFrame(
    ...     {"asset_id": ["road", "school"], "unit_code": "a", "length_m": [1500.0, None]}
    ... )
    >>> sketch = sketch_assets(plan, unit, crs="EPSG:9218")
    >>> sketch.geom_type.tolist(), round(WGS84.geometry_length(sketch.geometry[0]))
    (['LineString', 'Point'], 1500)
    """
    require_crs(units, name="units")
    raise_all(SketchError, _problems(assets, units, crs))
    plane = Plane.of(crs)
    rows = assets[["asset_id", "unit_code", "length_m"]]
    rows = rows.iloc[np.argsort(rows["asset_id"].to_numpy(dtype=str), kind="stable")]
    found = _all_placed(rows, _shapes(units), _taken(taken, plane), plane)
    geometry = np.empty(len(assets), dtype=object)
    geometry[:] = [found[one] for one in assets["asset_id"]]
    return gpd.GeoDataFrame(
        {"asset_id": assets["asset_id"], "geometry": geometry, "position": Position.SKETCH.value},
        index=assets.index,
        crs=GEOGRAPHIC,
    )


def _problems(assets: pd.DataFrame, units: gpd.GeoDataFrame, crs: str) -> list[Problem]:
    wrong_crs = find_crs_problem(crs)
    found = list(asset_problems(assets, units))
    return found if wrong_crs is None else [wrong_crs.at(column="crs"), *found]


def _shapes(units: gpd.GeoDataFrame) -> dict[str, BaseGeometry]:
    """Return valid polygons of the units in degrees, by code."""
    geometry = shapely.make_valid(np.asarray(units.geometry.to_crs(GEOGRAPHIC), dtype=object))
    return dict(zip(units["unit_code"], geometry, strict=True))


def _taken(taken: gpd.GeoSeries | None, plane: Plane) -> list[BaseGeometry]:
    """Return what is there already, in the plane."""
    if taken is None or taken.empty:
        return []
    require_crs(taken, name="taken")
    there = np.asarray(taken.to_crs(GEOGRAPHIC), dtype=object)
    there = there[~(shapely.is_missing(there) | shapely.is_empty(there))]
    return list(plane.shapes(there))


def _all_placed(
    rows: pd.DataFrame, shapes: dict[str, BaseGeometry], there: list[BaseGeometry], plane: Plane
) -> dict[str, BaseGeometry]:
    """Places for all assets: unit by unit, then those of the district."""
    found: dict[str, BaseGeometry] = {}
    at_home = rows["unit_code"].isin(list(shapes))
    for code, group in rows[at_home].groupby("unit_code", sort=True):
        found |= _placed(group, shapes[str(code)], there, plane)
    if not at_home.all():
        whole = shapely.union_all(list(shapes.values()))
        sketched = np.empty(len(found), dtype=object)
        sketched[:] = list(found.values())
        found |= _placed(rows[~at_home], whole, [*there, *plane.shapes(sketched)], plane)
    return found


def _placed(
    rows: pd.DataFrame, shape: BaseGeometry, there: list[BaseGeometry], plane: Plane
) -> dict[str, BaseGeometry]:
    """Places for the assets of one polygon: in the order of the rows if that can be had."""
    flat = plane.shapes(np.array([shape], dtype=object))[0]
    bounds = shapely.box(*flat.bounds)
    near = [one for one in there if shapely.intersects(one, bounds)]
    is_line = rows["length_m"].notna()
    lines, points = rows[is_line], rows.loc[~is_line, "asset_id"]
    by_length = lines.sort_values("length_m", ascending=False, kind="stable")
    shapely.prepare(shape)
    lost = ""
    for order in (lines, by_length):
        found = {}
        for asset_id, place in _fill(order, points, Room(flat, near), plane):
            if place is None or not shapely.contains_properly(shape, place):
                lost = asset_id
                break
            found[asset_id] = place
        else:
            return found
    raise _no_room(lost, str(rows["unit_code"].iloc[0]))


def _no_room(asset_id: str, unit_code: str) -> SketchError:
    return SketchError(
        Problem(
            what=Text(
                f"{asset_id} không còn chỗ trong {unit_code}",
                f"there is no room for {asset_id} in {unit_code}",
            ),
            todo=Text("kiểm tra length_m và ranh giới", "check length_m and the boundary"),
        )
    )


def _fill(
    lines: pd.DataFrame, points: pd.Series[str], room: Room, plane: Plane
) -> Iterator[tuple[str, BaseGeometry | None]]:
    """Fill a room, one asset after the other; None stands for what finds no place."""
    for asset_id, length_m in zip(lines["asset_id"], lines["length_m"], strict=True):
        yield asset_id, _line(room, asset_id, float(length_m), plane)
    for asset_id in points:
        spot = room.best_spot()
        if spot is None:
            yield asset_id, None
        else:
            room.add(shapely.Point(spot))
            yield asset_id, shapely.Point(plane.degrees(spot[None])[0])


def _line(room: Room, asset_id: str, length_m: float, plane: Plane) -> BaseGeometry | None:
    """Draw a line of the exact geodesic length; the same id always takes the same direction."""
    chance = zlib.crc32(asset_id.encode())
    turn, bend = np.pi * (chance % 360) / 360, (chance // 360 % 201 - 100) / 100
    line = room.best_line(length_m, turn, bend)
    if line is None:
        return None
    middle = line.mean(axis=0)
    lonlat = plane.degrees(line)
    for _ in range(5):
        measured_m = float(WGS84.line_length(lonlat[:, 0], lonlat[:, 1]))
        if abs(measured_m - length_m) < LENGTH_ERROR_M:
            break
        line = middle + (line - middle) * (length_m / max(measured_m, 1e-6))
        lonlat = plane.degrees(line)
    room.add(shapely.LineString(line))
    return shapely.LineString(lonlat)
