"""Boundaries of units in a file: of which day, which unit each is, mended, held against areas."""

from datetime import date
from typing import TYPE_CHECKING

from ntm_geo.changes import require_known
from ntm_geo.coverage import compare_areas, find_beside, repair_coverage
from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import Problem, Text
from ntm_geo.intake import UNIT_KEY
from ntm_geo.labels import format_day
from ntm_geo.linking import (
    Columns,
    Learned,
    find_code_column,
    find_kind_column,
    find_name_column,
    learn,
    link_units,
    recognise_units,
    unit_sets,
)
from ntm_geo.model import AREAS
from ntm_geo.workspace import told
from ntm_geo.workspace.matched import Matched, Said, features_by_code, missing_column
from ntm_geo.workspace.unlinked import columns_besides, nothing_linked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geopandas import GeoDataFrame

    from ntm_geo.intake import Intake
    from ntm_geo.linking import Link, UnitSet
    from ntm_geo.model import Standing
    from ntm_geo.schemas import Record
    from ntm_geo.workspace.told import Understood


def match_boundaries(record: "Record", features: "GeoDataFrame", said: Said) -> Matched:
    """Find the units that polygons are, and mend them together.

    Parameters
    ----------
    record
        The district's record.
    features
        Polygons by number in EPSG:4326, with the attributes that they have.
    said
        What the user says of them.

    Returns
    -------
    matched
        Boundaries by code, of the plan's units or of those of a later day.

    Raises
    ------
    OptionError
        A day before the plan, or a feature that there is not.
    NameUnknownError, NameAmbiguousError
        What a feature is said to be is nothing, or two things.
    """
    start = record.project.plan_date
    sets = unit_sets(record.units.rows, record.changes.rows, start=start)
    wrong = missing_column(said.match, features)
    if wrong:
        return Matched(steps=(), questions=wrong)
    columns, steps = _columns(features, sets, said.match)
    if said.on is None:
        recognised = recognise_units(features, sets, columns)
        if recognised.units is None:
            return Matched(steps=steps, questions=[_which_day(recognised.why, sets, start)])
        units = recognised.units
        steps += told.of_day(recognised)
    else:
        units = _units_on(said.on, sets, start)
    names = {unit.code: unit.spellings[0] for unit in units.units}
    answers = said.told(list(features.index), units.named)
    links = link_units(features, units, columns=columns, told=answers)
    taken = [link for link in links if link.code is not None]
    steps += told.of_links(links, taken, names, said.most_listed)
    questions = told.questions_of(links, names)
    if not taken and not questions:
        questions = [nothing_linked(links, columns_besides(features, columns))]
    boundaries, more = _mended(record, features, taken, units)
    learned = _learned(record, taken, units) if said.learns else Learned((), ())
    return Matched(
        steps=[*steps, *more, *told.of_learned(learned, names)],
        questions=questions,
        shapes=dict(zip(boundaries["unit_code"], boundaries.geometry, strict=True)),
        valid_from=units.since,
        aliases=learned.aliases,
        names=names,
        features=features_by_code(taken),
    )


def tell_beside(
    intake: "Intake", standing: "Sequence[Standing]", names: "Mapping[str, str]", *, crs: str
) -> "Iterator[Understood]":
    """Tell gaps and overlaps between the boundaries that come in and those that stay.

    Parameters
    ----------
    intake
        What goes into the record.
    standing
        Every feature that the record has now.
    names
        How units are called, by code; a code that it lacks is its own name.
    crs
        A projected CRS in metres.
    """
    from geopandas import GeoDataFrame
    from shapely.geometry import shape

    coming = {one.key: one.geometry for one in intake.taken if one.column == UNIT_KEY}
    days = {one.since for one in intake.taken}
    staying = {
        one.key: shape(one.feature["geometry"])
        for one in standing
        if one.column == UNIT_KEY
        and not one.is_history
        and one.key not in coming
        and one.valid_from in days
    }
    frames = [
        GeoDataFrame(
            {"unit": [names.get(code, code) for code in shapes]},
            geometry=list(shapes.values()),
            crs=GEOGRAPHIC,
        ).to_crs(crs)
        for shapes in (coming, staying)
    ]
    yield from told.of_beside(find_beside(*frames, key="unit"))


def _columns(
    features: "GeoDataFrame", sets: "Sequence[UnitSet]", match: str | None
) -> "tuple[Columns, list[Understood]]":
    named = [named for one in sets for named in one.named]
    kind = find_kind_column(features)
    if match is not None:
        columns = Columns(name=match, code=match, kind=kind.name if kind else None)
        return columns, list(told.of_columns([kind], match))
    found = (find_name_column(features, named), find_code_column(features, named), kind)
    columns = Columns(*(None if column is None else column.name for column in found))
    return columns, list(told.of_columns(found, None))


def _units_on(day: date, sets: "Sequence[UnitSet]", start: date) -> "UnitSet":
    require_known(day, start=start, column="--on")
    return [one for one in sets if one.since is None or one.since <= day][-1]


def _which_day(why: Text, sets: "Sequence[UnitSet]", start: date) -> Problem:
    days = [start if one.since is None else one.since for one in sets]
    listed = Text(*(", ".join(format_day(day, lang) for day in days) for lang in ("vi", "en")))
    return Problem(
        column="--on",
        what=why,
        allowed=listed,
        todo=Text("chạy lại với --on NGÀY", "run it again with --on DAY"),
    )


def _mended(
    record: "Record", features: "GeoDataFrame", taken: "Sequence[Link]", units: "UnitSet"
) -> "tuple[GeoDataFrame, list[Understood]]":
    """Mend the boundaries of the units together, and hold their areas against the official ones."""
    names = {unit.code: unit.spellings[0] for unit in units.units}
    official = {unit.code: unit.area_km2 for unit in units.units if unit.area_km2 is not None}
    codes = {link.feature: link.code for link in taken if link.code is not None}
    frame = features.loc[list(codes), ["geometry"]].assign(
        unit_code=list(codes.values()), unit=[names[code] for code in codes.values()]
    )
    if frame.empty:
        return frame, []
    if frame["unit_code"].duplicated().any():
        # Parts of a unit that somebody has named one by one are one boundary.
        valid = frame.set_geometry(frame.make_valid(method="structure"))
        frame = valid.dissolve(by="unit_code", sort=False).reset_index()
    repaired = repair_coverage(frame.to_crs(record.project.working_crs), key="unit")
    mended = repaired.frame.to_crs(GEOGRAPHIC)
    mended = mended[mended.geom_type.isin(AREAS) & ~mended.is_empty]
    areas = compare_areas(mended, official)
    return mended, [*told.of_repairs(repaired), *told.of_areas(areas, names)]


def _learned(record: "Record", taken: "Sequence[Link]", units: "UnitSet") -> Learned:
    if units.since is None:
        return learn(taken, record.place_names())
    problem = Problem(
        what=Text(
            "đơn vị của ngày khác không có cột aliases trong hồ sơ",
            "the record has no column of spellings for units of another day",
        ),
        todo=Text("ghi tên vào gis/changes.csv", "write the name into gis/changes.csv"),
    )
    return Learned((), (problem,))
