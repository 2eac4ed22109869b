"""Another CRS that puts features into their units, where the one that was taken does not."""

from collections.abc import Collection, Hashable, Mapping
from typing import TYPE_CHECKING

from ntm_geo.errors import Problem, Text
from ntm_geo.model import Position
from ntm_geo.taking import crs_option, place_by

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.taking import Placed


def ask_crs(
    placed: "Placed",
    geometry: "GeoSeries",
    far: Mapping[Hashable, Collection[str]],
    units: "GeoDataFrame",
) -> list[Problem]:
    """Ask whether the CRS is another one, where that puts features into the units they are said of.

    Parameters
    ----------
    placed
        Where the file's coordinates were taken to lie, and the systems that were tried.
    geometry
        Coordinates as the file holds them, by feature.
    far
        The units that each feature should lie in which lies far off all of them.
    units
        The boundaries by `unit_code` and `position`, in EPSG:4326.

    Returns
    -------
    questions
        One, with the systems that put the most of them into their units; none where none does.
    """
    from geopandas import GeoSeries

    chosen = placed.chosen
    boundaries = dict(zip(units["unit_code"], units.geometry, strict=True))
    if chosen is None or not far:
        return []
    mine = GeoSeries(geometry[geometry.index.isin(list(far))])
    counts = {
        candidate: _inside(place_by(mine, candidate), far, boundaries)
        for candidate in placed.candidates.listed
        if (candidate.crs, candidate.swapped) != (chosen.crs, chosen.swapped)
    }
    most = max(counts.values(), default=0)
    if not most:
        return []
    best = [crs_option(candidate) for candidate, count in counts.items() if count == most]
    listed, total = ", ".join(best), len(far)
    sketched = set(units["unit_code"][units["position"] == Position.SKETCH])
    by = Text("", "")
    if any(sketched.intersection(codes) for codes in far.values()):
        by = Text(", theo sơ họa", ", by the sketch")
    return [
        Problem(
            column="--crs",
            what=Text(
                f"{total} hình nằm xa đơn vị của chúng: hệ tọa độ có lẽ sai",
                f"{total} features lie far from their units: the CRS may be wrong",
            ),
            found=crs_option(chosen),
            allowed=Text(
                f"{listed} (đưa {most}/{total} hình vào đúng đơn vị{by.vi})",
                f"{listed} (puts {most} of {total} into their units{by.en})",
            ),
            todo=Text(f"chạy lại với --crs {best[0]}", f"run it again with --crs {best[0]}"),
        )
    ]


def _inside(
    places: "GeoSeries",
    far: Mapping[Hashable, Collection[str]],
    boundaries: "Mapping[str, BaseGeometry]",
) -> int:
    import numpy as np
    import shapely

    return sum(
        any(code in boundaries and boundaries[code].intersects(shape) for code in far[label])
        for label, shape in places.items()
        # Where a projection fails for a vertex, it is infinite, and GEOS raises on it.
        if np.isfinite(shapely.get_coordinates(shape)).all()
    )
