"""Geometry that people bring under gis/geometry/, turned into clean frames.

Features are read from the JSON itself: GDAL gives a column one type for the whole file, which
garbles codes, and passes over odd features in silence; here each of them is named.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ntm_geo.crs import FARTHEST_KM, GEOGRAPHIC, distance_km
from ntm_geo.encodings import decode, find_unclean
from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.model import (
    GEOMETRY_FOLDER,
    HISTORY_FOLDER,
    POSITION_RANK,
    Position,
    kinds_that_fit,
)
from ntm_geo.record import is_data
from ntm_geo.sources.problems import (
    bad_shape,
    drawn_twice,
    too_far,
    unknown_day,
    unknown_key,
    unknown_position,
    unreadable,
    wrong_crs,
    wrong_format,
)

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

_LON_LAT = re.compile(r"(EPSG:{1,2}(4326|4979)|OGC:1\.3:CRS84h?|OGC:CRS84h?)$", re.IGNORECASE)
"""Names of longitude and latitude on WGS 84, with or without heights, as a file declares them."""

_UNIT_KEY = "unit_code"
_ASSET_KEY = "asset_id"


@dataclass(frozen=True)
class Expected:
    """What geometry may speak of, and where it must lie."""

    unit_codes: Collection[str]
    asset_layers: Mapping[str, str]
    """Layer by asset_id."""
    seat: tuple[float, float]
    """Longitude and latitude of the district's seat [degree]."""
    later_units: Mapping[date, Collection[str]] = field(default_factory=dict)
    """Codes of the units since each later change, by the day of the change."""


class Place(NamedTuple):
    """One feature that could be taken; `since` is the day from which a later unit's holds."""

    column: str
    key: str
    since: date | None
    geometry: "BaseGeometry"
    position: Position
    source: str
    file: str
    where: str


class Geometry(NamedTuple):
    """Geometry by key (EPSG:4326), with columns `position` and `source`; empty where none is.

    Parameters
    ----------
    units
        The plan's units by `unit_code`.
    assets
        Assets by `asset_id`.
    later
        Units of later days by `unit_code`, for each day of a change from which they hold: what
        `changes.units_on` lists for that day, as far as somebody brought it.
    """

    units: "GeoDataFrame | None"
    assets: "GeoDataFrame | None"
    later: "Mapping[date, GeoDataFrame]" = MappingProxyType({})


def read_geometry(root: Path, expected: Expected) -> tuple[Geometry, list[Problem]]:
    """Read every GeoJSON file under gis/geometry/.

    Parameters
    ----------
    root
        The folder that holds gis/.
    expected
        The codes that features may carry.

    Returns
    -------
    geometry, problems
        Frames in EPSG:4326 indexed by `unit_code` and `asset_id`, and everything that is wrong.
        A unit whose feature says `valid_from` is one of a later day.
        Where two features speak of one thing, the better position wins: surveyed before
        digitised before sketch.
    """
    places: dict[tuple[str, str, date | None], Place] = {}
    problems: list[Problem] = []
    for path in geometry_files(root):
        file = path.relative_to(root).as_posix()
        if file.startswith(f"{HISTORY_FOLDER}/"):
            continue
        if path.suffix.lower() not in (".geojson", ".json"):
            problems.append(wrong_format(file))
            continue
        for found in _read_file(path, file, expected):
            if isinstance(found, Problem):
                problems.append(found)
                continue
            key = (found.column, found.key, found.since)
            other = places.get(key)
            if other is not None and POSITION_RANK[other.position] == POSITION_RANK[found.position]:
                problems.append(drawn_twice(found, other))
            elif other is None or POSITION_RANK[other.position] < POSITION_RANK[found.position]:
                places[key] = found
    every = list(places.values())
    later = {
        day: frame
        for day in sorted({place.since for place in every if place.since is not None})
        if (frame := _frame(every, _UNIT_KEY, day)) is not None
    }
    return Geometry(_frame(every, _UNIT_KEY), _frame(every, _ASSET_KEY), later), problems


