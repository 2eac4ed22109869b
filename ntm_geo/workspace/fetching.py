"""Boundaries of the district's units from the net, saved beside the record, never into it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntm_geo.cache import Kept, Origin, cache_folder, checksum, find_kept, keep
from ntm_geo.errors import (
    NameAmbiguousError,
    NameUnknownError,
    OptionError,
    Problem,
    Text,
)
from ntm_geo.fetching import (
    OSM,
    Limits,
    OnBytes,
    Place,
    Published,
    Publisher,
    download,
    overpass_address,
    read_answer,
    read_district,
)
from ntm_geo.files import refuse_record, replacing
from ntm_geo.foreign.staging import temporary_folder
from ntm_geo.names import find_fits
from ntm_geo.taking import extent_of

if TYPE_CHECKING:
    from ntm_geo.schemas import Record
    from ntm_geo.workspace.workspace import Workspace

_ENDINGS = (".geojson", ".json")
_WEB = ("https://", "http://")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for, and how.

    Parameters
    ----------
    publisher
        Who publishes it.
    on
        The day whose units are asked for, where the publisher keeps every day; None takes the last
        day on which the units of the plan were all there.
    place
        Another address than the publisher's, or a file that was brought by hand.
    again
        Ask the net also where the file was had before.
    limits
        Bounds of time and size; None takes the usual ones.
    """

    publisher: Publisher
    on: date | None = None
    place: str | None = None
    again: bool = False
    limits: Limits | None = None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """Boundaries that were had and saved.

    Parameters
    ----------
    path
        The file that was written: GeoJSON in EPSG:4326.
    origin
        Where it comes from.
    on
        The day whose units these are; None where the publisher has one edition only,
        or where a file was brought by hand and nobody said.
    is_kept
        Nothing was asked of the net: it was had before, or brought by hand.
    was_damaged
        What had been kept was no longer what had come, and was had anew.
    before
        What had been kept until now, where something else came this time.
    published
        What was found.
    missing
        Units of the record of which nothing was found, by name.
    strange
        What was found and has no name of a unit.
    """

    path: Path
    origin: Origin
    on: date | None
    is_kept: bool
    was_damaged: bool
    before: Origin | None
    published: Published
    missing: tuple[str, ...]
    strange: tuple[str, ...]


def fetch_units(
    workspace: "Workspace",
    asked: Asked,
    *,
    today: date,
    output: Path | None = None,
    on_bytes: OnBytes | None = None,
) -> Fetched:
    """Get the boundaries of a district's units, and save them as a file to be imported.

    Parameters
    ----------
    workspace
        The district.
    asked
        From whom, of which day.
    today
        The day to note as that of the download.
    output
        The file to write; None writes into the user's cache folder.
    on_bytes
        Is told how far the download is.

    Raises
    ------
    DownloadError
        No network, a server that fails, or something else came than was asked for.
    NameUnknownError, NameAmbiguousError
        The publisher knows no such district, or two.
    OptionError
        An address or a file that cannot be used.
    OutputError
        The file cannot be written.
    """
    publisher, record = asked.publisher, workspace.record
    _check_output(output)
    on = _day(record, asked, today)
    place = _place(record)
    if asked.place is not None and not asked.place.startswith(_WEB):
        path = _brought(asked.place)
        origin = Origin(address=path.name, day=today.isoformat(), sha256=checksum(path))
        had = _Had(_read(publisher, path, place), origin, is_kept=True)
        on = asked.on  # what day a file is of that somebody else has asked for, nobody knows
    else:
        question = _question(asked, place, on, today)
        had = _had(question, asked, place, today, on_bytes)
    target = output or cache_folder() / f"{_stem(publisher, on)}-{record.project.id}-units.geojson"
    content = _collection(publisher, had, on)
    with replacing(target) as draft:
        draft.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    missing, strange = _compare(record, place, had.published)
    return Fetched(
        path=target,
        origin=had.origin,
        on=on,
        is_kept=had.is_kept,
        was_damaged=had.was_damaged,
        before=had.before,
        published=had.published,
        missing=missing,
        strange=strange,
    )


@dataclass(frozen=True)
class _Had:
    published: Published
    origin: Origin
    is_kept: bool
    was_damaged: bool = False
    before: Origin | None = None


@dataclass(frozen=True)
class _Question:
    """An address; what it has of today is another thing tomorrow."""

    address: str
    is_of_today: bool


def _question(asked: Asked, place: Place, on: date | None, today: date) -> _Question:
    address = asked.place or asked.publisher.address
    if asked.publisher.id != OSM.id:
        return _Question(address, is_of_today=False)
    # Of today without a day: not every mirror knows the past.
    is_of_today = on == today
    day = None if is_of_today else on
    return _Question(overpass_address(address, place, on=day), is_of_today)


