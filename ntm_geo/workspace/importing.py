"""A file of boundaries on its way into the record: what was understood of it, then the files."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.foreign import Brought, Format, open_foreign
from ntm_geo.intake import UNIT_KEY, Incoming, Intake, plan_intake, write_intake
from ntm_geo.labels import format_day, format_number
from ntm_geo.model import Position
from ntm_geo.sources import read_standing
from ntm_geo.taking import (
    Links,
    close_lines,
    day_of_units,
    extent_of,
    link_by_place,
    link_units,
    mend_areas,
    near_district,
    place_in_district,
    read_texts,
)

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from pandas import DataFrame

    from ntm_geo.taking import Mended, Placed, ReadTexts
    from ntm_geo.workspace.workspace import Workspace

_AREAS = ("Polygon", "MultiPolygon")
_LINES = ("LineString", "MultiLineString")
_LOSES_DATUM = (Format.TAB, Format.MIF)
_MOST_NAMED = 12


@dataclass(frozen=True)
class Understood:
    """One thing that was understood of a file, or done to it."""

    topic: Text
    said: Text


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; nothing is written yet.

    Parameters
    ----------
    understood
        What was understood, in the order of the steps.
    questions
        What has to be answered first: while there is any, nothing is written.
    intake
        What goes into the record; None where there are questions.
    """

    understood: tuple[Understood, ...]
    questions: tuple[Problem, ...]
    intake: Intake | None


def plan_unit_import(  # noqa: PLR0913 (what a user can say of a file)
    workspace: "Workspace",
    path: Path,
    *,
    on: date,
    crs: str | None = None,
    encoding: str | None = None,
    match: str | None = None,
    inner: str | None = None,
    replace_better: bool = False,
) -> ImportPlan:
    """Work out what the boundaries of a file would do to the record.

    Parameters
    ----------
    workspace
        The district.
    path
        A file in any format that `foreign` opens and that holds areas.
    on
        The day of the import, for the history.
    crs, encoding, match, inner
        What the user says of the file: its CRS, its encoding, the column with names or codes, its
        layer; None leaves each to the evidence.
    replace_better
        Take boundaries also where surveyed ones stand.

    Returns
    -------
    plan
        What was understood, and either questions or what goes into the record.

    Raises
    ------
    RecordError
        The file cannot be read.
    OptionError
        The file holds no areas, or an option names nothing.
    CrsError
        A CRS that nobody knows.
    """
    brought = open_foreign(path, layer=inner, encoding=encoding)
    shapes = _areas(brought)
    record = workspace.record
    seat = (record.project.district.seat_lon, record.project.district.seat_lat)
    extent = extent_of(record.units.rows, seat)
    texts = read_texts(
        _attributes(brought), is_raw=brought.encoding.is_raw, asked=_words_encoding(encoding)
    )
    placed = place_in_district(
        shapes,
        brought.crs.wkt or brought.crs.authority,
        extent,
        asked=crs,
        keeps_datum=brought.recognition.format not in _LOSES_DATUM,
    )
    steps = [*_of_file(brought), _of_texts(texts), _of_place(placed, brought)]
    questions = [one for one in (texts.question, placed.question) if one is not None]
    if questions:
        return ImportPlan(tuple(steps), tuple(questions), None)
    inside = near_district(placed.geometry, extent)
    steps += _of_outside(len(placed.geometry) - len(inside))
    mended = mend_areas(inside)
    areas_km2 = dict(zip(mended.geometry.index, _sizes(mended.geometry), strict=True))
    links = _link(workspace, texts, mended.geometry, areas_km2, match)
    later = _of_later_units(workspace, areas_km2, links)
    steps += [*_of_repairs(mended), *_of_links(workspace, links)]
    questions = [*links.questions, *([later] if later else [])]
    if not links.links and not questions:
        questions = [_nothing_linked(links)]
    if questions:
        return ImportPlan(tuple(steps), tuple(questions), None)
    incoming = [
        Incoming(
            column=UNIT_KEY,
            key=link.code,
            layer="",
            geometry=mended.geometry[link.feature],
            position=Position.DIGITISED,
            source=f"{path.name}, {brought.recognition.format.value}",
        )
        for link in links.links
    ]
    standing = read_standing(workspace.root)
    intake = plan_intake(standing, incoming, on=on, replace_better=replace_better)
    return ImportPlan((*steps, *_of_intake(intake)), (), intake)


