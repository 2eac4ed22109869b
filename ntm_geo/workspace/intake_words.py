"""What is told of what goes into the record: how well it is known, and what it replaces."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import Lang, Text
from ntm_geo.labels import format_number, label
from ntm_geo.lengths import geodesic_areas_km2, geodesic_lengths_m
from ntm_geo.model import AREAS, LINES
from ntm_geo.workspace.told import Understood

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.intake import Intake


def of_intake(intake: "Intake") -> Iterator[Understood]:
    """Tell what goes into the record, and what it replaces, with the size of both."""
    at = sorted({one.position for one in intake.taken})
    vi, en = (", ".join(label(position, lang) for position in at) for lang in ("vi", "en"))
    yield Understood(
        Text("Vào hồ sơ", "Into the record"),
        Text(
            f"{len(intake.taken)} hình{f' ({vi})' if vi else ''}; thay {len(intake.replaced)} hình "
            "cũ (giữ trong history)",
            f"{len(intake.taken)} features{f' ({en})' if en else ''}; old ones replaced, and kept: "
            f"{len(intake.replaced)}",
        ),
    )
    coming = {(one.key, one.since): one for one in intake.taken}
    for old in intake.replaced:
        properties = old.feature.get("properties") or {}
        new = coming[old.key, old.valid_from]
        change = _change(_shape(old.feature), new.geometry)
        said = f"{old.key}: {properties.get('source')} ({old.file})"
        yield Understood(
            Text("Thay hình cũ", "Replaced"),
            Text(f"{said}: {change.vi}", f"{said}: {change.en}"),
        )
    if intake.kept_out:
        keys = ", ".join(one.key for one in intake.kept_out)
        yield Understood(
            Text("Giữ hình đo đạc", "Surveyed ones stay"),
            Text(
                f"{keys}: hình mới có độ tin cậy thấp hơn nên KHÔNG được đưa vào; vẫn "
                "muốn thay: --replace-surveyed",
                f"{keys}: what comes is known less well and does NOT come in; to replace them all "
                "the same: --replace-surveyed",
            ),
        )


def _shape(feature: Mapping[str, Any]) -> "BaseGeometry":
    from shapely.geometry import shape

    return shape(feature["geometry"])


def _change(before: "BaseGeometry", after: "BaseGeometry") -> Text:
    """Say how a geometry changes: its length or area, or how far a point goes."""
    from shapely.geometry import LineString

    sizes = [_size(before), _size(after)]
    known = [size for size in sizes if size is not None]
    if len(known) == len(sizes):
        return Text(" → ".join(one.vi for one in known), " → ".join(one.en for one in known))
    way = LineString([before.representative_point(), after.representative_point()])
    moved = _in(_km(way), "km")
    return Text(f"dời đi {moved.vi}", f"moved by {moved.en}")


def _size(shape: "BaseGeometry") -> Text | None:
    """Return the length of a line or the area of a polygon; None of a point."""
    from geopandas import GeoSeries

    if shape.geom_type in LINES:
        return _in(_km(shape), "km")
    if shape.geom_type in AREAS:
        return _in(float(geodesic_areas_km2(GeoSeries([shape], crs=GEOGRAPHIC))[0]), "km²")
    return None


def _km(line: "BaseGeometry") -> float:
    from geopandas import GeoSeries

    return float(geodesic_lengths_m(GeoSeries([line], crs=GEOGRAPHIC))[0]) / 1000


def _in(value: float, unit: str) -> Text:
    def say(lang: Lang) -> str:
        return f"{format_number(round(value, 3), lang)} {unit}"

    return Text(say("vi"), say("en"))
