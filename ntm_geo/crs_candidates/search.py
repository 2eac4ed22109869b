"""Every CRS that coordinates may be in, tried on the district that they belong to."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ntm_geo.crs import GEOGRAPHIC, distance_km
from ntm_geo.crs_candidates.model import Candidate, Candidates, Extent, Verdict
from ntm_geo.crs_candidates.systems import (
    SAME_PLACE_M,
    UTM_WGS_84,
    distances_m,
    find_lost_datum,
    is_utm,
    parsed,
    place,
    vn2000_codes,
)
from ntm_geo.errors import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

MOST_POINTS = 2000
"""Of more points, as many are drawn, the same ones each time: every n-th could be all of a kind."""

_LARGEST_DEGREES = 360.0


def find_crs_candidates(
    xy: "ArrayLike", declared: str | None, extent: Extent, *, keeps_datum: bool = True
) -> Candidates:
    """Try the declared CRS and all that are in use in Vietnam, and say which put points right.

    Tried are WGS 84, every zone of VN-2000, and the UTM zones 48N and 49N of WGS 84, each also
    with its axes swapped. Systems that VN-2000 replaced (HN-72, Indian 1960) are not: they lie some
    hundred metres from a UTM zone, which then is one of several that fit.

    Parameters
    ----------
    xy
        Coordinates as they stand, shape (n, 2) or (n, 3); degrees or metres. Those that are not
        finite are left out.
    declared
        The CRS that the file states: a code, WKT or PROJ text; None where it states none.
    extent
        Where the district is.
    keeps_datum
        Whether the file's format can hold the datum of VN-2000; False for MapInfo TAB and MIF.

    Returns
    -------
    candidates
        The verdict, and what speaks for each system. `declared fits` is never said of a system
        that lost its datum: the points of such a file fall inside the district, and are wrong.

    Raises
    ------
    CrsError
        Nobody knows the declared CRS.

    Examples
    --------
    >>> extent = Extent((106.6, 10.3, 107.1, 10.8), (106.8, 10.5))
    >>> found = find_crs_candidates([(10.5, 106.8), (10.6, 106.9)], "EPSG:4326", extent)
    >>> found.verdict.value, found.listed[1].crs, found.listed[1].swapped
    ('only one fits', 'EPSG:4326', True)
    """
    points = _sample(xy)
    lost = None if declared is None else find_lost_datum(declared, keeps_datum=keeps_datum)
    places: dict[tuple[str, bool], NDArray[np.float64]] = {}
    for crs, swapped in _readings(points, declared):
        spot = place(points[:, ::-1] if swapped else points, crs)
        if declared is None or crs == declared or not _same(places[declared, swapped], spot):
            places[crs, swapped] = spot
    first = None if declared is None else places[declared, False]
    listed = [
        _candidate(reading, spot, extent, declared=reading == (declared, False), first=first)
        for reading, spot in places.items()
    ]
    listed = [candidate for candidate in listed if candidate.fits > 0 or candidate.declared]
    listed.sort(key=lambda c: (not c.declared, -c.fits, c.swapped, c.from_seat_km))
    if declared is None and listed:
        start = places[listed[0].crs, listed[0].swapped]
        listed = [c._replace(moved_m=_moved_m(start, places[c.crs, c.swapped])) for c in listed]
    if lost is not None:
        listed = [_tell_lost(c) if (c.crs, c.swapped) == (lost, False) else c for c in listed]
        listed.sort(key=lambda c: (c.crs, c.swapped) != (lost, False))
    return Candidates(_verdict(listed, lost, declared), tuple(listed), lost)


def _sample(xy: "ArrayLike") -> "NDArray[np.float64]":
    """Return the finite points, at most MOST_POINTS of them, shape (n, 2)."""
    import numpy as np

    points = np.asarray(xy, dtype=float)
    points = points[:, :2] if points.size else np.empty((0, 2))
    points = points[np.isfinite(points).all(axis=1)]
    if len(points) <= MOST_POINTS:
        return points
    return np.random.default_rng(0).choice(points, MOST_POINTS, replace=False)


def _readings(points: "NDArray[np.float64]", declared: str | None) -> Iterator[tuple[str, bool]]:
    """Yield each system for degrees or for metres, by the size of the numbers, in both orders."""
    import numpy as np

    degrees = len(points) > 0 and bool(np.median(np.abs(points)) <= _LARGEST_DEGREES)
    codes: Sequence[str] = (GEOGRAPHIC,) if degrees else (*vn2000_codes(), *UTM_WGS_84)
    if declared is not None:
        yield declared, False
        yield declared, True
    for code in codes:
        yield code, False
        yield code, True


def _moved_m(start: "NDArray[np.float64]", end: "NDArray[np.float64]") -> float | None:
    import numpy as np

    distances = distances_m(start, end)
    return float(np.median(distances)) if distances.size else None


def _same(left: "NDArray[np.float64]", right: "NDArray[np.float64]") -> bool:
    """Whether two systems are one, as WKT and the code of it are, so far as the points tell."""
    moved_m = _moved_m(left, right)
    return moved_m is not None and moved_m <= SAME_PLACE_M


def _candidate(
    reading: tuple[str, bool],
    spot: "NDArray[np.float64]",
    extent: Extent,
    *,
    declared: bool,
    first: "NDArray[np.float64] | None",
) -> Candidate:
    import numpy as np

    inside = extent.holds(*spot.T)
    placed = spot[np.isfinite(spot).all(axis=1)]
    crs, swapped = reading
    why = _WHY_SWAPPED if swapped else _WHY
    return Candidate(
        crs,
        swapped,
        declared,
        fits=float(inside.mean()) if len(spot) else 0.0,
        moved_m=None if first is None else _moved_m(first, spot),
        from_seat_km=_from_seat_km(placed, extent) if len(placed) else np.inf,
        why=why.format(inside=int(inside.sum()), count=len(spot), name=parsed(crs).name),
    )


def _from_seat_km(placed: "NDArray[np.float64]", extent: Extent) -> float:
    import numpy as np

    lon, lat = np.median(placed, axis=0)
    return distance_km((float(lon), float(lat)), extent.seat)


def _tell_lost(candidate: Candidate) -> Candidate:
    why = _WHY_LOST.format(moved=round(candidate.moved_m or 0.0))
    both = Text(f"{candidate.why.vi}; {why.vi}", f"{candidate.why.en}; {why.en}")
    return candidate._replace(why=both)


def _verdict(listed: Sequence[Candidate], lost: str | None, declared: str | None) -> Verdict:
    fitting = [candidate for candidate in listed if candidate.is_fit]
    if lost is None and any(candidate.declared for candidate in fitting):
        return Verdict.DECLARED_FITS
    if lost is not None and not is_utm(lost):
        fitting = [candidate for candidate in fitting if candidate.crs != declared]
    if not fitting:
        return Verdict.NONE_FITS
    return Verdict.ONLY_ONE_FITS if len(fitting) == 1 else Verdict.SEVERAL_FIT


_WHY = Text(
    "{inside}/{count} điểm nằm trong huyện nếu theo {name}",
    "{inside} of {count} points fall inside the district in {name}",
)
_WHY_SWAPPED = Text(
    "{inside}/{count} điểm nằm trong huyện nếu theo {name} và đổi chỗ hai trục",
    "{inside} of {count} points fall inside the district in {name} with its axes swapped",
)
_WHY_LOST = Text(
    "tệp ghi đúng phép chiếu này nhưng mất hệ quy chiếu VN-2000, điểm lệch {moved} m",
    "the file states this projection without the datum of VN-2000, which moves points by {moved} m",
)
