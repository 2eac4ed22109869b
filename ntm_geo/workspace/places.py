"""Roads and other assets in a file: which asset each feature is, held against units."""

from collections import Counter
from typing import TYPE_CHECKING

from ntm_geo.coverage import repair_rings, tell_astray
from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.linking import (
    By,
    Columns,
    Learned,
    NameIndex,
    find_asset_name_column,
    find_id_column,
    find_unit_column,
    learn,
    link_assets,
    unit_sets,
)
from ntm_geo.model import Position
from ntm_geo.names import Named
from ntm_geo.workspace import told
from ntm_geo.workspace.arriving import ask_state, stated_origins
from ntm_geo.workspace.joined import join_features
from ntm_geo.workspace.matched import Matched, Said, features_by_code, missing_column
from ntm_geo.workspace.unlinked import columns_besides, nothing_linked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.join import District
    from ntm_geo.linking import KnownUnit, Link
    from ntm_geo.schemas import Record
    from ntm_geo.workspace.told import Understood


def match_places(
    record: "Record", district: "District", features: "GeoDataFrame", layer: str, said: Said
) -> Matched:
    """Find the assets of a layer that features are, and put together what is one.

    Parameters
    ----------
    record
        The district's record.
    district
        The same with what is drawn now.
    features
        Points, lines or areas by number in EPSG:4326, with the attributes that they have.
    layer
        The layer of assets.
    said
        What the user says of them.

    Returns
    -------
    matched
        Geometry by `asset_id`.

    Raises
    ------
    OptionError
        A feature that there is not.
    NameUnknownError, NameAmbiguousError
        What a feature is said to be is nothing, or two things.
    """
    wrong = missing_column(said.match, features)
    if wrong:
        return Matched(steps=(), questions=wrong)
    named = [
        Named(asset.asset_id, layer, (asset.name, *asset.aliases))
        for asset in record.assets
        if asset.layer == layer
    ]
    index = NameIndex(
        [(one.code, name) for one in named for name in one.spellings],
        {asset.asset_id: asset.unit_code for asset in record.assets},
        record.place_names(),
    )
    names = {one.code: one.spellings[0] for one in named}
    columns, steps = _columns(record, features, named, index, said.match)
    crs = record.project.working_crs
    numbered = features[["geometry"]].assign(feature=[str(number) for number in features.index])
    repaired = repair_rings(numbered.to_crs(crs), key="feature")
    plane = features.set_geometry(repaired.frame.geometry)
    mine = district.assets[district.assets["layer"] == layer].to_crs(crs)
    spellings = {one.code: one.spellings for one in named}
    links = link_assets(
        plane,
        mine.assign(spellings=mine["asset_id"].map(spellings)),
        district.units.to_crs(crs),
        columns=columns,
        named=record.place_names(),
        later=_later_units(record),
        told=said.told(list(features.index), named),
    )
    taken = [
        link
        for link in links
        if link.code is not None and (link.by != By.PLACE or said.accepts_near)
    ]
    steps += [*told.of_repairs(repaired), *told.of_links(links, taken, names, said.most_listed)]
    questions = told.questions_of(links, names)
    if not taken and not questions:
        besides = columns_besides(features, columns)
        others = _other_layers(record, layer, links)
        questions = [nothing_linked(links, besides, layer, others)]
    by_code = features_by_code(taken)
    states = [ask_state(names[code], numbers, features) for code, numbers in by_code.items()]
    questions += [one for one in states if one is not None]
    own = stated_origins(features.drop(columns="geometry"), by_code)
    # What the record holds was put together once; lines beside each other are meant.
    whole = {code for code, numbers in by_code.items() if len(numbers) == 1 and numbers[0] in own}
    # States of one thing that have followed each other are no pieces of it.
    clear = {code: by_code[code] for code, one in zip(by_code, states, strict=True) if one is None}
    joined = join_features(plane, clear, names, said.alongside, whole=whole)
    questions += joined.questions
    steps += [*joined.steps, *_astray(district, joined.shapes, crs)]
    learned = Learned((), ())
    if said.learns:
        learned = learn(taken, named, meant_by=lambda text: index.find(text).ids)
    return Matched(
        steps=[*steps, *told.of_learned(learned, names)],
        questions=questions,
        shapes=joined.shapes,
        aliases=learned.aliases,
        features=by_code,
        far={link.feature: link.far_from for link in links if link.far_from},
    )


def _later_units(record: "Record") -> "list[KnownUnit]":
    sets = unit_sets(record.units.rows, record.changes.rows, start=record.project.plan_date)
    return [unit for one in sets[1:] for unit in one.units]


def _other_layers(record: "Record", layer: str, links: "Sequence[Link]") -> list[str]:
    """Return the layers that know the names of features which this one does not, the best first."""
    layers = {asset.asset_id: asset.layer.value for asset in record.assets}
    index = NameIndex(
        [(one.asset_id, name) for one in record.assets for name in (one.name, *one.aliases)],
        {asset.asset_id: asset.unit_code for asset in record.assets},
        record.place_names(),
    )
    found = [{layers[i] for i in index.find(link.found).ids} for link in links if link.found]
    counts = Counter(other for those in found for other in sorted(those) if other != layer)
    return [other for other, _ in counts.most_common()]


def _columns(
    record: "Record",
    features: "GeoDataFrame",
    named: "Sequence[Named]",
    index: NameIndex,
    match: str | None,
) -> "tuple[Columns, list[Understood]]":
    units = find_unit_column(features, record.place_names())
    if match is not None:
        if units is not None and units.name == match:
            units = None
        columns = Columns(name=match, code=match, unit=units.name if units else None)
        return columns, list(told.of_columns([units], match))
    code = find_id_column(features, [one.code for one in named])
    besides = {column.name for column in (code, units) if column is not None}
    name = find_asset_name_column(features, index, besides=besides)
    columns = Columns(
        name=name.name if name else None,
        code=code.name if code else None,
        unit=units.name if units else None,
    )
    return columns, list(told.of_columns((code, name, units), None))


def _astray(
    district: "District", shapes: "Mapping[str, BaseGeometry]", crs: str
) -> "Iterator[Understood]":
    """Hold what comes in against the boundaries that are there."""
    if not shapes:
        return
    assets = district.assets.set_index("asset_id", drop=False).loc[list(shapes)]
    coming = assets.set_geometry(list(shapes.values()), crs=GEOGRAPHIC).assign(
        position=Position.DIGITISED.value
    )
    code = district.project.district.code
    yield from told.of_astray(tell_astray(coming, district.units, district=code, crs=crs))
