"""The coordinate reference systems that are in use in Vietnam, and what MapInfo makes of them."""

import functools
import re
from typing import TYPE_CHECKING

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import CrsError, Problem, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import CRS, Transformer

UTM_WGS_84 = ("EPSG:32648", "EPSG:32649")
"""The two zones of WGS 84 that Vietnam lies in."""

SAME_PLACE_M = 1.0
"""Two systems that put a point no farther apart are one [m]."""

_UNSURE_DATUM = re.compile(r"unknown|unnamed|not[ _]specified", re.IGNORECASE)
_WGS_84 = re.compile(r"world geodetic system 1984|wgs[ _]?(19)?84", re.IGNORECASE)


@functools.cache
def vn2000_codes() -> tuple[str, ...]:
    """Return the codes of all plane systems of VN-2000 that pyproj's database has.

    Returns
    -------
    codes
        The zones of 3° and of 6° (UTM), those in force only.

    Examples
    --------
    >>> {"EPSG:3405", "EPSG:9218"} <= set(vn2000_codes())
    True
    """
    from pyproj.database import query_crs_info
    from pyproj.enums import PJType

    found = query_crs_info(auth_name="EPSG", pj_types=[PJType.PROJECTED_CRS])
    return tuple(dict.fromkeys(f"EPSG:{i.code}" for i in found if i.name.startswith("VN-2000 / ")))


@functools.lru_cache(maxsize=64)
def _transformer(crs: str) -> "Transformer":
    from pyproj import Transformer

    return Transformer.from_crs(crs, GEOGRAPHIC, always_xy=True)


@functools.lru_cache(maxsize=64)
def parsed(declared: str) -> "CRS":
    """Return the CRS that a code, WKT or PROJ text stands for.

    Raises
    ------
    CrsError
        Nobody knows it.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(declared)
    except CRSError as error:
        raise CrsError(
            Problem(
                what=Text("không hiểu hệ tọa độ này", "this is no CRS that is known"),
                found=declared,
                allowed=Text("một mã EPSG, ví dụ EPSG:9218", "an EPSG code, such as EPSG:9218"),
                todo=Text("ghi mã của hệ tọa độ", "give the code of the CRS"),
            )
        ) from error


def place(points: "NDArray[np.float64]", crs: str) -> "NDArray[np.float64]":
    """Return longitudes and latitudes [degree]; infinite where a point has no place."""
    import numpy as np
    from pyproj.exceptions import ProjError

    try:
        return np.column_stack(_transformer(crs).transform(points[:, 0], points[:, 1]))
    except ProjError:  # a system without a place on the earth, as drawings have
        return np.full(points.shape, np.inf)


def distances_m(left: "NDArray[np.float64]", right: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return the distances of the points that have a place in both [m]."""
    import numpy as np
    from pyproj import Geod

    both = np.isfinite(left).all(axis=1) & np.isfinite(right).all(axis=1)
    ends = (*left[both].T, *right[both].T)
    return np.asarray(Geod(ellps="WGS84").inv(*ends)[2], dtype=float)


def find_lost_datum(declared: str, *, keeps_datum: bool = True) -> str | None:
    """Return the VN-2000 system that a file's CRS was made from, where it lost its datum.

    A MapInfo table written from a zone of VN-2000 keeps the projection and calls the datum
    WGS 84: every point comes to lie some 225 m off. A zone of 3° with the scale 0.9999 is defined
    for VN-2000 only, so that any other datum in it is a loss; a UTM zone of WGS 84 is a system of
    its own, and a loss only where its file could not have said otherwise.

    Parameters
    ----------
    declared
        The CRS as the file has it: a code, WKT or PROJ text.
    keeps_datum
        Whether the file's format can hold the datum of VN-2000; False for MapInfo TAB and MIF.

    Returns
    -------
    code
        None where the CRS is no such system, or has the datum shift of VN-2000 in another form.

    Raises
    ------
    CrsError
        Nobody knows the CRS.

    Examples
    --------
    >>> find_lost_datum("+proj=tmerc +lon_0=108.5 +k=0.9999 +x_0=500000 +ellps=WGS84 +units=m")
    'EPSG:9218'
    >>> find_lost_datum("EPSG:32649"), find_lost_datum("EPSG:32649", keeps_datum=False)
    (None, 'EPSG:3406')
    """
    crs = parsed(declared)
    projected = crs.source_crs if crs.is_bound and crs.source_crs is not None else crs
    datum = projected.datum.name if projected.datum is not None else "unknown"
    unsure, wgs_84 = _UNSURE_DATUM.search(datum), _WGS_84.search(datum)
    if not projected.is_projected or not (unsure or wgs_84):
        return None
    for code in vn2000_codes():
        twin = parsed(code)
        if _projection(projected) != _projection(twin):
            continue
        if is_utm(code) and not unsure and keeps_datum:
            return None
        return code if _apart_m(declared, code) > SAME_PLACE_M else None
    return None


def is_utm(code: str) -> bool:
    """Whether a projection is in use with other datums, too."""
    return "UTM" in parsed(code).name


def _projection(crs: "CRS") -> tuple[object, ...] | None:
    """Return method, parameters and unit of a projected CRS, as far as they can be compared."""
    operation = crs.coordinate_operation
    if operation is None:
        return None
    values = {
        p.name.lower(): round(float(p.value) * p.unit_conversion_factor, 9)
        for p in operation.params
    }
    return operation.method_name, tuple(sorted(values.items())), crs.axis_info[0].unit_name


def _apart_m(left: str, right: str) -> float:
    """Return how far apart two systems of one projection put one point of it [m]."""
    import numpy as np

    point = np.array([[500_000.0, 1_500_000.0]])
    distances = distances_m(place(point, left), place(point, right))
    return float(distances[0]) if distances.size else np.inf
