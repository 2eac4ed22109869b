"""The boundaries of communes in OpenStreetMap: the question, and the answer read.

The Overpass API answers with relations whose members carry their geometry ("out geom").
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ntm_geo.errors import DownloadError, Text
from ntm_geo.fetching.published import Place, Published, PublishedUnit, holds_a_centre
from ntm_geo.fetching.rings import BrokenRingsError, polygon_of
from ntm_geo.fetching.troubles import check_no_page, not_the_content
from ntm_geo.names import find_fits

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_QUERY = """[out:json][timeout:{timeout_s}][maxsize:{maxsize}]{date};
relation["boundary"="administrative"]["admin_level"~"^[6-9]$"]({south},{west},{north},{east});
out geom;"""
"""Levels 6 to 9 are everything below the province, however the communes were levelled that day."""

_TIMEOUT_S = 120
_MAXSIZE = 256 * 2**20
"""Memory that the server may use for the question [byte]."""

_DIGITS = 4
_KEPT_TAGS = ("name", "name:vi", "official_name", "alt_name", "old_name", "admin_level", "ref")
_ROLES = {"outer": "outer", "": "outer", "inner": "inner"}
_MOST_LON, _MOST_LAT = 180.0, 90.0
_LEAST_POSITIONS = 2


def overpass_address(service: str, place: Place, *, on: date | None) -> str:
    """Return the address that asks a service for every boundary around a district.

    Parameters
    ----------
    service
        Of the Overpass API.
    place
        The district.
    on
        The day whose map is asked for; None asks for today's.
    """
    west, south, east, north = (round(edge, _DIGITS) for edge in place.bounds)
    query = _QUERY.format(
        timeout_s=_TIMEOUT_S,
        maxsize=_MAXSIZE,
        date=f'[date:"{on.isoformat()}T00:00:00Z"]' if on else "",
        south=south,
        west=west,
        north=north,
        east=east,
    )
    return f"{service}?{urlencode({'data': query})}"


def read_answer(path: Path, place: Place) -> Published:
    """Read the boundaries of a district's units out of an answer.

    A relation is of the district where its name is that of a unit or a unit's centre lies in it,
    and it holds not all of the centres: that would be the district itself. What else lies in the
    frame that was asked for is named and left out.

    Parameters
    ----------
    path
        The answer.
    place
        The district.

    Returns
    -------
    published
        Units with whole boundaries; those whose rings do not close; and what was left out.

    Raises
    ------
    DownloadError
        The answer is cut off, an error of the service, or holds no unit of the district.
    """
    units: list[PublishedUnit] = []
    broken: list[tuple[str, Text]] = []
    left_out: list[str] = []
    for relation in _relations(_content(path)):
        tags = _tags(relation)
        name = tags.get("name") or f"relation/{relation.get('id')}"
        is_named = bool(find_fits(name, place.units).things)
        try:
            shape = polygon_of(_lines(relation, "outer"), _lines(relation, "inner"))
        except BrokenRingsError as error:
            if is_named:
                broken.append((name, error.why))
            else:
                left_out.append(name)
            continue
        held = holds_a_centre(shape, place.centres)
        is_district = held == len(place.centres) > 1
        if not is_district and (held or (is_named and _is_near(shape, place))):
            units.append(PublishedUnit(name, _attributes(relation, tags), shape))
        else:
            left_out.append(name)
    if not units and not broken:
        raise _nothing_there(path.name, place, left_out)
    return Published(tuple(units), tuple(broken), tuple(left_out))


def _content(path: Path) -> dict[str, Any]:
    check_no_page(path)
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        what = Text("câu trả lời bị cắt cụt hoặc hỏng", "the answer is cut off or damaged")
        raise _no_answer(path.name, what, str(error)) from error
    if not isinstance(content, dict) or not isinstance(content.get("elements"), list):
        what = Text("đây không phải câu trả lời của Overpass", "this is no answer of Overpass")
        raise _no_answer(path.name, what, type(content).__name__)
    if content.get("remark"):
        what = Text("máy chủ bỏ dở câu hỏi", "the service gave the question up")
        raise _no_answer(path.name, what, str(content["remark"]))
    return content


def _no_answer(file: str, what: Text, found: str) -> DownloadError:
    allowed = Text("câu trả lời JSON của Overpass API", "an answer of the Overpass API in JSON")
    return not_the_content(file, what, found=found, allowed=allowed)


def _nothing_there(file: str, place: Place, left_out: Sequence[str]) -> DownloadError:
    return not_the_content(
        file,
        Text(
            "OpenStreetMap không có ranh giới đơn vị nào của huyện vào ngày ấy",
            "OpenStreetMap has no boundary of a unit of the district on that day",
        ),
        found=", ".join(left_out) or "–",
        allowed=Text(
            f"ranh giới các đơn vị của {place.district}",
            f"boundaries of the units of {place.district}",
        ),
    )


def _relations(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for element in content["elements"]:
        if isinstance(element, dict) and element.get("type") == "relation":
            yield element


def _tags(relation: Mapping[str, Any]) -> dict[str, str]:
    tags = relation.get("tags")
    pairs = tags.items() if isinstance(tags, dict) else ()
    return {str(key): value for key, value in pairs if isinstance(value, str)}


def _attributes(relation: Mapping[str, Any], tags: Mapping[str, str]) -> dict[str, object]:
    kept = {key: tags[key] for key in _KEPT_TAGS if key in tags}
    return {**kept, "osm_id": f"relation/{relation.get('id')}"}


def _lines(relation: Mapping[str, Any], role: str) -> list[list[tuple[float, float]]]:
    """Return the ways of a relation that have a role, as longitudes and latitudes."""
    members = relation.get("members")
    return [
        _positions(member)
        for member in (members if isinstance(members, list) else ())
        if isinstance(member, dict)
        and member.get("type") == "way"
        and _ROLES.get(str(member.get("role"))) == role
    ]


def _positions(member: Mapping[str, Any]) -> list[tuple[float, float]]:
    geometry = member.get("geometry")
    try:
        found = [(float(at["lon"]), float(at["lat"])) for at in geometry or ()]
    except (TypeError, ValueError, KeyError, OverflowError):
        found = []
    far = any(not (abs(lon) <= _MOST_LON and abs(lat) <= _MOST_LAT) for lon, lat in found)
    if len(found) < _LEAST_POSITIONS or far:  # a NaN is far, too
        way = f"way/{member.get('ref')}"
        raise BrokenRingsError(
            Text(
                f"một đoạn ranh giới không có tọa độ hợp lệ ({way})",
                f"a piece of the boundary has no valid coordinates ({way})",
            )
        )
    return found


def _is_near(shape: "BaseGeometry", place: Place) -> bool:
    import shapely

    return bool(shapely.box(*place.bounds).intersects(shape))
