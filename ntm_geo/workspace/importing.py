"""A file that somebody brings on its way into the record: what was understood, then the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import OptionError, Problem, RecordError, Text
from ntm_geo.foreign import MOST_SECONDS, Brought, Format, open_foreign
from ntm_geo.intake import (
    Intake,
    add_spellings,
    plan_intake,
    write_intake,
)
from ntm_geo.model import LINES, Layer, Position, kinds_that_fit
from ntm_geo.record.files import read_text
from ntm_geo.schemas import TABLES
from ntm_geo.sources import read_standing
from ntm_geo.taking import (
    are_tangled,
    close_lines,
    extent_of,
    find_tangled,
    near_district,
    place_in_district,
    read_points,
    read_texts,
    require_encoding,
    take_parts,
    tangled_feature,
    tangled_file,
)
from ntm_geo.workspace import told
from ntm_geo.workspace.arriving import arrive, origins_of
from ntm_geo.workspace.boundaries import match_boundaries, tell_beside
from ntm_geo.workspace.intake_words import of_intake
from ntm_geo.workspace.matched import Matched, Said
from ntm_geo.workspace.other_crs import ask_crs
from ntm_geo.workspace.pieces import Pieced, hold_against_standing
from ntm_geo.workspace.places import match_places
from ntm_geo.workspace.told import Understood
from ntm_geo.workspace.unused import tell_unused
from ntm_geo.workspace.wrong_layer import no_shapes

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from pandas import DataFrame

    from ntm_geo.linking import Alias
    from ntm_geo.steps import Step
    from ntm_geo.workspace.workspace import Workspace

UNITS = "units"
"""What boundaries of communes are imported as; anything else is a layer of assets."""

_LOSES_DATUM = (Format.TAB, Format.MIF)


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
    tables
        Tables of the record that learn spellings: their path and their new bytes.
    about
        The file that is brought.
    """

    understood: tuple[Understood, ...]
    questions: tuple[Problem, ...] = ()
    intake: Intake | None = None
    tables: Mapping[str, bytes] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True)
class _Held:
    """What of a file can be drawn: geometry and attributes by feature, and the CRS it states."""

    geometry: "GeoSeries"
    attributes: "DataFrame"
    declared: str | None
    steps: tuple[Understood, ...] = ()
    questions: tuple[Problem, ...] = ()


