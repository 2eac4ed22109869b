"""Lines as files hold them: drawn borders closed to areas, pieces of one road put together."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry

NEAR_M, LEAST_NEAR_M = 10.0, 50.0
"""Lines that run so near to each other over so long a stretch are one road, recorded twice. What
is shorter is a joint or a crossing [m]."""

SAME_M, LEAST_SAME_M = 0.5, 1.0
"""Lines that lie on each other are one however short they are [m]."""

MOST_DOUBLED = 1.3
"""A line that is so many times as long as the strip around it runs back along itself."""


def close_lines(lines: "GeoSeries") -> "GeoSeries":
    """Return the areas that lines enclose, as drawings hold borders; numbered from 1.

    Parameters
    ----------
    lines
        Lines in one CRS; those that enclose nothing are left out.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    net = shapely.node(shapely.GeometryCollection(shapely.get_parts(lines.to_numpy()).tolist()))
    areas = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    return gpd.GeoSeries(
        areas, index=pd.RangeIndex(1, len(areas) + 1, name="feature"), crs=lines.crs
    )


class Joined(NamedTuple):
    """Lines put together.

    Parameters
    ----------
    shape
        A line, or one of several parts; as it came where there is only one.
    repeated_m
        The length that was left out because another line runs there already [m].
    times
        How many times as long it is as the strip around it: 2 where it goes there and back.
    """

    shape: "BaseGeometry"
    repeated_m: float
    times: float


def join_lines(lines: "Sequence[BaseGeometry]") -> Joined:
    """Put the lines of one road together, each stretch once.

    Parameters
    ----------
    lines
        LineString or MultiLineString, in metres, in any order: of two that run along each other
        the longer one is kept.
    """
    import shapely

    parts = sorted(shapely.get_parts(list(lines)), key=lambda part: (-part.length, part.wkb))
    if len(parts) == 1:
        return Joined(lines[0], 0.0, _times(lines[0]))
    tree = shapely.STRtree(parts)
    kept: list[list[BaseGeometry]] = []
    """What is left of each part, in their order."""
    repeated_m = 0.0
    for place, part in enumerate(parts):
        around = tree.query(part, predicate="dwithin", distance=NEAR_M)
        near = [piece for other in sorted(around[around < place]) for piece in kept[other]]
        left = _without_stretches_of(part, near)
        repeated_m += part.length - left.length
        kept.append([piece for piece in shapely.get_parts(left) if piece.length > 0])
    pieces = [piece for mine in kept for piece in mine]
    shape = pieces[0] if len(pieces) == 1 else _as_one(pieces)
    return Joined(shape, repeated_m, _times(shape))


def _without_stretches_of(line: "BaseGeometry", kept: "list[BaseGeometry]") -> "BaseGeometry":
    import shapely

    if not kept:
        return line
    repeated: list[BaseGeometry] = []
    for near_m, least_m in ((NEAR_M, LEAST_NEAR_M), (SAME_M, LEAST_SAME_M)):
        # What only goes on at the end of a line lies beyond its flat end.
        strip = shapely.union_all(shapely.buffer(kept, near_m, cap_style="flat"))
        along = shapely.intersection(line, strip)
        pieces = shapely.get_parts(shapely.line_merge(along))
        repeated += [piece for piece in pieces if piece.length > least_m]
    # A line is cut by narrow areas: its own pieces are off it by rounding.
    cuts = shapely.buffer(repeated, SAME_M / 100, cap_style="flat")
    left = shapely.difference(line, shapely.union_all(cuts))
    ends = [piece for piece in shapely.get_parts(left) if piece.length > SAME_M]
    return _as_one(ends)


def _as_one(parts: "Sequence[BaseGeometry]") -> "BaseGeometry":
    import shapely

    return shapely.MultiLineString([part.coords for part in parts])


def _times(line: "BaseGeometry") -> float:
    # What jitters less than the strip is wide makes no other strip, and much more work.
    strip = line.simplify(NEAR_M / 2).buffer(NEAR_M, cap_style="flat")
    return float(line.length * 2 * NEAR_M / strip.area) if strip.area else 1.0
