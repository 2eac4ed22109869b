"""Where a district is, and what is said of each CRS that coordinates may be in."""

from enum import StrEnum
from math import cos, radians
from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.errors import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_SHARE = 0.9
"""Share of the points that must fall inside the district for a system to fit: a file may reach
over the border, and single points may be wrong."""

_KM_PER_DEGREE = 111.2


class Extent(NamedTuple):
    """Where a district is.

    Parameters
    ----------
    bounds
        West, south, east and north [degree].
    seat
        Longitude and latitude of the district's seat [degree]; of two systems that fit alike, the
        one that puts the points nearer to it is listed first.
    tolerance_km
        How far outside the bounds a point still counts as inside.
    """

    bounds: tuple[float, float, float, float]
    seat: tuple[float, float]
    tolerance_km: float = 2.0

    def holds(self, lon: "NDArray[np.float64]", lat: "NDArray[np.float64]") -> "NDArray[np.bool_]":
        """Tell which points lie within the bounds and what is tolerated around them.

        Parameters
        ----------
        lon, lat
            Longitudes and latitudes [degree], shape (n,); what is not finite lies outside.
        """
        west, south, east, north = self.bounds
        up = self.tolerance_km / _KM_PER_DEGREE
        aside = up / cos(radians(self.seat[1]))
        is_across = (lon >= west - aside) & (lon <= east + aside)
        return is_across & (lat >= south - up) & (lat <= north + up)


class Verdict(StrEnum):
    """What the candidates amount to."""

    DECLARED_FITS = "declared fits"
    ONLY_ONE_FITS = "only one fits"
    SEVERAL_FIT = "several fit, ask"
    NONE_FITS = "none fits"


class Candidate(NamedTuple):
    """One system that the coordinates may be in.

    Parameters
    ----------
    crs
        Its EPSG code, or what the file declares.
    swapped
        Whether the first number is the northing or latitude, and the second the easting.
    declared
        Whether the file says so, the numbers in its order.
    fits
        Share of the points that fall inside the district.
    moved_m
        How far the points come to lie from where the declared system puts them, or the first
        candidate where none is declared (median) [m]; None where that cannot be said.
    from_seat_km
        How far the middle of the points is from the seat [km]; infinite where no point has a place.
    why
        What speaks for it.
    """

    crs: str
    swapped: bool
    declared: bool
    fits: float
    moved_m: float | None
    from_seat_km: float
    why: Text

    @property
    def is_fit(self) -> bool:
        """Whether enough points fall inside the district."""
        return self.fits >= LEAST_SHARE


class Candidates(NamedTuple):
    """All candidates and what they amount to; nothing is applied.

    Parameters
    ----------
    verdict
        Whether the declared system can be taken, or the only one that fits, or people must say.
    listed
        The declared system, then all in which a point falls inside the district, the best first.
        Of a declared system that lost its datum, the one it was made from comes first.
    lost_datum
        Code of that system; None where the declared one lost nothing.
    """

    verdict: Verdict
    listed: tuple[Candidate, ...]
    lost_datum: str | None