def plan_import(
    workspace: "Workspace",
    path: Path,
    *,
    layer: str = UNITS,
    said: Said,
    today: date,
) -> ImportPlan:
    """Work out what a file would do to the record.

    Parameters
    ----------
    workspace
        The district.
    path
        A file in any format that `foreign` opens.
    layer
        "units" for boundaries of communes, or a layer of assets.
    said
        What the user says of the file.
    today
        The day of the import, for the history.

    Returns
    -------
    plan
        What was understood, and either questions or what goes into the record.

    Raises
    ------
    RecordError
        The file cannot be read.
    OptionError
        The file holds nothing of this kind, or an option names nothing.
    NameUnknownError, NameAmbiguousError
        What a feature is said to be is nothing, or two things.
    CrsError
        A CRS that nobody knows.
    """
    if layer not in (UNITS, *Layer):
        raise OptionError(_unknown_layer(layer))
    require_encoding(said.encoding)
    brought = open_foreign(path, layer=said.inner, encoding=said.encoding, seconds=MOST_SECONDS)
    held = _held(brought, layer, said)
    kinds = set(held.geometry.geom_type)
    unused = tell_unused(said, kinds, are_units=layer == UNITS)
    steps = [*told.of_file(brought), *held.steps, *unused]
    if held.questions:
        return ImportPlan(tuple(steps), held.questions)
    record = workspace.record
    seat = (record.project.district.seat_lon, record.project.district.seat_lat)
    extent = extent_of(record.units.rows, seat)
    asked = _words_encoding(said.encoding)
    texts = read_texts(held.attributes, is_raw=brought.encoding.is_raw, asked=asked)
    placed = place_in_district(
        held.geometry,
        held.declared,
        extent,
        asked=said.crs,
        keeps_datum=brought.recognition.format not in _LOSES_DATUM,
        left_out=said.left_out,
    )
    steps += [told.of_texts(texts), told.of_place(placed, brought)]
    questions = [one for one in (texts.question, placed.question) if one is not None]
    if questions:
        return ImportPlan(tuple(steps), tuple(questions))
    inside = near_district(placed.geometry, extent)
    outside = [n for n in placed.geometry.index if n not in inside.index]
    steps += told.of_outside(outside, said.most_listed)
    tangled = find_tangled(inside)
    questions = [tangled_feature(n) for n in tangled if n not in said.left_out]
    if inside.empty:
        questions = [_all_outside(brought, said.crs)]
    if questions:
        return ImportPlan(tuple(steps), tuple(questions))
    # What is left out must not cost hours either.
    inside = inside.drop(list(tangled))
    gone = {*tangled, *outside}
    if are_tangled(inside):
        raise RecordError(tangled_file(brought.file))
    said = replace(said, left_out=[n for n in said.left_out if n not in gone])
    matched = _match(workspace, texts.attributes, inside, layer, said)
    steps += matched.steps
    if matched.questions:
        wrong_crs = ask_crs(placed, held.geometry, matched.far, workspace.district.units)
        return ImportPlan(tuple(steps), (*wrong_crs, *matched.questions))
    origins, told_origins = origins_of(path, brought, texts.attributes, matched, said.position)
    steps += told_origins
    pieced = Pieced(matched.shapes)
    if layer != UNITS:
        pieced = hold_against_standing(
            matched.shapes,
            workspace.district.assets,
            positions={
                key: Position.SURVEYED if said.replaces_surveyed else origin.position
                for key, origin in origins.items()
            },
            said=said,
            crs=record.project.working_crs,
        )
    if pieced.questions:
        return ImportPlan(tuple(steps), pieced.questions)
    steps += pieced.steps
    incoming, steps_of_shapes = arrive(
        pieced, origins, layer="" if layer == UNITS else layer, since=matched.valid_from
    )
    standing = read_standing(workspace.root)
    intake = plan_intake(
        standing,
        incoming,
        on=today,
        replace_better=said.replaces_surveyed,
    )
    crs = record.project.working_crs
    beside = tell_beside(intake, standing, matched.names, crs=crs)
    understood = (*steps, *steps_of_shapes, *beside, *of_intake(intake))
    tables = _learned(workspace.root, layer, matched.aliases)
    return ImportPlan(understood, (), intake, tables, path.name)


def write_import(workspace: "Workspace", plan: ImportPlan) -> "Step | None":
    """Write what a plan without questions would do.

    Raises
    ------
    OutputError
        As `write_step`: the record is as it was, or the files that are new are named.
    """
    if plan.intake is None:
        return None
    return write_intake(
        workspace.root, plan.intake, plan.tables, seen=workspace.seen, about=plan.about
    )


def _match(
    workspace: "Workspace", attributes: "DataFrame", geometry: "GeoSeries", layer: str, said: Said
) -> Matched:
    import geopandas as gpd

    # An attribute may be called as the column of shapes is, and says nothing that is asked for.
    named = attributes.loc[geometry.index].drop(columns="geometry", errors="ignore")
    features = gpd.GeoDataFrame(named, geometry=geometry)
    if layer == UNITS:
        return match_boundaries(workspace.record, features, said)
    return match_places(workspace.record, workspace.district, features, layer, said)


