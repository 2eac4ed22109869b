"""GeoJSON read from the JSON itself.

GDAL gives a column one type for the whole file, which garbles codes, and passes over odd features
and repeated names in silence; here each of them is named.
"""

import json
import re
from typing import Any

from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.foreign.brought import (
    Brought,
    Column,
    CrsOrigin,
    DeclaredCrs,
    DeclaredEncoding,
    EncodingOrigin,
    Layer,
    refusal,
)
from ntm_geo.foreign.columns import attribute_frame, told_values
from ntm_geo.foreign.geometry import sort_shapes
from ntm_geo.foreign.layers import choose
from ntm_geo.foreign.staging import MAX_FEATURES, Parcel, check_text_size, too_large, too_many

MAX_BRACKETS = 6_000_000
"""Most lists and objects: each position is one, and weighs some 150 bytes in memory."""

MAX_ATTRIBUTION = 200
"""Most letters of an attribution: it stands on every page."""

_LON_LAT = "OGC:CRS84"
_URN = re.compile(r"urn:ogc:def:crs:(\w+):[\w.]*:(\w+)$", re.IGNORECASE)
_GEOMETRIES = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
    "GeometryCollection",
)  # fmt: skip


class _RepeatedKeys:
    """Names that stand twice in one object, where JSON parsers keep the last in silence."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def take(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        taken = dict(pairs)
        if len(taken) < len(pairs):
            keys = [key for key, _ in pairs]
            self.names |= {key for key in keys if keys.count(key) > 1}
        return taken


def read_geojson(parcel: Parcel, layer: str | None) -> Brought:
    """Read a FeatureCollection, a feature, or a bare geometry.

    Raises
    ------
    RecordError
        No JSON, no GeoJSON, two names alike in one object, no features.
    """
    file = parcel.file
    content = _load(parcel)
    features = _features(content, file)
    if len(features) > MAX_FEATURES:
        raise too_many(file, len(features))
    name = str(content.get("name") or parcel.stem)
    layers = (Layer(name, len(features), "Unknown"),)
    choose(layers, layer, file)
    crs, notices = _crs(content, file)
    shapes, broken = _shapes(features)
    sorted_out = sort_shapes(shapes, file=file, crs=crs.wkt, broken=broken)
    rows = [_properties(feature) for feature in features]
    names = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[_plain(row.get(key)) for row in rows] for key in names]
    return Brought(
        file=file,
        recognition=parcel.recognition,
        driver="json",
        layer=name,
        layers=layers,
        crs=crs,
        encoding=DeclaredEncoding("UTF-8", EncodingOrigin.STANDARD, is_raw=False),
        columns=tuple(Column(key, "") for key in names),
        attributes=attribute_frame(names, cells, len(features), file),
        features=sorted_out.frame,
        kinds=sorted_out.kinds,
        odd=sorted_out.odd,
        notices=(*notices, *sorted_out.notices, *told_values(names, cells, file)),
        attribution=_attribution(content),
    )


def _attribution(content: dict[str, Any]) -> str:
    """Return how the publisher wants to be named, as `ntm-geo fetch` writes it into its files."""
    said = content.get("attribution")
    return " ".join(said.split())[:MAX_ATTRIBUTION] if isinstance(said, str) else ""


def _load(parcel: Parcel) -> dict[str, Any]:
    check_text_size(parcel)
    data = parcel.path.read_bytes()
    if data.count(b"[") + data.count(b"{") > MAX_BRACKETS:
        raise too_large(parcel.file, len(data), len(data) // 2)
    repeated = _RepeatedKeys()
    try:
        # NaN and Infinity are no JSON, but programs write them: they are named later.
        content = json.loads(data, object_pairs_hook=repeated.take)
    except (ValueError, RecursionError) as error:
        what = Text("tệp JSON bị hỏng hoặc bị cắt cụt", "the JSON is damaged or cut off")
        raise _no_geojson(parcel.file, what, str(error)) from error
    if repeated.names:
        what = Text("tên lặp lại trong một đối tượng", "a name stands twice in one object")
        raise _no_geojson(parcel.file, what, ", ".join(sorted(repeated.names)))
    if not isinstance(content, dict):
        what = Text("tệp JSON không phải GeoJSON", "the JSON is no GeoJSON")
        raise _no_geojson(parcel.file, what, type(content).__name__)
    return content


def _features(content: dict[str, Any], file: str) -> list[Any]:
    kind = content.get("type")
    if kind == "FeatureCollection" and isinstance(content.get("features"), list):
        return list(content["features"])
    if kind == "Feature":
        return [content]
    if kind in _GEOMETRIES:
        return [{"geometry": content}]
    what = Text("tệp JSON không phải GeoJSON", "the JSON is no GeoJSON")
    found = f"type = {kind}" if kind else ", ".join(list(content)[:6])
    raise _no_geojson(file, what, found)


def _properties(feature: Any) -> dict[str, Any]:  # noqa: ANN401 (what JSON holds)
    properties = feature.get("properties") if isinstance(feature, dict) else None
    own = dict(properties) if isinstance(properties, dict) else {}
    has_id = isinstance(feature, dict) and isinstance(feature.get("id"), str | int)
    return {"id": feature["id"], **own} if has_id and "id" not in own else own


def _plain(value: Any) -> Any:  # noqa: ANN401 (what JSON holds)
    is_nested = isinstance(value, list | dict)
    return json.dumps(value, ensure_ascii=False) if is_nested else value


def _shapes(features: list[Any]) -> tuple[list[Any], dict[int, str]]:
    import numpy as np
    import shapely
    from shapely.geometry import shape

    shapes, broken = [], {}
    for number, feature in enumerate(features, start=1):
        raw = feature.get("geometry") if isinstance(feature, dict) else feature
        made = None
        if raw is not None:
            try:
                with np.errstate(invalid="ignore"):  # NaN is named later
                    made = shape(_checked(raw))
            except (ValueError, TypeError, LookupError, AttributeError) as error:
                broken[number] = str(error)
            except (shapely.errors.ShapelyError, RecursionError, OverflowError) as error:
                broken[number] = str(error)
        shapes.append(made)
    return shapes, broken


def _checked(raw: Any) -> Any:  # noqa: ANN401 (what JSON holds)
    """Return a geometry whose kind is known; an empty list of coordinates is an empty shape."""
    kind = raw.get("type") if isinstance(raw, dict) else None
    if kind not in _GEOMETRIES:
        raise ValueError(f"type = {kind}" if isinstance(raw, dict) else str(raw)[:60])
    return raw


def _crs(content: dict[str, Any], file: str) -> tuple[DeclaredCrs, list[Problem]]:
    """Return what the old member `crs` says, or longitude and latitude, as RFC 7946 says."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    member = content.get("crs")
    if member is None:
        return DeclaredCrs(CRS(_LON_LAT).to_wkt(), _LON_LAT, CrsOrigin.RFC_7946), []
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name") if isinstance(properties, dict) else member)
    urn = _URN.search(name)
    code = f"{urn[1]}:{urn[2]}" if urn else name
    try:
        crs = CRS.from_user_input(code)
    except CRSError:
        return DeclaredCrs(None, None, CrsOrigin.NONE), [_unknown_crs(file, name)]
    return DeclaredCrs(crs.to_wkt(), code.upper(), CrsOrigin.CRS_MEMBER), []


def _unknown_crs(file: str, name: str) -> Problem:
    return Problem(
        file=file,
        what=Text("không hiểu hệ tọa độ mà tệp ghi", "the CRS that the file names is not known"),
        found=name,
        todo=Text("cho biết hệ tọa độ của tệp", "say which CRS the file is in"),
    )


def _no_geojson(file: str, what: Text, found: str) -> RecordError:
    return refusal(
        file,
        what,
        found=found,
        allowed=Text("một FeatureCollection theo RFC 7946", "a FeatureCollection (RFC 7946)"),
        todo=Text("xuất lại tệp từ QGIS", "export the file from QGIS again"),
    )
