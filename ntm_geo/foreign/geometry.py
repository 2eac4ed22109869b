"""Shapes as they come: counted by kind, made flat, and the odd ones named."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.errors import Problem, Text
from ntm_geo.foreign.brought import Odd, OddReason, counted

if TYPE_CHECKING:
    import numpy as np
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


class Shapes(NamedTuple):
    """What came of the geometry of a layer."""

    frame: "GeoDataFrame"
    """Columns `feature` and `geometry`, 2D, those that can be drawn."""
    kinds: dict[str, int]
    odd: tuple[Odd, ...]
    notices: list[Problem]


def sort_shapes(
    geometry: "Sequence[BaseGeometry | None] | NDArray[np.object_]",
    *,
    file: str,
    crs: str | None,
    broken: dict[int, str] | None = None,
) -> Shapes:
    """Tell the features that can be drawn from those that cannot, and make them flat.

    Parameters
    ----------
    geometry
        One shape or None for each feature, in the order of the file.
    file
        The file's name, for messages.
    crs
        Its declared CRS as WKT; None where it declares none.
    broken
        Why a shape could not be made, by the feature's number (from 1).

    Returns
    -------
    shapes
        The frame in that CRS; no coordinate is changed, heights and measures are dropped.
    """
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    found = np.asarray(geometry, dtype=object)
    broken = broken or {}
    odd = dict(_odd(found, broken))
    high = _high(found)
    flat = shapely.force_2d(found)
    kept = np.array([number not in odd for number in range(1, len(found) + 1)], dtype=bool)
    frame = gpd.GeoDataFrame(
        {"feature": pd.Series(np.flatnonzero(kept) + 1, dtype="int64")},
        geometry=gpd.GeoSeries(flat[kept], crs=crs),
        crs=crs,
    )
    kinds = dict(Counter(shape.geom_type for shape in flat[kept]).most_common())
    notices = [
        *([flattened(file, high)] if high else []),
        *([_mixed(file, kinds)] if len({kind.removeprefix("Multi") for kind in kinds}) > 1 else []),
        *_told_odd(file, odd),
    ]
    return Shapes(frame, kinds, tuple(odd.values()), notices)


def _numbers(mask: "NDArray[np.bool_]") -> list[int]:
    return [int(index) + 1 for index in mask.nonzero()[0]]


def _high(shapes: "NDArray[np.object_]") -> list[int]:
    """Return the numbers of shapes with a measure, or a height that says something."""
    import numpy as np
    import shapely

    coordinates, owners = shapely.get_coordinates(shapes, include_z=True, return_index=True)
    heights = coordinates[:, 2]
    told = shapely.has_m(shapes)
    told[owners[~np.isnan(heights) & (heights != 0)]] = True
    return _numbers(told)


def _odd(shapes: "NDArray[np.object_]", broken: dict[int, str]) -> list[tuple[int, Odd]]:
    import numpy as np
    import shapely

    found = [(number, Odd(number, OddReason.BROKEN, why)) for number, why in broken.items()]
    found += [
        (number, Odd(number, OddReason.MISSING, ""))
        for number in _numbers(shapely.is_missing(shapes))
        if number not in broken
    ]
    found += [
        (number, Odd(number, OddReason.EMPTY, shapes[number - 1].geom_type))
        for number in _numbers(shapely.is_empty(shapes))
    ]
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    bad = ~np.isfinite(coordinates).all(axis=1)
    first = dict(zip(owners[bad][::-1].tolist(), coordinates[bad][::-1].tolist(), strict=True))
    found += [
        (index + 1, Odd(index + 1, OddReason.NOT_FINITE, f"{x}, {y}"))
        for index, (x, y) in first.items()
    ]
    return sorted(found, key=lambda pair: pair[0])


_ODD = {
    OddReason.MISSING: Text("đối tượng không có hình", "features without geometry"),
    OddReason.EMPTY: Text(
        "đối tượng có hình rỗng (điểm NaN cũng ghi như vậy)",
        "features with an empty geometry (a point that is NaN is written so, too)",
    ),
    OddReason.NOT_FINITE: Text(
        "đối tượng có tọa độ NaN hoặc vô hạn", "features with NaN or infinite coordinates"
    ),
    OddReason.BROKEN: Text("đối tượng có hình hỏng", "features with a broken geometry"),
}


def _told_odd(file: str, odd: dict[int, Odd]) -> list[Problem]:
    return [
        Problem(
            file=file,
            what=what,
            found=counted([o.feature for o in odd.values() if o.reason is reason]),
            todo=Text("sửa trong QGIS nếu cần vẽ", "mend them in QGIS if they are to be drawn"),
        )
        for reason, what in _ODD.items()
        if any(o.reason is reason for o in odd.values())
    ]


def flattened(file: str, numbers: list[int]) -> Problem:
    """Return the notice of heights and measures that are dropped."""
    return Problem(
        file=file,
        what=Text("bỏ độ cao (3D) hoặc số đo (M)", "heights (3D) or measures (M) are dropped"),
        found=counted(numbers),
    )


def linearised(file: str, numbers: list[int]) -> Problem:
    """Return the notice of curves that became lines."""
    return Problem(
        file=file,
        what=Text("đường cong được thay bằng đường gấp khúc", "curves are made into lines"),
        found=counted(numbers),
    )


def _mixed(file: str, kinds: dict[str, int]) -> Problem:
    return Problem(
        file=file,
        what=Text("lớp có nhiều kiểu hình", "the layer mixes kinds of geometry"),
        found=", ".join(f"{kind} {count}" for kind, count in kinds.items()),
    )
