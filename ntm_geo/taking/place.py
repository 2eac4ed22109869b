"""Where the coordinates of a file lie: by the CRS that fits the district, or by a question."""

import math
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.crs_candidates import Candidate, Candidates, Extent, Verdict, find_crs_candidates
from ntm_geo.errors import Problem, Text
from ntm_geo.labels import format_number
from ntm_geo.model import Unit

if TYPE_CHECKING:
    from geopandas import GeoSeries

SWAPPED = ":swapped"
"""Behind a code: the first number is the northing or latitude."""

_LONGEST_CODE = 20
"""Letters; what is longer is WKT or PROJ text."""

_MOST_NAMED = 20
"""Features that lie outside; so many are named."""

_KM_PER_DEGREE = 111.2
_REACH = 1.8
"""A unit reaches so many times farther from its centre than a circle of its area would."""


@dataclass(frozen=True)
class Placed:
    """Geometry in longitude and latitude.

    Parameters
    ----------
    geometry
        In EPSG:4326; as it came where there is a question.
    chosen
        The system that was taken; None where there is a question.
    candidates
        All that were tried.
    question
        What has to be answered; None where nothing has to.
    """

    geometry: "GeoSeries"
    chosen: Candidate | None
    candidates: Candidates
    question: Problem | None = None


def extent_of(units: Sequence[Unit], seat: tuple[float, float]) -> Extent:
    """Return where a district is, from its units' centres and areas.

    Parameters
    ----------
    units
        All of them.
    seat
        Longitude and latitude of the district's seat [degree].
    """
    reach = [_REACH * math.sqrt(unit.area_km2 / math.pi) / _KM_PER_DEGREE for unit in units]
    lon = [
        (
            unit.lon - far / math.cos(math.radians(unit.lat)),
            unit.lon + far / math.cos(math.radians(unit.lat)),
        )
        for unit, far in zip(units, reach, strict=True)
    ]
    lat = [(unit.lat - far, unit.lat + far) for unit, far in zip(units, reach, strict=True)]
    bounds = (
        min(w for w, _ in lon),
        min(s for s, _ in lat),
        max(e for _, e in lon),
        max(n for _, n in lat),
    )
    return Extent(bounds, seat)


def near_district(geometry: "GeoSeries", extent: Extent) -> "GeoSeries":
    """Return the shapes whose middle lies where a point counts as inside the district.

    Of a whole province's, for example; so that of points the two figures are one.

    Parameters
    ----------
    geometry
        In EPSG:4326.
    extent
        Where the district is.
    """
    import geopandas as gpd
    import numpy as np

    middle = geometry.representative_point()
    lon, lat = (np.asarray(part, dtype=float) for part in (middle.x, middle.y))
    return gpd.GeoSeries(geometry[extent.holds(lon, lat)])


def place_in_district(  # noqa: PLR0913 (what the file says, and what somebody says of it)
    geometry: "GeoSeries",
    declared: str | None,
    extent: Extent,
    *,
    asked: str | None = None,
    keeps_datum: bool = True,
    left_out: Collection[Hashable] = (),
) -> Placed:
    """Bring geometry into longitude and latitude by the one system that fits.

    Parameters
    ----------
    geometry
        Coordinates as the file holds them.
    declared
        The CRS that the file states: WKT or a code.
    extent
        Where the district is.
    asked
        The CRS that the user gives; `:swapped` behind it swaps the axes.
    keeps_datum
        Whether the file's format can hold the datum of VN-2000.
    left_out
        Features that say nothing of the system, as somebody leaves them out.

    Returns
    -------
    placed
        By the system asked for only where it puts as many points into the district as a file of
        it would, or no other one does; else there is a question.

    Raises
    ------
    CrsError
        Nobody knows the declared CRS, or the one asked for.
    """
    import geopandas as gpd
    import shapely

    speaking = gpd.GeoSeries(geometry[~geometry.index.isin(list(left_out))])
    xy = shapely.get_coordinates((geometry if speaking.empty else speaking).to_numpy())
    if asked is not None:
        code, is_swapped = asked.removesuffix(SWAPPED), asked.endswith(SWAPPED)
        found = find_crs_candidates(xy, code, extent)
        wanted = [c for c in found.listed if c.crs == code and c.swapped == is_swapped]
        chosen = wanted[0] if wanted else None
        others = [candidate for candidate in found.listed if candidate.is_fit]
        if others and not (chosen and chosen.is_fit):
            outside: list[Hashable] = []
            if chosen and chosen.fits > 0:
                placed = place_by(speaking, chosen)
                near = near_district(placed, extent)
                outside = [number for number in placed.index if number not in near.index]
            return Placed(geometry, None, found, _wrong(asked, chosen, others, outside))
    else:
        found = find_crs_candidates(xy, declared, extent, keeps_datum=keeps_datum)
        chosen = _choose(found)
    if chosen is None:
        return Placed(geometry, None, found, _question(found))
    return Placed(place_by(geometry, chosen), chosen, found)