def write_import(workspace: "Workspace", plan: ImportPlan) -> tuple[Path, ...]:
    """Write what a plan without questions would do.

    Raises
    ------
    OutputError
        A file cannot be written; the record stays as it was, or holds everything of the old files.
    """
    return () if plan.intake is None else write_intake(workspace.root, plan.intake)


def _sizes(geometry: "GeoSeries") -> list[float]:
    from ntm_geo.lengths import geodesic_areas_km2

    return [float(size) for size in geodesic_areas_km2(geometry)]


def _link(
    workspace: "Workspace",
    texts: "ReadTexts",
    geometry: "GeoSeries",
    areas_km2: Mapping[int, float],
    match: str | None,
) -> Links:
    """Link by names; areas that lines enclose have none, and are linked by their places."""
    record = workspace.record
    if not geometry.index.isin(texts.attributes.index).all():
        return link_by_place(geometry, areas_km2, record.units.rows)
    named = tuple(one for one in record.place_names() if one.kind != "district")
    # Rows whose geometry is odd keep out: they are listed above, and cannot be drawn.
    links = link_units(texts.attributes.loc[geometry.index], named, column=match)
    if links.links or match is not None:
        return links
    by_place = link_by_place(geometry, areas_km2, record.units.rows)
    return by_place if by_place.links else links


def _areas(brought: Brought) -> "GeoSeries":
    """Return the areas of a file by feature; of a drawing those that its lines enclose."""
    frame = brought.features
    if frame is not None:
        from geopandas import GeoSeries

        by_feature = GeoSeries(frame.geometry.to_numpy(), index=frame["feature"], crs=frame.crs)
        areas = GeoSeries(by_feature[by_feature.geom_type.isin(_AREAS)])
        if areas.empty and brought.recognition.format == Format.DXF:
            lines = GeoSeries(by_feature[by_feature.geom_type.isin(_LINES)])
            # Negative numbers: they are no features of the file.
            areas = close_lines(lines)
            areas.index = -areas.index
        if not areas.empty:
            return areas
    kinds = ", ".join(f"{kind} {count}" for kind, count in brought.kinds.items()) or "–"
    raise OptionError(
        Problem(
            file=brought.file,
            what=Text("tệp không có ranh giới (vùng)", "the file holds no areas"),
            found=kinds,
            allowed=Text(", ".join(_AREAS), ", ".join(_AREAS)),
            todo=Text("chọn tệp hoặc lớp có vùng", "choose a file or layer with areas"),
        )
    )


def _attributes(brought: Brought) -> "DataFrame":
    if brought.attributes is None:  # _areas has refused tables
        raise TypeError(brought.file)
    return brought.attributes


def _words_encoding(encoding: str | None) -> str | None:
    """Return the encoding to read words by; UTF-8 was read as such already."""
    return None if encoding is None or encoding.lower() in ("utf-8", "utf8") else encoding


# --- what is told --------------------------------------------------------------------------------


def _of_file(brought: Brought) -> Iterator[Understood]:
    seen = brought.recognition
    kinds = ", ".join(f"{kind} {count}" for kind, count in brought.kinds.items())
    yield Understood(
        Text("Tệp", "File"),
        Text(
            *[f"{brought.file}: {seen.format.value} ({seen.evidence}); {brought.layer}; {kinds}"]
            * 2
        ),
    )
    for notice in brought.notices:
        yield Understood(Text("Lưu ý", "Note"), Text(notice.say("vi"), notice.say("en")))
    for odd in brought.odd:
        yield Understood(
            Text("Bỏ qua", "Left out"),
            Text(f"hình {odd.feature}: {odd.found}", f"feature {odd.feature}: {odd.found}"),
        )


def _of_texts(texts: "ReadTexts") -> Understood:
    why = texts.evidence.why
    samples = "; ".join(f"{before} → {after}" for before, after in texts.evidence.samples[:3])
    shown = f" ({samples})" if samples and texts.encoding not in ("unicode", "ascii") else ""
    return Understood(
        Text("Bảng mã", "Encoding"),
        Text(
            f"{texts.encoding or '?'}: {why.vi}{shown}", f"{texts.encoding or '?'}: {why.en}{shown}"
        ),
    )


