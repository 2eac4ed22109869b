"""Distances on the ellipsoid, and how certain they are."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm_geo.crs import GEOGRAPHIC, MOST_SCALE_ERROR
from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.lengths import WGS84
from ntm_geo.model import Position

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_SLACK = 1 + 2 * MOST_SCALE_ERROR
"""A distance in the working CRS differs from the true one by less than this factor."""


def distances_from(
    places: gpd.GeoSeries, origin: "BaseGeometry", *, crs: str
) -> "NDArray[np.float64]":
    """Return the distance of each place's nearest point from one thing's [m].

    Parameters
    ----------
    places
        Geometry in EPSG:4326.
    origin
        The thing's geometry in EPSG:4326.
    crs
        The projected working CRS; it only finds the nearest points, it measures nothing.
    """
    start = gpd.GeoSeries([origin], crs=GEOGRAPHIC).to_crs(crs).iloc[0]
    there = places.to_crs(crs).to_numpy()
    return _geodesic_m(np.full(len(there), start, dtype=object), there, crs)


def nearest_pairs(
    places: gpd.GeoDataFrame, targets: gpd.GeoDataFrame, *, within_m: float, crs: str
) -> pd.DataFrame:
    """Return each place's nearest target within a distance; an asset is not its own neighbour.

    Parameters
    ----------
    places, targets
        EPSG:4326, with a column `asset_id`.
    within_m
        The distance on the ellipsoid [m].
    crs
        The projected working CRS; it only finds the nearest points, it measures nothing.

    Returns
    -------
    pairs
        A row for each place that has one, in the order of `places`; columns `row` and `target`
        (numbers of rows, from 0), `distance_m` [m].
    """
    here, there = (frame.geometry.to_crs(crs).to_numpy() for frame in (places, targets))
    reach = within_m * _SLACK + 1.0
    left, right = shapely.STRtree(there).query(here, predicate="dwithin", distance=reach)
    other = places["asset_id"].to_numpy()[left] != targets["asset_id"].to_numpy()[right]
    left, right = left[other], right[other]
    distance = _geodesic_m(here[left], there[right], crs)
    pairs = pd.DataFrame({"row": left, "target": right, "distance_m": distance})
    pairs = pairs[pairs["distance_m"] <= within_m]
    return pairs.sort_values(["row", "distance_m", "target"]).drop_duplicates("row")


def _geodesic_m(
    left: "NDArray[np.object_]", right: "NDArray[np.object_]", crs: str
) -> "NDArray[np.float64]":
    """Distance on the ellipsoid between the nearest points of paired geometries [m].

    Parameters
    ----------
    left, right
        Shape (n,), geometry in the projected working CRS.
    crs
        That CRS; it only finds the nearest points, it measures nothing.
    """
    links = shapely.shortest_line(left, right)
    ends = gpd.GeoSeries(links, crs=crs).to_crs(GEOGRAPHIC).to_numpy()
    coords = shapely.get_coordinates(ends).reshape(-1, 4)
    if not len(coords):
        return np.zeros(0)
    _, _, distance = WGS84.inv(coords[:, 0], coords[:, 1], coords[:, 2], coords[:, 3])
    return np.asarray(distance, dtype=float)


def less_certain(left: Iterable[str], right: Iterable[str]) -> list[str]:
    """Return the less certain position of each pair.

    Examples
    --------
    >>> less_certain(["surveyed", "sketch"], ["digitised", "surveyed"])
    ['digitised', 'sketch']
    """
    order = [Position.SURVEYED.value, Position.DIGITISED.value, Position.SKETCH.value]
    return [max(pair, key=order.index) for pair in zip(left, right, strict=True)]


def require_distance(distance_m: float) -> None:
    """Refuse what is no distance.

    Parameters
    ----------
    distance_m
        What was asked for [m].

    Raises
    ------
    OptionError
        It is negative or no finite figure.
    """
    if not (math.isfinite(distance_m) and distance_m >= 0):
        raise OptionError(
            Problem(
                column="--within",
                what=Text("khoảng cách không hợp lệ", "not a distance"),
                found=str(distance_m),
                allowed=Text("0 m trở lên", "0 m or more"),
                todo=Text("ghi ví dụ 2km hoặc 1500m", "write 2km or 1500m, for example"),
            )
        )


def require_point(lon: float, lat: float) -> None:
    """Refuse what is no point.

    Parameters
    ----------
    lon, lat
        What was asked for [degree].

    Raises
    ------
    OptionError
        It is not on the globe.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 (degrees of the globe)
        raise OptionError(
            Problem(
                column="--near",
                what=Text("không phải kinh độ, vĩ độ", "not a longitude and a latitude"),
                found=f"{lon},{lat}",
                allowed=Text(
                    "KINH_ĐỘ,VĨ_ĐỘ, ví dụ 108.602,14.144", "LON,LAT such as 108.602,14.144"
                ),
                todo=Text("kiểm tra thứ tự và dấu phẩy", "check the order and the comma"),
            )
        )
