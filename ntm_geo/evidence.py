"""Which work a photograph shows: by an id in its name, or by a place that somebody has measured.

Never by a sketch: how near a photograph lies to a sketched place says nothing, so such works are
named as candidates, and a person says which it is. Pure: frames in, links out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ntm_geo.errors import Text
from ntm_geo.model import PhotoLink, Position
from ntm_geo.query.distance import distances_from

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.join import District

FAR_M = 1000.0
"""A photograph whose name says a work, but that was taken farther away, is a question [m]."""

SKETCH_REACH_M = 5000.0
"""Works with a sketched place this near are named as candidates [m]: a sketch is kilometres off."""

_MOST_CANDIDATES = 4


@dataclass(frozen=True)
class Candidate:
    """A work that a photograph may show.

    Parameters
    ----------
    work_id
        The work.
    distance_m
        From the photograph to the place of the work's asset [m].
    position
        How that place is known.
    """

    work_id: str
    distance_m: float
    position: Position


@dataclass(frozen=True)
class Shown:
    """What a photograph shows.

    Parameters
    ----------
    photo
        Its label in the index.
    work_id, linked_by
        The work and what says so; None where that is not clear.
    distance_m
        From the photograph to the place of the work's asset [m]; None where nobody has measured it.
    why
        Why it is not clear, or what somebody should look at.
    candidates
        Works that may be meant, the nearest first.
    """

    photo: int
    work_id: str | None = None
    linked_by: PhotoLink | None = None
    distance_m: float | None = None
    why: Text | None = None
    candidates: tuple[Candidate, ...] = ()


def link_photos(
    photos: "gpd.GeoDataFrame",
    district: "District",
    *,
    within_m: float,
    work_id: str | None = None,
) -> tuple[Shown, ...]:
    """Find the work that each photograph shows.

    Parameters
    ----------
    photos
        Points in EPSG:4326 with a column `file`.
    district
        The joined district: its works and units, and how their places are known.
    within_m
        How near a measured place has to be [m].
    work_id
        The work that a person says all of them show.

    Returns
    -------
    shown
        One for each photograph, in the order of the frame.
    """
    works, units = district.works, district.units
    by_id, crs = _works_by_id(works), district.project.working_crs
    return tuple(
        _shown(
            _Taken(int(str(label)), str(row["file"]), row["geometry"], crs),
            works,
            units,
            _said(str(row["file"]), by_id) if work_id is None else {work_id},
            within_m=within_m,
            by_person=work_id is not None,
        )
        for label, row in photos.iterrows()
    )


@dataclass(frozen=True)
class _Taken:
    label: int
    file: str
    point: "BaseGeometry"
    crs: str

    def far_m(self, places: "gpd.GeoSeries") -> list[float]:
        return [float(far) for far in distances_from(places, self.point, crs=self.crs)]


def _shown(  # noqa: PLR0913 (a photograph, and everything it is held against)
    taken: _Taken,
    works: "gpd.GeoDataFrame",
    units: "gpd.GeoDataFrame",
    said: set[str],
    *,
    within_m: float,
    by_person: bool,
) -> Shown:
    if len(said) > 1:
        why = Text("tên tệp nêu nhiều việc", "its name holds several works")
        return Shown(taken.label, why=why, candidates=_candidates(taken, works, said))
    if said:
        (work_id,) = said
        by = PhotoLink.PERSON if by_person else PhotoLink.NAME
        return _held_against_place(taken, works, units, work_id, by)
    return _by_place(taken, works, within_m)


# --- by its name -------------------------------------------------------------------------------


def _works_by_id(works: "pd.DataFrame") -> dict[str, set[str]]:
    """Return what each id means: a work, or the one work that there is on an asset."""
    on_asset: dict[str, set[str]] = {}
    for work_id, asset_id in zip(works["work_id"], works["asset_id"], strict=True):
        on_asset.setdefault(asset_id, set()).add(work_id)
    return {**on_asset, **{work_id: {work_id} for work_id in works["work_id"]}}


def _said(file: str, by_id: Mapping[str, set[str]]) -> set[str]:
    """Return the works whose ids stand in a file's name; the longest id at a place counts.

    Examples
    --------
    >>> sorted(_said("2023/Road-A-harden_2.jpg", {"road-a": {"x"}, "road-a-harden": {"y"}}))
    ['y']
    >>> _said("road-a-hardened.jpg", {"road-a-harden": {"y"}})
    set()
    """
    stem = file.rpartition("/")[2].rpartition(".")[0].lower()
    found: set[str] = set()
    longest_first = sorted(by_id, key=lambda word: (-len(word), word))
    words = "|".join(map(re.escape, longest_first))
    for match in re.finditer(rf"(?<![a-z0-9])(?:{words})(?=$|[^a-z0-9-]|-\d|--)", stem):
        found |= by_id[match[0]]
    return found


def _held_against_place(
    taken: _Taken,
    works: "gpd.GeoDataFrame",
    units: "gpd.GeoDataFrame",
    work_id: str,
    by: PhotoLink,
) -> Shown:
    """Hold what a name or a person says against what has been measured, if anything has."""
    row = works[works["work_id"] == work_id]
    if _is_measured(row).all():
        (far_m,) = taken.far_m(row.geometry)
        known_m: float | None = far_m
    else:
        own = units[units["unit_code"] == row["unit_code"].iloc[0]]
        own = own[own["position"] != Position.SKETCH.value]
        far_m = taken.far_m(own.geometry)[0] if len(own) else 0.0
        known_m = None
    shown = Shown(taken.label, work_id, by, known_m)
    if far_m <= FAR_M:
        return shown
    km = f"{far_m / 1000:.1f}"
    if by is PhotoLink.PERSON:
        from_ = (
            Text("nơi thực hiện công việc", "the work")
            if known_m is not None
            else Text("ranh giới xã", "its unit")
        )
        return replace(
            shown,
            why=Text(
                f"CẦN KIỂM TRA, ảnh chụp cách {from_.vi} {km.replace('.', ',')} km",
                f"LOOK AT IT, it was taken {km} km from {from_.en}",
            ),
        )
    why = Text(
        f"tên tệp nêu {work_id}, nhưng ảnh chụp cách đó {km.replace('.', ',')} km",
        f"its name says {work_id}, but it was taken {km} km from there",
    )
    candidates = _candidates(taken, works, {work_id})
    return replace(shown, work_id=None, linked_by=None, why=why, candidates=candidates)


# --- by its place ------------------------------------------------------------------------------


def _is_measured(works: "gpd.GeoDataFrame") -> "pd.Series[bool]":
    return (works["position"] != Position.SKETCH.value) & works["placed"]


def _by_place(taken: _Taken, works: "gpd.GeoDataFrame", within_m: float) -> Shown:
    measured = _is_measured(works)
    near = [one for one in _candidates(taken, works[measured], None) if one.distance_m <= within_m]
    if len(near) == 1:
        return Shown(taken.label, near[0].work_id, PhotoLink.PLACE, near[0].distance_m)
    if near:
        why = Text("nhiều việc ở gần như nhau", "several works are near")
        return Shown(taken.label, why=why, candidates=tuple(near))
    sketched = works[~measured & works["placed"]]
    maybe = [one for one in _candidates(taken, sketched, None) if one.distance_m <= SKETCH_REACH_M]
    why = (
        Text(
            "không có việc nào đo đạc ở gần; vị trí sơ họa không phải bằng chứng",
            "no measured work is near, and a sketched place is no evidence",
        )
        if maybe
        else Text("không có việc nào ở gần", "no work is near")
    )
    return Shown(taken.label, why=why, candidates=tuple(maybe[:_MOST_CANDIDATES]))


def _candidates(
    taken: _Taken, works: "gpd.GeoDataFrame", wanted: Iterable[str] | None
) -> tuple[Candidate, ...]:
    """Return works with their distances, the nearest first; without `wanted` all of them."""
    rows = works if wanted is None else works[works["work_id"].isin(list(wanted))]
    if rows.empty:
        return ()
    found = [
        Candidate(str(work_id), far, Position(position))
        for work_id, far, position in zip(
            rows["work_id"], taken.far_m(rows.geometry), rows["position"], strict=True
        )
    ]
    return tuple(sorted(found, key=lambda one: (one.distance_m, one.work_id)))
