"""Sketch a place for every asset that nobody has surveyed yet: made-up geometry, no survey.

A line has the planned length and lies in its unit, a point lies in its unit; nothing else about
them is known. They stand on the map so that a work can be clicked before its place is measured.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from ntm_geo.crs import GEOGRAPHIC, require_crs
from ntm_geo.errors import Problem, SketchError, Text, raise_all
from ntm_geo.sketch.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from ntm_geo.sketch.lattice import Floats

DECIMALS = 7
LENGTH_ERROR_M = 0.2
GEOD = pyproj.Geod(ellps="WGS84")


def sketch_assets(
    assets: pd.DataFrame,
    units: gpd.GeoDataFrame,
    *,
    crs: Any,
    taken: gpd.GeoSeries | None = None,
) -> gpd.GeoDataFrame:
    require_crs(units, name="units")
    raise_all(SketchError, _problems(assets))
    to_plane = pyproj.Transformer.from_crs(GEOGRAPHIC, crs, always_xy=True)
    shapes = dict(zip(units["unit_code"], units.geometry.to_crs(crs), strict=True))
    there = [] if taken is None else list(taken.to_crs(crs))
    there = [one for one in there if one is not None and not one.is_empty]
    found: dict[str, BaseGeometry] = {}
    rows = assets[["asset_id", "unit_code", "length_m"]].sort_values("asset_id", kind="stable")
    at_home = rows["unit_code"].isin(shapes.keys())
    for code, group in rows[at_home].groupby("unit_code", sort=True):
        found |= _placed(group, shapes[code], there, to_plane)
    if not at_home.all():
        whole = shapely.union_all(list(shapes.values()))
        plane = [shapely.transform(one, lambda c: _to(to_plane, c)) for one in found.values()]
        found |= _placed(rows[~at_home], whole, [*there, *plane], to_plane)
    geometry = gpd.GeoSeries(
        [found[i] for i in assets["asset_id"]], index=assets.index, crs=GEOGRAPHIC
    )
    return gpd.GeoDataFrame(
        {"asset_id": assets["asset_id"], "geometry": geometry, "position": "sketch"},
        geometry="geometry",
    )


def _problems(assets: pd.DataFrame) -> Iterator[Problem]:
    return iter(())


def _to(to_plane: pyproj.Transformer, lonlat: Floats) -> Floats:
    return np.column_stack(to_plane.transform(*lonlat.T))


def _back(to_plane: pyproj.Transformer, points: Floats) -> Floats:
    return np.round(np.column_stack(to_plane.transform(*points.T, direction="INVERSE")), DECIMALS)


def _placed(
    rows: pd.DataFrame, shape: BaseGeometry, there: list[BaseGeometry], to_plane: pyproj.Transformer
) -> dict[str, BaseGeometry]:
    """Places for the assets of one polygon, lines first, in the order of the rows."""
    near = [one for one in there if shapely.dwithin(one, shape, 0.0)]
    room = Room(shape, near)
    found: dict[str, BaseGeometry] = {}
    is_line = rows["length_m"].notna()
    for asset_id, length_m in zip(
        rows["asset_id"][is_line], rows["length_m"][is_line], strict=True
    ):
        found[asset_id] = _line(room, asset_id, float(length_m), to_plane)
    for asset_id in rows["asset_id"][~is_line]:
        spot = room.best_spot()
        if spot is None:
            raise SketchError(Problem(what=Text("x", "no room"), found=asset_id))
        room.add(shapely.Point(spot))
        found[asset_id] = shapely.Point(_back(to_plane, spot[None])[0])
    return found


def _line(
    room: Room, asset_id: str, length_m: float, to_plane: pyproj.Transformer
) -> shapely.LineString:
    """A line of the exact geodesic length in a room; the same id always turns the same way."""
    chance = zlib.crc32(asset_id.encode())
    turn, bend = np.pi * (chance % 360) / 360, (chance // 360 % 201 - 100) / 100
    line = room.best_line(length_m, turn, bend)
    if line is None:
        raise SketchError(Problem(what=Text("x", "no room"), found=asset_id))
    middle = line.mean(axis=0)
    for _ in range(4):
        lonlat = _back(to_plane, line)
        measured = GEOD.line_length(*lonlat.T)
        if abs(measured - length_m) < LENGTH_ERROR_M / 4:
            break
        line = middle + (line - middle) * (length_m / measured)
    room.add(shapely.LineString(line))
    return shapely.LineString(lonlat)
