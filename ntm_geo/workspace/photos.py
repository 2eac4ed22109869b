"""Photographs on their way into the record: which work each shows, then the rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_geo.additions import add_rows
from ntm_geo.checks.references import unknown_reference
from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.encodings import starts_formula
from ntm_geo.errors import NameUnknownError, OptionError, Problem, RecordError, Text
from ntm_geo.evidence import FAR_M, Shown, link_photos
from ntm_geo.model import Photo
from ntm_geo.photos import Found, Photograph, find_photos, read_photo
from ntm_geo.schemas import problem_at
from ntm_geo.taking import extent_of

if TYPE_CHECKING:
    from ntm_geo.schemas import Record
    from ntm_geo.steps import Step
    from ntm_geo.workspace.workspace import Workspace

WITHIN_M = 100.0
"""A measured place this near is what a photograph shows [m]: the breadth of a site, and GPS."""

_CLOCKS_DIFFER = timedelta(days=1)
"""A camera without a time zone may run ahead of us by so much."""

_LONGEST_NAME, _SHOWN, _NAMED = 500, 60, 3

OnPhoto = Callable[[int, int], None]
"""Is told how many photographs were read, and how many there are."""


@dataclass
class PhotoPlan:
    """What photographs would add to the record; nothing is written yet.

    Parameters
    ----------
    linked
        Those that show one work, and it.
    open
        Those of which only a person can say what they show.
    without_place
        Those whose camera wrote no place.
    known
        Those that the record has already.
    twice
        Those that are another one of them under another name, and its name.
    early
        Those of both that were taken before the plan's year.
    untimed
        Those of both whose camera wrote no time.
    refused
        What is wrong with the others.
    """

    linked: list[tuple[Photograph, Shown]] = field(default_factory=list)
    open: list[tuple[Photograph, Shown]] = field(default_factory=list)
    without_place: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    twice: list[tuple[str, str]] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    untimed: list[str] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> list[Photo]:
        """The rows that would be added."""
        return [_row(photo, shown) for photo, shown in self.linked]


def plan_photos(  # noqa: PLR0913 (photographs, and how they are taken)
    workspace: "Workspace",
    places: Sequence[Path],
    *,
    now: datetime,
    within_m: float = WITHIN_M,
    work: str | None = None,
    on_photo: OnPhoto | None = None,
) -> PhotoPlan:
    """Work out which work each photograph shows.

    Parameters
    ----------
    workspace
        The district.
    places
        Photographs, and folders that hold some.
    now
        The time, with its zone: nothing was taken after it.
    within_m
        How near the surveyed or digitised place of a work has to be [m].
    work
        Id of the work that all of them show.
    on_photo
        Is told how far the reading is.

    Raises
    ------
    OptionError
        A place is not there, there are no photographs, or `within_m` is more than FAR_M.
    NameUnknownError
        There is no such work.
    RecordError
        All photographs are refused.
    """
    if within_m > FAR_M:
        raise OptionError(_too_wide(within_m))
    if work is not None and work not in workspace.record.works.keys:
        raise NameUnknownError(
            unknown_reference(problem_at(""), "--work", work, "works", workspace.record.works.keys)
        )
    plan = PhotoPlan()
    photos = [
        photo
        for photo in _read(plan, find_photos(places), on_photo)
        if _is_taken(plan, photo, workspace, now)
        and not _is_known(plan, photo, workspace.record, work)
    ]
    for photo, shown in zip(photos, _links(workspace, photos, within_m, work), strict=True):
        (plan.open if shown.work_id is None else plan.linked).append((photo, shown))
        if photo.taken_at is None:
            plan.untimed.append(photo.file)
        elif photo.taken_at.year < workspace.record.project.plan_year:
            plan.early.append(photo.file)
    if plan.refused and not (plan.linked or plan.open or plan.without_place or plan.known):
        raise RecordError(*plan.refused)
    return plan


def write_photos(workspace: "Workspace", plan: PhotoPlan) -> "Step | None":
    """Add the rows of a plan to the record; None where there are none.

    Raises
    ------
    OutputError
        The table was changed since it was read, or cannot be written; it stays as it was.
    """
    if not plan.rows:
        return None
    files = [photo.file for photo, _ in plan.linked]
    about = ", ".join(files[:_NAMED]) + (", …" if len(files) > _NAMED else "")
    return add_rows(
        workspace.root,
        workspace.record.photos,
        plan.rows,
        seen=workspace.seen,
        command="photos",
        about=about,
    )


def _too_wide(within_m: float) -> Problem:
    most = f"{FAR_M:g} m"
    return Problem(
        column="--within",
        what=Text("quá xa để nói ảnh chụp việc ấy", "too far to say that it shows the work"),
        found=f"{within_m:g} m",
        allowed=Text(f"nhiều nhất {most}", f"{most} at most"),
        todo=Text("ghi khoảng cách nhỏ hơn, hoặc --work", "give a smaller one, or --work"),
    )


def _read(
    plan: PhotoPlan, found: Sequence[Found], on_photo: OnPhoto | None
) -> Iterator[Photograph]:
    """Read the photographs one by one, each picture once."""
    first: dict[str, str] = {}
    for number, (path, name) in enumerate(found, start=1):
        try:
            _check_name(name)
            photo = read_photo(path, name)
        except RecordError as error:
            plan.refused += error.problems
        else:
            if photo.sha256 in first:
                plan.twice.append((name, first[photo.sha256]))
            else:
                first[photo.sha256] = name
                yield photo
        if on_photo is not None:
            on_photo(number, len(found))


def _check_name(name: str) -> None:
    is_formula = starts_formula(name)
    if is_formula or len(name) > _LONGEST_NAME:
        what = (
            Text(
                "tên tệp có thể bị Excel hiểu là công thức", "Excel may take its name for a formula"
            )
            if is_formula
            else Text("tên tệp quá dài", "its name is too long")
        )
        raise RecordError(
            Problem(
                file=name[:_SHOWN],
                what=what,
                found=name,
                allowed=Text(
                    f"tên tối đa {_LONGEST_NAME} ký tự, không bắt đầu bằng = + - @",
                    f"a name of {_LONGEST_NAME} letters at most that begins with none of = + - @",
                ),
                todo=Text("đổi tên ảnh", "rename the photograph"),
            )
        )


def _is_taken(plan: PhotoPlan, photo: Photograph, workspace: "Workspace", now: datetime) -> bool:
    """Whether a photograph has a place in the district and a time that has been."""
    if photo.place is None:
        plan.without_place.append(photo.file)
        return False
    record = workspace.record
    district = record.project.district
    west, south, east, north = extent_of(
        record.units.rows, (district.seat_lon, district.seat_lat)
    ).bounds
    lon, lat = photo.place
    if not (west <= lon <= east and south <= lat <= north):
        plan.refused.append(
            Problem(
                file=photo.file,
                what=Text("ảnh chụp ngoài huyện", "it was taken outside the district"),
                found=f"{lon}, {lat}",
                allowed=Text(
                    f"kinh độ {west:.2f}–{east:.2f}, vĩ độ {south:.2f}–{north:.2f}",
                    f"longitude {west:.2f} to {east:.2f}, latitude {south:.2f} to {north:.2f}",
                ),
                todo=Text("kiểm tra có phải ảnh của huyện không", "see if it is of this district"),
            )
        )
        return False
    if photo.taken_at is not None and _is_ahead(photo.taken_at, now):
        plan.refused.append(
            Problem(
                file=photo.file,
                what=Text("giờ chụp ở tương lai", "it was taken in the future"),
                found=photo.taken_at.isoformat(),
                allowed=Text(f"trước {now:%Y-%m-%d}", f"before {now:%Y-%m-%d}"),
                todo=Text("chỉnh lại đồng hồ máy ảnh và máy tính", "set the clocks right"),
            )
        )
        return False
    return True


def _is_ahead(taken_at: datetime, now: datetime) -> bool:
    if taken_at.tzinfo is not None:
        return taken_at > now + _CLOCKS_DIFFER
    return taken_at > now.replace(tzinfo=None) + _CLOCKS_DIFFER


def _is_known(plan: PhotoPlan, photo: Photograph, record: "Record", work_id: str | None) -> bool:
    """Whether the record has a photograph; a person may say that it shows one more work."""
    works = [row.work_id for row in record.photos if row.sha256 == photo.sha256]
    is_known = bool(works) if work_id is None else work_id in works
    if is_known:
        plan.known.append(photo.file)
    return is_known


def _links(
    workspace: "Workspace", photos: Sequence[Photograph], within_m: float, work_id: str | None
) -> tuple[Shown, ...]:
    import geopandas as gpd
    from shapely import Point

    points = [Point(photo.place) for photo in photos if photo.place is not None]  # all of them
    frame = gpd.GeoDataFrame(
        {"file": [photo.file for photo in photos]}, geometry=points, crs=GEOGRAPHIC
    )
    return link_photos(frame, workspace.district, within_m=within_m, work_id=work_id)


def _row(photo: Photograph, shown: Shown) -> Photo:
    return Photo.model_validate(
        {
            "sha256": photo.sha256,
            "work_id": shown.work_id,
            "file": photo.file,
            "taken_at": photo.taken_at,
            "lon": photo.place and photo.place[0],
            "lat": photo.place and photo.place[1],
            "direction": photo.direction,
            "distance_m": None if shown.distance_m is None else round(shown.distance_m, 1),
            "linked_by": shown.linked_by,
        }
    )
