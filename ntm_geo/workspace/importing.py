"""A file that somebody brings on its way into the record: what was understood, then the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.encodings import clean
from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.foreign import Brought, Format, open_foreign
from ntm_geo.intake import ASSET_KEY, UNIT_KEY, Incoming, Intake, plan_intake, write_intake
from ntm_geo.model import LINES, Layer, Position, kinds_that_fit
from ntm_geo.names import Named
from ntm_geo.sources import read_standing
from ntm_geo.taking import (
    Links,
    close_lines,
    extent_of,
    link_by_place,
    link_named,
    mend_areas,
    near_district,
    place_in_district,
    read_points,
    read_texts,
)
from ntm_geo.workspace import told
from ntm_geo.workspace.told import Understood

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from pandas import DataFrame

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
    """

    understood: tuple[Understood, ...]
    questions: tuple[Problem, ...]
    intake: Intake | None


@dataclass(frozen=True)
class Said:
    """What the user says of a file; None leaves each to the evidence.

    Parameters
    ----------
    crs
        Its CRS; `:swapped` behind the code swaps the axes.
    encoding
        The encoding of its text.
    match
        The column with names, codes or ids.
    inner
        The layer within the file.
    position
        How the places are known; None takes what a receiver recorded (GPX) as surveyed, and
        everything else as digitised.
    """

    crs: str | None = None
    encoding: str | None = None
    match: str | None = None
    inner: str | None = None
    position: Position | None = None


@dataclass(frozen=True)
class _Held:
    """What of a file can be drawn: geometry and attributes by feature, and the CRS it states."""

    geometry: "GeoSeries"
    attributes: "DataFrame"
    declared: str | None
    steps: tuple[Understood, ...] = ()
    questions: tuple[Problem, ...] = ()