def place_by(geometry: "GeoSeries", candidate: Candidate) -> "GeoSeries":
    """Bring geometry into longitude and latitude by a system.

    Parameters
    ----------
    geometry
        Coordinates as the file holds them.
    candidate
        The system, and whether its axes are swapped.
    """
    import shapely

    plain = geometry.copy()
    if candidate.swapped:
        plain[:] = shapely.transform(plain.to_numpy(), lambda pairs: pairs[:, ::-1])
    return plain.set_crs(candidate.crs, allow_override=True).to_crs(GEOGRAPHIC)


def _choose(found: Candidates) -> Candidate | None:
    fitting = [candidate for candidate in found.listed if candidate.is_fit]
    if found.verdict == Verdict.DECLARED_FITS:
        return next(candidate for candidate in fitting if candidate.declared)
    if found.verdict != Verdict.ONLY_ONE_FITS:
        return None
    if found.lost_datum is not None:
        return next(c for c in fitting if c.crs == found.lost_datum and not c.swapped)
    return fitting[0]


def _question(found: Candidates) -> Problem:
    fitting = [candidate for candidate in found.listed if candidate.is_fit]
    shown = fitting or [candidate for candidate in found.listed if candidate.fits > 0]
    todo = Text("chạy lại với --crs", "run it again with --crs")
    if fitting:
        what = Text("nhiều hệ tọa độ đều hợp", "more than one CRS fits")
    elif shown:
        what = Text(
            "không hệ tọa độ nào đưa 9/10 số điểm vào huyện",
            "no CRS puts 9 of 10 points in the district",
        )
        todo = Text(
            "nếu tệp gồm cả vùng ngoài huyện, chạy lại với --crs",
            "if the file reaches beyond the district, run it again with --crs",
        )
    else:
        what = Text("không hệ tọa độ nào đưa hình vào huyện", "no CRS puts it in the district")
    named = [_named(candidate) for candidate in shown] or [Text("EPSG:…", "EPSG:…")]
    listed = Text("; ".join(one.vi for one in named), "; ".join(one.en for one in named))
    return Problem(column="--crs", what=what, allowed=listed, todo=todo)


def _wrong(
    asked: str, chosen: Candidate | None, others: Sequence[Candidate], outside: Sequence[Hashable]
) -> Problem:
    """Ask whether the system that somebody gives is another one, which fits where it does not."""
    what = Text(
        "theo hệ tọa độ đã cho, không điểm nào nằm trong huyện; hệ khác thì phù hợp",
        "by the CRS that is given no point falls inside the district; another one fits",
    )
    if chosen is not None and chosen.fits > 0:
        what = Text(
            f"hệ tọa độ đã cho có lẽ sai: {chosen.why.vi}",
            f"the CRS that is given may be wrong: {chosen.why.en}",
        )
    named = [_named(candidate) for candidate in others]
    best = crs_option(others[0])
    todo = Text(f"chạy lại với --crs {best}", f"run it again with --crs {best}")
    if outside:
        listed = ", ".join(str(number) for number in outside[:_MOST_NAMED])
        listed += ", …" if len(outside) > _MOST_NAMED else ""
        todo = Text(
            f"{todo.vi}; nếu hệ đã cho là đúng, bỏ các hình ngoài huyện ({listed}), mỗi hình một "
            "--leave-out, hoặc cắt tệp theo huyện",
            f"{todo.en}; if the one that is given is right, leave out what lies outside ({listed}),"
            " each by a --leave-out of its own, or cut the file to the district",
        )
    return Problem(
        column="--crs",
        what=what,
        found=asked,
        allowed=Text("; ".join(one.vi for one in named), "; ".join(one.en for one in named)),
        todo=todo,
    )


def _named(candidate: Candidate) -> Text:
    """Name a system as --crs takes it, with what speaks for it and how far it moves things."""
    name = crs_option(candidate)
    km = (candidate.moved_m or 0.0) / 1000
    if not km or not math.isfinite(km):
        return Text(*(f"{name} ({why})" for why in candidate.why))
    vi, en = (format_number(round(km, 3), lang) for lang in ("vi", "en"))
    return Text(
        f"{name} ({candidate.why.vi}; lệch đi {vi} km)",
        f"{name} ({candidate.why.en}; moved by {en} km)",
    )


def crs_option(candidate: Candidate) -> str:
    """Return a system as --crs takes it."""
    return f"{_code(candidate.crs)}{SWAPPED if candidate.swapped else ''}"


def _code(crs: str) -> str:
    """Return the code of a system that a file states in full; its name where it has no code."""
    from pyproj import CRS

    known = CRS.from_user_input(crs)
    code = known.to_authority()
    return crs if len(crs) <= _LONGEST_CODE else ":".join(code) if code else known.name
