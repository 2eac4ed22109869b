"""Shapes that cross themselves or each other so often that no computation on them would end."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from ntm_geo.errors import Problem, Text
from ntm_geo.labels import format_number

if TYPE_CHECKING:
    import numpy as np
    from geopandas import GeoSeries
    from numpy.typing import NDArray

MOST_CROSSINGS = 30_000
"""Crossings of one file; a road that a phone recorded has some thousand, a district's
network some thousand. Each costs about 10 kB and 0.1 ms wherever shapes are cut or widened."""

_MOST_PAIRS = 50_000_000
"""Segments whose bounds overlap, a hundred times as many as the densest map has."""

_MOST_AT_ONCE = 4_000_000
"""Pairs that are held in memory at once: about 200 MB."""


def find_tangled(geometry: "GeoSeries") -> tuple[Hashable, ...]:
    """Return the features that cross themselves more than MOST_CROSSINGS times, by label."""
    return tuple(label for label, shape in geometry.items() if _is_tangled([shape]))


def are_tangled(geometry: "GeoSeries") -> bool:
    """Tell whether the features of a file cross each other more than MOST_CROSSINGS times."""
    return _is_tangled(geometry.to_numpy())


def _is_tangled(shapes: "Sequence[object] | NDArray[np.object_]") -> bool:
    import numpy as np
    import shapely

    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = np.concatenate([shapely.get_rings(parts[is_area]), parts[~is_area]])
    coords, owner = shapely.get_coordinates(lines, return_index=True)
    joined = owner[:-1] == owner[1:]
    start, end = coords[:-1][joined], coords[1:][joined]
    if len(start) ** 2 < 2 * MOST_CROSSINGS:
        return False
    tree = shapely.STRtree(np.asarray(shapely.linestrings(np.stack([start, end], axis=1))))
    crossings = pairs = 0
    chunk = max(1, min(1000, _MOST_AT_ONCE // len(start)))
    for first in range(0, len(start), chunk):
        one, other = tree.query(tree.geometries[first : first + chunk])
        one = one + first
        is_once = one < other
        one, other = one[is_once], other[is_once]
        pairs += len(one)
        crossings += int(_cross(start[one], end[one], start[other], end[other]).sum())
        if crossings > MOST_CROSSINGS or pairs > _MOST_PAIRS:
            return True
    return False


def _cross(
    a: "NDArray[np.float64]",
    b: "NDArray[np.float64]",
    c: "NDArray[np.float64]",
    d: "NDArray[np.float64]",
) -> "NDArray[np.bool_]":
    """Tell which segments a-b and c-d cross; those that only touch do not."""
    crossed: NDArray[np.bool_] = (_side(a, b, c) * _side(a, b, d) < 0) & (
        _side(c, d, a) * _side(c, d, b) < 0
    )
    return crossed


def _side(
    a: "NDArray[np.float64]", b: "NDArray[np.float64]", point: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    side: NDArray[np.float64] = (b[:, 0] - a[:, 0]) * (point[:, 1] - a[:, 1]) - (
        b[:, 1] - a[:, 1]
    ) * (point[:, 0] - a[:, 0])
    return side


def tangled_feature(feature: Hashable) -> Problem:
    """Return the question of a feature that crosses itself too often."""
    return Problem(
        what=Text(
            f"hình {feature} tự cắt quá nhiều lần (máy ghi vẫn bật khi đứng yên, hoặc tệp hỏng?)",
            f"feature {feature} crosses itself too often (a receiver left on while at rest, or a "
            "damaged file?)",
        ),
        allowed=_at_most(),
        todo=Text(
            f"cắt bỏ đoạn rối trong QGIS, hoặc bỏ hình bằng --leave-out {feature}",
            f"cut the tangle out in QGIS, or leave it out with --leave-out {feature}",
        ),
    )


def tangled_file(file: str) -> Problem:
    """Return what is said of a file whose features cross each other too often."""
    return Problem(
        file=file,
        what=Text("các hình cắt nhau quá nhiều lần", "the shapes cross each other too often"),
        allowed=_at_most(),
        todo=Text(
            "kiểm tra tệp trong QGIS, chỉ giữ các hình cần nhập",
            "look at the file in QGIS, and keep only what is to be imported",
        ),
    )


def _at_most() -> Text:
    most = Text(*(format_number(MOST_CROSSINGS, lang) for lang in ("vi", "en")))
    return Text(f"nhiều nhất {most.vi} chỗ cắt nhau", f"{most.en} crossings at most")