def plan_import(  # noqa: PLR0913 (a file, where it goes, and how)
    workspace: "Workspace",
    path: Path,
    *,
    layer: str = UNITS,
    said: Said = Said(),
    on: date,
    replace_better: bool = False,
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
    on
        The day of the import, for the history.
    replace_better
        Take geometry also where something stands whose place is better known.

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
    CrsError
        A CRS that nobody knows.
    """
    if layer not in (UNITS, *Layer):
        raise OptionError(_unknown_layer(layer))
    brought = open_foreign(path, layer=said.inner, encoding=said.encoding)
    held = _held(brought, layer)
    steps = [*told.of_file(brought), *held.steps]
    if held.questions:
        return ImportPlan(tuple(steps), held.questions, None)
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
    )
    steps += [told.of_texts(texts), told.of_place(placed, brought)]
    questions = [one for one in (texts.question, placed.question) if one is not None]
    if questions:
        return ImportPlan(tuple(steps), tuple(questions), None)
    inside = near_district(placed.geometry, extent)
    mended = mend_areas(inside)
    steps += [*told.of_outside(len(placed.geometry) - len(inside)), *told.of_repairs(mended)]
    if layer == UNITS:
        links, questions = _link_units(workspace, texts.attributes, mended.geometry, said.match)
    else:
        links = _link_assets(workspace, texts.attributes, mended.geometry, layer, said.match)
        questions = []
    steps += told.of_links(workspace, links, layer if layer != UNITS else None)
    questions = [*links.questions, *questions]
    if not links.links and not questions:
        questions = [told.nothing_linked(links)]
    if questions:
        return ImportPlan(tuple(steps), tuple(questions), None)
    format_ = brought.recognition.format
    incoming = _incoming(path, mended.geometry, links, layer=layer, format_=format_, said=said)
    standing = read_standing(workspace.root)
    intake = plan_intake(standing, incoming, on=on, replace_better=replace_better)
    return ImportPlan((*steps, *told.of_intake(intake)), (), intake)


def write_import(workspace: "Workspace", plan: ImportPlan) -> tuple[Path, ...]:
    """Write what a plan without questions would do.

    Raises
    ------
    OutputError
        A file cannot be written; the record stays as it was, or holds everything of the old files.
    """
    return () if plan.intake is None else write_intake(workspace.root, plan.intake)


def _incoming(  # noqa: PLR0913 (what a feature is made of)
    path: Path, geometry: "GeoSeries", links: Links, *, layer: str, format_: Format, said: Said
) -> list[Incoming]:
    measured = format_ == Format.GPX
    known = said.position or (Position.SURVEYED if measured else Position.DIGITISED)
    # A name of a file may hold what the record does not take: decomposed letters, hidden ones.
    name = "".join(letter for letter in clean(path.name) if letter.isprintable())
    return [
        Incoming(
            column=UNIT_KEY if layer == UNITS else ASSET_KEY,
            key=link.code,
            layer="" if layer == UNITS else layer,
            geometry=geometry[link.feature],
            position=known,
            source=f"{name}, {format_.value}",
        )
        for link in links.links
    ]


# --- what of a file can be drawn -----------------------------------------------------------------


def _held(brought: Brought, layer: str) -> _Held:
    if brought.table is not None and layer != UNITS:
        return _held_in_table(brought)
    kinds = kinds_that_fit(None if layer == UNITS else layer)
    geometry = _shapes(brought, kinds, close=layer == UNITS)
    if geometry is None or brought.attributes is None:
        raise OptionError(_no_shapes(brought, kinds))
    left = sum(count for kind, count in brought.kinds.items() if kind not in kinds)
    steps = tuple(told.of_other_kinds(left)) if geometry.index.min() > 0 else ()
    declared = brought.crs.wkt or brought.crs.authority
    return _Held(geometry, brought.attributes, declared, steps)


def _shapes(brought: Brought, kinds: Sequence[str], *, close: bool) -> "GeoSeries | None":
    """Return the shapes of some kinds by feature; of a drawing the areas that its lines enclose."""
    from geopandas import GeoSeries

    frame = brought.features
    if frame is None:
        return None
    by_feature = GeoSeries(frame.geometry.to_numpy(), index=frame["feature"], crs=frame.crs)
    found = GeoSeries(by_feature[by_feature.geom_type.isin(kinds)])
    if found.empty and close and brought.recognition.format == Format.DXF:
        found = close_lines(GeoSeries(by_feature[by_feature.geom_type.isin(LINES)]))
        found.index = -found.index  # these are no features of the file
    return None if found.empty else found


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


# --- what is what --------------------------------------------------------------------------------


def _link_units(
    workspace: "Workspace", attributes: "DataFrame", geometry: "GeoSeries", match: str | None
) -> tuple[Links, list[Problem]]:
    """Link by names; areas that lines enclose have none, and are linked by their places."""
    from ntm_geo.lengths import geodesic_areas_km2

    record = workspace.record
    sizes = geodesic_areas_km2(geometry).tolist()
    areas_km2: Mapping[int, float] = dict(zip(geometry.index, sizes, strict=True))
    named = tuple(one for one in record.place_names() if one.kind != "district")
    links = Links("", (), ())
    if geometry.index.isin(attributes.index).all():
        links = link_named(attributes.loc[geometry.index], named, column=match)
    if not links.links and match is None:
        by_place = link_by_place(geometry, areas_km2, record.units.rows)
        links = by_place if by_place.links or not links.column else links
    later = told.of_later_units(workspace, areas_km2, links)
    return links, [later] if later else []


def _link_assets(
    workspace: "Workspace",
    attributes: "DataFrame",
    geometry: "GeoSeries",
    layer: str,
    match: str | None,
) -> Links:
    """Link by id, or by a name that only one asset of the layer has."""
    named = tuple(
        Named(asset.asset_id, layer, (asset.name,))
        for asset in workspace.record.assets
        if asset.layer == layer
    )
    return link_named(attributes.loc[geometry.index], named, column=match)


def _words_encoding(encoding: str | None) -> str | None:
    """Return the encoding to read words by; UTF-8 was read as such already."""
    return None if encoding is None or encoding.lower() in ("utf-8", "utf8") else encoding


def _no_shapes(brought: Brought, kinds: Sequence[str]) -> Problem:
    found = ", ".join(f"{kind} {count}" for kind, count in brought.kinds.items()) or "–"
    allowed = ", ".join(kinds)
    return Problem(
        file=brought.file,
        what=Text("tệp không có hình loại này", "the file holds no shapes of this kind"),
        found=found,
        allowed=Text(allowed, allowed),
        todo=Text("chọn tệp, lớp hoặc --layer khác", "choose another file, layer or --layer"),
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
