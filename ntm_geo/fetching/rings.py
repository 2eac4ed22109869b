"""Rings out of pieces of line, as a relation of OpenStreetMap holds the boundary of an area."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ntm_geo.crs import distance_km
from ntm_geo.errors import Text

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_MOST_ENDS = 4
_ENDS_OF_ONE_GAP = 2

Line = Sequence[tuple[float, float]]


class BrokenRingsError(ValueError):
    """The pieces do not close to an area.

    Parameters
    ----------
    why
        What is wrong, and where.
    """

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def polygon_of(outer: Sequence[Line], inner: Sequence[Line]) -> "BaseGeometry":
    """Return the area that pieces of line enclose.

    Parameters
    ----------
    outer, inner
        Pieces of the outer rings and of the holes, in any order and direction [degree].

    Returns
    -------
    area
        A valid polygon or multipolygon.

    Raises
    ------
    BrokenRingsError
        There are no pieces, or some of them do not close: nothing is closed by force.

    Examples
    --------
    >>> polygon_of([[(0, 0), (2, 0), (2, 2)], [(0, 0), (0, 2), (2, 2)]], []).area
    4.0
    """
    area = _closed(outer)
    return area.difference(_closed(inner)) if inner else area


def _closed(lines: Sequence[Line]) -> "BaseGeometry":
    import shapely

    # Noded and without repetition: a piece that stands twice, or crosses another, is no trouble.
    pieces = shapely.union_all([shapely.LineString(line) for line in lines])
    faces, cuts, dangles, _ = shapely.polygonize_full([pieces])
    loose = [*shapely.get_parts(dangles), *shapely.get_parts(cuts)]
    if loose:
        raise BrokenRingsError(_open_ends(loose))
    if faces.is_empty:
        raise BrokenRingsError(
            Text("không có đoạn ranh giới nào", "there is no piece of a boundary")
        )
    return shapely.union_all(shapely.get_parts(faces))


def _open_ends(loose: "Sequence[BaseGeometry]") -> Text:
    """Name the ends at which rings stay open; of two ends also how far they lie apart [m]."""
    import shapely

    joined = shapely.line_merge(shapely.union_all(list(loose)))
    ends = shapely.get_coordinates(shapely.boundary(joined)).tolist()
    where = "; ".join(f"{lon:.5f}, {lat:.5f}" for lon, lat in ends[:_MOST_ENDS])
    apart = ""
    if len(ends) == _ENDS_OF_ONE_GAP:
        apart = f" ({1000 * distance_km(tuple(ends[0]), tuple(ends[1])):.0f} m)"
    return Text(
        f"ranh giới không khép kín, hở ở {where}{apart}",
        f"the boundary does not close, it is open at {where}{apart}",
    )
