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
        sizes = [_size(_shape(old.feature)), _size(new.geometry)]
        said = [f"{old.key}: {properties.get('source')} ({old.file})"] * 2
        if all(sizes):
            words = [" → ".join(size.say(lang) for size in sizes if size) for lang in ("vi", "en")]
            said = [f"{one}: {word}" for one, word in zip(said, words, strict=True)]
        yield Understood(Text("Thay hình cũ", "Replaced"), Text(*said))
    if intake.kept_out:
        keys = ", ".join(one.key for one in intake.kept_out)
        yield Understood(Text("Giữ hình đo đạc", "Surveyed ones stay"), Text(keys, keys))


def _shape(feature: Mapping[str, Any]) -> "BaseGeometry":
    from shapely.geometry import shape

    return shape(feature["geometry"])


def _size(shape: "BaseGeometry") -> Text | None:
    """Return the length of a line or the area of a polygon; None of a point."""
    from geopandas import GeoSeries

    one = GeoSeries([shape], crs=GEOGRAPHIC)
    if shape.geom_type in LINES:
        return _in(float(geodesic_lengths_m(one)[0]) / 1000, "km")
    if shape.geom_type in AREAS:
        return _in(float(geodesic_areas_km2(one)[0]), "km²")
    return None


def _in(value: float, unit: str) -> Text:
    def say(lang: Lang) -> str:
        return f"{format_number(round(value, 3), lang)} {unit}"

    return Text(say("vi"), say("en"))