def geometry_files(root: Path) -> list[Path]:
    """Return every file that somebody brought under gis/geometry/, in order."""
    return sorted(p for p in (root / GEOMETRY_FOLDER).rglob("*") if is_data(p))


def _frame(
    places: Iterable[Place], column: str, since: date | None = None
) -> "GeoDataFrame | None":
    wanted = (p for p in places if (p.column, p.since) == (column, since))
    chosen = sorted(wanted, key=lambda place: place.key)
    if not chosen:
        return None
    import geopandas as gpd
    import pandas as pd

    return gpd.GeoDataFrame(
        {
            "position": [place.position.value for place in chosen],
            "source": [place.source for place in chosen],
        },
        geometry=[place.geometry for place in chosen],
        index=pd.Index([place.key for place in chosen], name=column),
        crs=GEOGRAPHIC,
    )


def _read_file(path: Path, file: str, expected: Expected) -> Iterator[Place | Problem]:
    try:
        features = read_features(path, file)
    except RecordError as error:
        yield from error.problems
        return
    for number, feature in enumerate(features):
        yield from _take(feature, file, f"features[{number}]", expected)


def read_features(path: Path, file: str) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file as they stand there.

    Parameters
    ----------
    path, file
        The file, and what messages call it.

    Raises
    ------
    RecordError
        It cannot be read, or is no FeatureCollection in longitude and latitude.
    """
    try:
        content = json.loads(
            decode(path.read_bytes(), file=file).text, parse_constant=_refuse_constant
        )
    except RecordError:
        raise  # it says already what is wrong
    except OSError as error:
        raise RecordError(unreadable(file, error.strerror or str(error))) from error
    except json.JSONDecodeError as error:
        what = Text("tệp GeoJSON viết sai cú pháp", "the file is not valid GeoJSON")
        problem = unreadable(file, error.msg)
        place = replace(problem, what=what, row=error.lineno, column=str(error.colno))
        raise RecordError(place) from error
    except (ValueError, RecursionError) as error:
        raise RecordError(unreadable(file, str(error))) from error
    wrong = _check_collection(content, file)
    if wrong is not None:
        raise RecordError(wrong)
    features: list[dict[str, Any]] = content["features"]
    return features


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _check_collection(content: Any, file: str) -> Problem | None:  # noqa: ANN401 (what JSON holds)
    """Look for other types, odd features and an unknown CRS."""
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        found = content.get("type") if isinstance(content, dict) else type(content).__name__
        return unreadable(file, str(found))
    for number, feature in enumerate(features):
        if not _is_feature(feature):
            problem = unreadable(file, json.dumps(feature, ensure_ascii=False))
            return replace(problem, column=f"features[{number}]")
    crs = content.get("crs")
    if crs is not None:
        properties = crs.get("properties") if isinstance(crs, dict) else None
        name = properties.get("name") if isinstance(properties, dict) else None
        if not _LON_LAT.search(str(name)):
            return wrong_crs(file, str(name))
    return None


def _is_feature(feature: Any) -> bool:  # noqa: ANN401 (what JSON holds)
    is_typed = isinstance(feature, dict) and feature.get("type") == "Feature"
    return is_typed and isinstance(feature.get("properties"), dict | None)


def _take(
    feature: Mapping[str, Any], file: str, where: str, expected: Expected
) -> Iterator[Place | Problem]:
    problems: list[Problem] = []
    properties = feature.get("properties") or {}
    column, key = feature_key(feature)
    day = feature_day(feature)
    since = next((one for one in expected.later_units if one.isoformat() == day), None)
    allowed: Collection[str] = expected.unit_codes
    if column == _ASSET_KEY:
        allowed = expected.asset_layers
    elif since is not None:
        allowed = expected.later_units[since]
    if day and since is None:
        problems.append(unknown_day(day, expected.later_units))
    elif key not in allowed:
        problems.append(unknown_key(column, key, allowed))
    try:
        position = Position(str(properties.get("position") or ""))
    except ValueError:
        problems.append(unknown_position(properties.get("position")))
    source = str(properties.get("source") or "").strip()
    if not source:
        problems.append(
            Problem(
                column="source",
                what=Text("thiếu nguồn của hình", "the geometry's source is missing"),
                allowed=Text("ai đo, khi nào, từ đâu", "who measured it, when, from what"),
                todo=Text("ghi nguồn vào thuộc tính source", "fill in the property source"),
            )
        )
    unclean = find_unclean(source)
    if unclean is not None:
        problems.append(unclean.at(column="source"))
    layer = expected.asset_layers.get(key, "") if column == _ASSET_KEY else None
    kinds = kinds_that_fit(layer)
    geometry, wrong = _shape(feature.get("geometry"), kinds, expected.seat)
    problems += wrong
    if problems or geometry is None:
        for problem in problems:
            yield replace(problem, file=file, column=f"{where}.{problem.column}")
        return
    yield Place(column, key, since, geometry, position, source, file, where)


def feature_key(feature: Mapping[str, Any]) -> tuple[str, str]:
    """Return the column and the code that a feature carries; QGIS may hold a code as a number."""
    properties = feature.get("properties") or {}
    column = _ASSET_KEY if properties.get(_ASSET_KEY) is not None else _UNIT_KEY
    value = properties.get(column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return column, str(value if value is not None else "")


def feature_day(feature: Mapping[str, Any]) -> str:
    """Return the day from which a unit's boundary holds, as it stands there; empty for others."""
    column, _ = feature_key(feature)
    properties = feature.get("properties") or {}
    value = properties.get("valid_from") if column == _UNIT_KEY else None
    # QGIS may make a day of the text, and write it with a time or with slashes.
    return "" if value is None else str(value).strip()[:10].replace("/", "-")


