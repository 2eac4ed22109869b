"""What is wrong with the figures that a sketch is to be made from: every problem there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely

from ntm_geo.crs import find_crs_problem
from ntm_geo.errors import Problem, SketchError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)

USE_MARGIN = 1.0
"""A centre may lie this far outside the bounds for which a CRS is made [degree]."""

_POSITIVE = Text("số lớn hơn 0", "a number above 0")
_ONCE = Text("mỗi mã một dòng", "one row for each code")


def unit_problems(
    units: pd.DataFrame, neighbours: pd.DataFrame | None, crs: str
) -> Iterator[Problem]:
    """Say why units cannot be sketched from these tables."""
    wrong_crs = find_crs_problem(crs)
    if wrong_crs:
        yield wrong_crs.at(column="crs")
    if units.empty:
        yield Problem(what=Text("không có đơn vị nào", "there are no units"), column="unit_code")
    yield from _repeated(units["unit_code"], "unit_code")
    yield from _not_positive(units["unit_code"], units["area_km2"], "area_km2")
    placed = np.ones(len(units), dtype=bool)
    for column, limit in (("lon", 180.0), ("lat", 90.0)):
        degrees = units[column].astype(float)
        bad = ~(degrees.abs() <= limit).to_numpy()
        placed &= ~bad
        allowed = Text(f"từ -{limit:g} đến {limit:g} độ", f"-{limit:g} to {limit:g} degrees")
        for code, value in zip(units["unit_code"][bad], degrees[bad], strict=True):
            what = Text(f"tâm của {code} không có tọa độ", f"the centre of {code} has no place")
            yield Problem(what=what, found=str(value), allowed=allowed, column=column)
    if placed.all() and not wrong_crs:
        yield from _centre_problems(units, crs)
    if neighbours is not None:
        yield from _neighbour_problems(units, neighbours)


def asset_problems(assets: pd.DataFrame, units: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Say why assets cannot be sketched from these tables."""
    yield from _repeated(assets["asset_id"], "asset_id")
    yield from _repeated(units["unit_code"], "unit_code")
    lines = assets[assets["length_m"].notna()]
    yield from _not_positive(lines["asset_id"], lines["length_m"], "length_m")
    shapes = np.asarray(units.geometry, dtype=object)
    area = np.isin(shapely.get_type_id(shapes), POLYGONS) & ~shapely.is_empty(shapes)
    for code in units["unit_code"][~area]:
        what = Text(f"{code} không có vùng", f"{code} has no polygon")
        todo = Text("bổ sung ranh giới", "give it a boundary")
        yield Problem(what=what, todo=todo, column="geometry")
    if units.empty and len(assets):
        yield Problem(what=Text("không có đơn vị nào", "there are no units"), column="unit_code")


def _repeated(codes: pd.Series[str], column: str) -> Iterator[Problem]:
    for code in sorted(set(codes[codes.duplicated()])):
        what = Text("mã lặp lại", "a code stands twice")
        yield Problem(what=what, found=str(code), allowed=_ONCE, column=column)


def _not_positive(
    names: pd.Series[str], values: pd.Series[float], column: str
) -> Iterator[Problem]:
    numbers = values.to_numpy(dtype=float)
    for k in np.flatnonzero(~((numbers > 0) & np.isfinite(numbers))):
        name = names.iloc[k]
        what = Text(f"{name} có số đo không dùng được", f"{name} has an unusable figure")
        yield Problem(what=what, found=str(values.iloc[k]), allowed=_POSITIVE, column=column)


def _centre_problems(units: pd.DataFrame, crs: str) -> Iterator[Problem]:
    use = pyproj.CRS.from_user_input(crs).area_of_use
    lon, lat = (units[c].to_numpy(dtype=float) for c in ("lon", "lat"))
    if use is not None:
        inside: NDArray[np.bool_] = (lon >= use.west - USE_MARGIN) & (lon <= use.east + USE_MARGIN)
        inside &= (lat >= use.south - USE_MARGIN) & (lat <= use.north + USE_MARGIN)
        bounds = f"{use.west:g}-{use.east:g}°, {use.south:g}-{use.north:g}°"
        for code, x, y in zip(units["unit_code"][~inside], lon[~inside], lat[~inside], strict=True):
            yield Problem(
                what=Text(
                    f"tâm của {code} ở ngoài {crs}", f"the centre of {code} is outside {crs}"
                ),
                found=f"{x}, {y}",
                allowed=Text(bounds, bounds),
                todo=Text("kiểm tra kinh độ, vĩ độ và hệ tọa độ", "check lon, lat and the CRS"),
            )
    first: dict[tuple[float, float], str] = {}
    for code, x, y in zip(units["unit_code"], lon.round(5), lat.round(5), strict=True):
        other = first.setdefault((float(x), float(y)), code)
        if other != code:
            what = Text(f"{other} và {code} trùng tâm", f"{other} and {code} have the same centre")
            yield Problem(what=what, found=f"{x}, {y}", column="lon, lat")


def _neighbour_problems(units: pd.DataFrame, neighbours: pd.DataFrame) -> Iterator[Problem]:
    for column in ("unit_code", "neighbour_code"):
        for code in sorted(set(neighbours[column]) - set(units["unit_code"])):
            what = Text("không có đơn vị mang mã này", "no unit has this code")
            yield Problem(what=what, found=str(code), column=column)
    self_named = neighbours["unit_code"] == neighbours["neighbour_code"]
    for code in sorted(set(neighbours["unit_code"][self_named])):
        what = Text("một đơn vị giáp chính nó", "a unit borders on itself")
        yield Problem(what=what, found=str(code), column="neighbour_code")
    lengths = neighbours["border_km"].astype(float)
    for value in lengths[(lengths < 0) | np.isinf(lengths)]:
        yield Problem(
            what=Text("độ dài giáp ranh không dùng được", "an unusable border length"),
            found=str(value),
            allowed=Text("0 trở lên, hoặc để trống", "0 or more, or empty"),
            column="border_km",
        )


def unsound() -> SketchError:
    """Return the error for figures of which no sketch can be made."""
    return SketchError(
        Problem(
            what=Text(
                "không vẽ được sơ họa từ diện tích và tâm này",
                "no sketch can be drawn from these areas and centres",
            ),
            allowed=Text(
                "các đơn vị không quá chênh lệch, tâm không quá gần hay quá xa nhau",
                "units not too unequal, centres neither too close together nor too far apart",
            ),
            todo=Text("kiểm tra area_km2, lon và lat", "check area_km2, lon and lat"),
        )
    )