def _learned(root: Path, layer: str, aliases: "Iterable[Alias]") -> dict[str, bytes]:
    """Return the table that learns spellings, as its spreadsheet would save it."""
    spellings: dict[str, list[str]] = {}
    for code, spelling in aliases:
        spellings.setdefault(code, []).append(spelling)
    if not spellings:
        return {}
    table = next(one for one in TABLES if one.name == ("units" if layer == UNITS else "assets"))
    before = read_text(root, table.file)
    text = add_spellings(before.text, key=table.key[0], spellings=spellings)
    if before.had_crlf:
        text = text.replace("\n", "\r\n")
    return {table.file: text.encode("utf-8-sig" if before.had_bom else "utf-8")}


# --- what of a file can be drawn -----------------------------------------------------------------


def _held(brought: Brought, layer: str, said: Said) -> _Held:
    from geopandas import GeoSeries

    if brought.table is not None and layer != UNITS:
        return _held_in_table(brought)
    of_layer = None if layer == UNITS else layer
    kinds = kinds_that_fit(of_layer)
    frame, attributes = brought.features, brought.attributes
    if frame is None or attributes is None:
        raise OptionError(no_shapes(brought, of_layer), *brought.notices)
    shapes, mixed = take_parts(frame.set_index("feature").geometry, kinds)
    by_feature = _without_single_points(shapes)
    geometry = GeoSeries(by_feature[by_feature.geom_type.isin(kinds)])
    declared = brought.crs.wkt or brought.crs.authority
    if geometry.empty and layer == UNITS and brought.recognition.format == Format.DXF:
        lines = GeoSeries(by_feature[by_feature.geom_type.isin(LINES)])
        if are_tangled(lines):
            raise RecordError(tangled_file(brought.file))
        areas = close_lines(lines)
        if not areas.empty:
            # Areas are no features of the file: they have none of its attributes.
            bare = attributes.iloc[:0, :0].reindex(areas.index)
            return _Held(areas, bare, declared, (told.of_closed(len(areas)),))
    if geometry.empty:
        raise OptionError(no_shapes(brought, of_layer), *brought.notices)
    others = dict(by_feature.geom_type[~by_feature.geom_type.isin(kinds)].items())
    told_others = (*told.of_mixed(mixed), *told.of_other_kinds(others, said.most_listed))
    return _Held(geometry, attributes, declared, told_others)


def _without_single_points(shapes: "GeoSeries") -> "GeoSeries":
    """Return shapes in which a point is a point, also where the file wraps each into a set."""
    import shapely

    is_single = (shapes.geom_type == "MultiPoint") & (shapely.get_num_geometries(shapes) == 1)
    plain = shapes.copy()
    plain[is_single] = shapely.get_geometry(shapes[is_single].to_numpy(), 0)
    return plain


def _held_in_table(brought: Brought) -> _Held:
    table = brought.table
    if table is None:
        raise TypeError(brought.file)
    points = read_points(table.header, table.rows, table.lines)
    steps = (told.of_points(points.why, len(points.geometry)), *told.of_odd_rows(points.odd))
    questions = points.questions
    if not questions and points.geometry.empty:
        questions = (*points.odd[:1],)
    declared = GEOGRAPHIC if points.kind == "geographic" else None
    return _Held(points.geometry, points.attributes, declared, steps, questions)


def _words_encoding(encoding: str | None) -> str | None:
    """Return the encoding to read words by; UTF-8 was read as such already."""
    return None if encoding is None or encoding.lower() in ("utf-8", "utf8") else encoding


def _all_outside(brought: Brought, crs: str | None) -> Problem:
    return Problem(
        file=brought.file,
        column="--crs",
        what=Text("mọi hình đều nằm ngoài huyện", "all features lie outside the district"),
        found=crs,
        todo=Text(
            "bỏ --crs để chương trình tự tìm, hoặc chọn tệp khác",
            "leave --crs out, so that it is looked for, or choose another file",
        ),
    )


def _unknown_layer(layer: str) -> Problem:
    words = ", ".join((UNITS, *Layer))
    return Problem(
        column="--layer",
        what=Text("không có lớp này", "there is no such layer"),
        found=layer,
        allowed=Text(words, words),
        todo=Text("chọn một lớp", "choose one of these"),
    )
