"""Coordinate reference systems: which the program knows, and the one gate for combining frames."""

import math
from typing import TYPE_CHECKING, Any

from ntm_geo.errors import CrsError, Problem, Text

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

GEOGRAPHIC = "EPSG:4326"
"""Longitude and latitude on WGS 84, as in every GeoJSON file (RFC 7946)."""

FARTHEST_KM = 200.0
"""Nothing of a district lies farther than this from its seat [km]."""

_KM_PER_DEGREE = 111.2


def distance_km(left: tuple[float, float], right: tuple[float, float]) -> float:
    """Return a rough distance of two points, to tell what is near from what cannot be meant.

    Parameters
    ----------
    left, right
        Longitude and latitude [degree].

    Returns
    -------
    distance
        On a plane around `right`; good to a per cent within a district [km].

    Examples
    --------
    >>> round(distance_km((108.6, 14.0), (108.6, 14.5)), 1)
    55.6
    """
    east = (left[0] - right[0]) * math.cos(math.radians(right[1]))
    return _KM_PER_DEGREE * math.hypot(east, left[1] - right[1])


def _name(crs: Any) -> str:  # noqa: ANN401 (pyproj has no common base type for what it takes)
    from pyproj import CRS

    found = CRS.from_user_input(crs)
    code = found.to_authority(min_confidence=100)
    return f"{':'.join(code)} ({found.name})" if code else found.name


MOST_SCALE_ERROR = 0.002
"""Distances in a working CRS may differ from true ones by this share at most."""


def find_crs_problem(code: str, *, seat: tuple[float, float] | None = None) -> Problem | None:
    """Say why a CRS cannot serve for distances and areas, if it cannot.

    Parameters
    ----------
    code
        The CRS.
    seat
        Longitude and latitude where it is to serve [degree]; None asks for its kind only.

    Returns
    -------
    problem
        Its place is left open for the caller to fill in; None where the CRS can serve.

    Examples
    --------
    >>> find_crs_problem("EPSG:9218") is None, find_crs_problem("EPSG:4326") is None
    (True, False)
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        crs = CRS.from_user_input(code)
    except CRSError:
        crs = None
    if crs is not None and crs.is_projected and crs.axis_info[0].unit_name == "metre":
        if seat is None or abs(_scale_at(code, seat) - 1) <= MOST_SCALE_ERROR:
            return None
        return Problem(
            what=Text("hệ tọa độ làm sai khoảng cách ở huyện này", "distances come out wrong here"),
            found=_name(crs),
            allowed=Text(
                "mã EPSG của múi VN-2000 chứa huyện", "the EPSG code of the district's own zone"
            ),
            todo=Text("ghi mã của múi chiếu đúng", "give the code of the right zone"),
        )
    return Problem(
        what=Text("không phải hệ tọa độ phẳng tính bằng mét", "no plane CRS in metres"),
        found=code if crs is None else _name(crs),
        allowed=Text("mã EPSG của một múi VN-2000", "the EPSG code of a zone of VN-2000"),
        todo=Text(
            "ghi mã của múi chiếu, ví dụ EPSG:9218", "give the code of the zone, such as EPSG:9218"
        ),
    )


def _scale_at(code: str, point: tuple[float, float]) -> float:
    """Return the scale of a projection in a point (longitude, latitude): 1 is true to length."""
    from pyproj import Proj

    return float(Proj(code).get_factors(*point).meridional_scale)


def require_crs(frame: "GeoDataFrame | GeoSeries", *, name: str) -> None:
    """Raise where a frame does not say in which CRS its coordinates are.

    Parameters
    ----------
    frame
        Any geometry frame.
    name
        What the frame is, for the message.

    Raises
    ------
    CrsError
        The frame has no CRS.
    """
    if frame.crs is None:
        raise CrsError(
            Problem(
                what=Text(f"«{name}» không khai báo hệ tọa độ", f"'{name}' does not state its CRS"),
                allowed=Text("một mã EPSG, ví dụ EPSG:9218", "an EPSG code, such as EPSG:9218"),
                todo=Text("khai báo hệ tọa độ rồi làm lại", "state the CRS and try again"),
            )
        )


def require_same_crs(
    left: "GeoDataFrame | GeoSeries",
    right: "GeoDataFrame | GeoSeries",
    *,
    names: tuple[str, str],
) -> None:
    """Raise unless two frames are in one and the same CRS.

    Parameters
    ----------
    left, right
        The frames that are about to be combined.
    names
        What the two frames are, for the message.

    Raises
    ------
    CrsError
        One of them has no CRS, or they differ; both are named.
    """
    require_crs(left, name=names[0])
    require_crs(right, name=names[1])
    if left.crs != right.crs:
        first, second = _name(left.crs), _name(right.crs)
        raise CrsError(
            Problem(
                what=Text(
                    f"«{names[0]}» theo {first} nhưng «{names[1]}» theo {second}",
                    f"'{names[0]}' is in {first} but '{names[1]}' is in {second}",
                ),
                allowed=Text("hai lớp cùng một hệ tọa độ", "two layers in one CRS"),
                todo=Text(
                    "chuyển một lớp bằng to_crs() trước khi ghép",
                    "convert one of them with to_crs() before combining them",
                ),
            )
        )