def _of_place(placed: "Placed", brought: Brought) -> Understood:
    declared = brought.crs.authority or ("WKT" if brought.crs.wkt else "–")
    origin = brought.crs.origin.value
    if placed.chosen is None:
        said = Text(f"tệp ghi: {declared} ({origin})", f"the file states: {declared} ({origin})")
        return Understood(Text("Hệ tọa độ", "CRS"), said)
    chosen = placed.chosen
    moved = chosen.moved_m if chosen.moved_m and math.isfinite(chosen.moved_m) else 0.0
    told = Text(*(f"; {format_number(round(moved, 1), lang)} m" for lang in ("vi", "en")))
    is_declared = chosen.crs == (brought.crs.wkt or brought.crs.authority)
    name = declared if is_declared else chosen.crs
    return Understood(
        Text("Hệ tọa độ", "CRS"),
        Text(
            f"{name} ({origin}): {chosen.why.vi}{told.vi if moved else ''}",
            f"{name} ({origin}): {chosen.why.en}{told.en if moved else ''}",
        ),
    )


def _of_outside(count: int) -> Iterator[Understood]:
    if count:
        yield Understood(
            Text("Ngoài huyện", "Outside"),
            Text(f"bỏ qua {count} hình", f"{count} features are left out"),
        )


def _nothing_linked(links: Links) -> Problem:
    said = ", ".join(said for _, said in links.unlinked[:_MOST_NAMED])
    return Problem(
        column="--match",
        what=Text("không hình nào ứng với một đơn vị", "no feature is a unit of the district"),
        found=said or "–",
        allowed=Text("một cột mang tên hoặc mã đơn vị", "a column with names or codes of units"),
        todo=Text("chọn cột bằng --match", "choose the column with --match"),
    )


def _of_repairs(mended: "Mended") -> Iterator[Understood]:
    for feature, reason in mended.repairs:
        yield Understood(
            Text("Sửa hình", "Mended"),
            Text(f"hình {feature}: {reason}", f"feature {feature}: {reason}"),
        )


def _of_links(workspace: "Workspace", links: Links) -> Iterator[Understood]:
    names, column = workspace.record.unit_names(), links.column or "–"
    yield Understood(
        Text("Cột tên", "Column"),
        Text(
            f"{column}: {len(links.links)} đơn vị",
            f"{column}: {len(links.links)} units",
        ),
    )
    for link in links.links:
        said = (
            f"{link.feature}: «{link.said}» → {names[link.code]} ({link.code}), {link.sure.value}"
        )
        yield Understood(Text("Đơn vị", "Unit"), Text(said, said))
    for number, said in links.unlinked[:_MOST_NAMED]:
        yield Understood(Text("Không gắn được", "Not linked"), Text(*[f"{number}: «{said}»"] * 2))
    more = len(links.unlinked) - _MOST_NAMED
    if more > 0:
        yield Understood(
            Text("Không gắn được", "Not linked"), Text(f"và {more} hình khác", f"and {more} more")
        )
    found = {link.code for link in links.links}
    missing = [
        names[unit.unit_code] for unit in workspace.record.units if unit.unit_code not in found
    ]
    if missing:
        listed = ", ".join(missing[:_MOST_NAMED])
        yield Understood(Text("Chưa có trong tệp", "Not in the file"), Text(listed, listed))


def _of_later_units(
    workspace: "Workspace", areas_km2: Mapping[int, float], links: Links
) -> Problem | None:
    """Say that the boundaries are those of another day, if they are."""
    record = workspace.record
    start = record.project.plan_date
    day = day_of_units(
        {link.code: areas_km2[link.feature] for link in links.links},
        record.units.rows,
        record.changes.rows,
        start=start,
    )
    if day is None or day == start:
        return None
    since = Text(format_day(day, "vi"), format_day(day, "en"))
    return Problem(
        what=Text(
            f"đây là ranh giới các đơn vị từ {since.vi}, không phải của kế hoạch",
            f"these are the units since {since.en}, not those of the plan",
        ),
        found=", ".join(link.said for link in links.links),
        allowed=Text(
            f"ranh giới còn hiệu lực ngày {format_day(start, 'vi')}",
            f"boundaries valid on {format_day(start, 'en')}",
        ),
        todo=Text("tìm tệp ranh giới trước lần thay đổi", "find boundaries from before the change"),
    )


def _of_intake(intake: Intake) -> Iterator[Understood]:
    yield Understood(
        Text("Vào hồ sơ", "Into the record"),
        Text(
            f"{len(intake.taken)} hình; thay {len(intake.replaced)} hình cũ (giữ trong history)",
            f"{len(intake.taken)} features; old ones replaced, and kept: {len(intake.replaced)}",
        ),
    )
    if intake.kept_out:
        keys = ", ".join(one.key for one in intake.kept_out)
        yield Understood(Text("Giữ hình cũ (đo đạc)", "Surveyed ones stay"), Text(keys, keys))