def _had(
    question: _Question, asked: Asked, place: Place, today: date, on_bytes: OnBytes | None
) -> _Had:
    """Return what an address has: as it was kept, else from the net."""
    publisher, folder, address = asked.publisher, cache_folder(), question.address
    name = f"{publisher.id}{publisher.ending}"
    kept: Kept | None = find_kept(folder, name, address)
    is_old = question.is_of_today and kept is not None and kept.origin.day != today.isoformat()
    if kept is not None and kept.is_whole and not (asked.again or is_old):
        return _Had(_read(publisher, kept.path, place), kept.origin, is_kept=True)
    limits = asked.limits or Limits(max_bytes=publisher.max_bytes)
    with temporary_folder() as temporary:
        path = temporary / name
        received = download(address, path, limits=limits, on_bytes=on_bytes)
        origin = Origin(address=address, day=today.isoformat(), sha256=received.sha256)
        try:
            published = _read(publisher, path, place)
        except (NameAmbiguousError, NameUnknownError):
            keep(folder, name, path, origin)  # the file is good: the record may be wrong
            raise
        keep(folder, name, path, origin)
    was_damaged = kept is not None and not kept.is_whole
    is_other = kept is not None and kept.origin.sha256 != origin.sha256
    before = kept.origin if kept is not None and is_other and not was_damaged else None
    return _Had(published, origin, is_kept=False, was_damaged=was_damaged, before=before)


def _read(publisher: Publisher, path: Path, place: Place) -> Published:
    return read_answer(path, place) if publisher.id == OSM.id else read_district(path, place)


def _place(record: "Record") -> Place:
    district = record.project.district
    return Place(
        province=district.province,
        district=district.name,
        units=tuple(one for one in record.place_names() if one.kind != "district"),
        centres=tuple((unit.lon, unit.lat) for unit in record.units),
        bounds=extent_of(record.units.rows, (district.seat_lon, district.seat_lat)).bounds,
    )


def _day(record: "Record", asked: Asked, today: date) -> date | None:
    """Return the day whose units are asked for; None where there is one edition only."""
    if asked.on is not None:
        if asked.publisher.id != OSM.id:
            what = Text("nguồn này chỉ có một bản", "this source has one edition only")
            allowed = Text(f"--source {OSM.id} --on …", f"--source {OSM.id} --on …")
            raise _no_such_day(asked.on, what, allowed)
        if asked.on > today:
            what = Text("ngày này chưa tới", "nobody has mapped this day yet")
            raise _no_such_day(asked.on, what, Text("một ngày đã qua", "a day that has been"))
        return asked.on
    if asked.publisher.id != OSM.id:
        return None
    start = record.project.plan_date
    lasts = [row.date - timedelta(days=1) for row in record.changes if row.date > start]
    return min([*lasts, today])


def _no_such_day(day: date, what: Text, allowed: Text) -> OptionError:
    todo = Text("bỏ --on, hoặc chọn ngày khác", "leave --on out, or choose another day")
    return OptionError(
        Problem(column="--on", what=what, found=day.isoformat(), allowed=allowed, todo=todo)
    )


def _compare(
    record: "Record", place: Place, published: Published
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Hold the names that were found against the record's; nothing is linked by this."""
    fits = {unit.name: find_fits(unit.name, place.units).things for unit in published.units}
    found = {thing.code for things in fits.values() for thing in things}
    missing = tuple(unit.name for unit in record.units if unit.unit_code not in found)
    return missing, tuple(name for name, things in fits.items() if not things)


# --- files ---------------------------------------------------------------------------------------


def _check_output(output: Path | None) -> None:
    if output is None:
        return
    refuse_record(output)
    if output.suffix.lower() not in _ENDINGS:
        endings = ", ".join(_ENDINGS)
        raise OptionError(
            Problem(
                column="--output",
                what=Text("ranh giới được ghi dạng GeoJSON", "boundaries are written as GeoJSON"),
                found=str(output),
                allowed=Text(endings, endings),
                todo=Text("đổi đuôi tệp", "change the ending"),
            )
        )


def _brought(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise OptionError(
            Problem(
                column="--from",
                what=Text(
                    "không phải địa chỉ https://, cũng không phải tệp có thật",
                    "neither an https:// address nor a file that is there",
                ),
                found=name,
                allowed=Text("https://…, hoặc một tệp", "https://…, or a file"),
                todo=Text("kiểm tra lại", "check it"),
            )
        )
    return path


def _stem(publisher: Publisher, on: date | None) -> str:
    if publisher.id == OSM.id:
        return f"{OSM.id}-{on.isoformat()}" if on else OSM.id
    return publisher.title.lower().replace(" ", "-")


def _collection(publisher: Publisher, had: _Had, on: date | None) -> Mapping[str, Any]:
    """Return the boundaries as GeoJSON that says where it comes from and on which terms."""
    import shapely

    features = [
        {
            "type": "Feature",
            "properties": dict(unit.attributes),
            "geometry": shapely.geometry.mapping(unit.shape),
        }
        for unit in had.published.units
    ]
    return {
        "type": "FeatureCollection",
        "name": f"{publisher.title}{f', {on.isoformat()}' if on else ''}",
        "source": had.origin.address,
        "downloaded": had.origin.day,
        "sha256": had.origin.sha256,
        "licence": publisher.terms.en,
        "licence_vi": publisher.terms.vi,
        "licence_address": publisher.terms_address,
        "attribution": publisher.attribution,
        "features": features,
    }