def _shape(
    raw: Any,  # noqa: ANN401 (what JSON holds)
    kinds: Collection[str],
    seat: tuple[float, float],
) -> tuple["BaseGeometry | None", list[Problem]]:
    import shapely
    from shapely.geometry import shape

    problem = _check_raw(raw, kinds)
    if problem is not None:
        return None, [problem]
    try:
        geometry = shapely.force_2d(shape(raw))
    except (ValueError, TypeError, LookupError, shapely.errors.ShapelyError) as error:
        return None, [bad_shape(Text("hình hỏng", "a broken geometry"), str(error), kinds)]
    if geometry.is_empty or not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        return None, [bad_shape(Text("hình không hợp lệ", "an invalid geometry"), reason, kinds)]
    west, south, east, north = geometry.bounds
    corners = ((west, south), (west, north), (east, south), (east, north))
    far_km = max(distance_km(corner, seat) for corner in corners)
    if far_km > FARTHEST_KM:
        return None, [too_far(far_km, geometry.bounds)]
    return geometry, []


def _check_raw(raw: Any, kinds: Collection[str]) -> Problem | None:  # noqa: ANN401 (what JSON holds)
    kind = raw.get("type") if isinstance(raw, dict) else None
    if kind is not None and kind not in kinds:
        return bad_shape(Text("sai kiểu hình", "wrong kind of geometry"), str(kind), kinds)
    if kind is None or not raw.get("coordinates"):
        return bad_shape(Text("không có hình", "no geometry"), "null", kinds)
    if not _are_numbers(raw["coordinates"]):
        found = json.dumps(raw["coordinates"], ensure_ascii=False)
        what = Text("tọa độ không phải toàn là số", "coordinates that are not all figures")
        return bad_shape(what, found, kinds)
    return None


def _are_numbers(value: Any) -> bool:  # noqa: ANN401 (nested coordinates)
    """Tell whether nested coordinates hold figures only, two or more to a position."""
    if not isinstance(value, list) or not value:
        return False
    if any(isinstance(part, list) for part in value):
        return all(_are_numbers(part) for part in value)
    are_figures = all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
    return are_figures and len(value) > 1
