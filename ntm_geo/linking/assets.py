"""Link lines and points to assets: by id, by name within the unit, or by nearness to a sketch."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import shapely

from ntm_geo.crs import find_crs_problem, require_same_crs
from ntm_geo.errors import CrsError, Text, raise_all
from ntm_geo.linking.asset_names import unit_in_name, without_unit_word
from ntm_geo.linking.by_name import asked, by_name, far_off, found, listed_assets, some_assets
from ntm_geo.linking.columns import bare_code, text_of
from ntm_geo.linking.known_assets import Arrival, KnownAssets
from ntm_geo.linking.links import (
    By,
    Link,
    Sure,
    close_spellings,
    told_link,
    which_one,
    with_conflicts,
)
from ntm_geo.model import LINES
from ntm_geo.names import Named, find_fits

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.linking.columns import Columns
    from ntm_geo.linking.known_assets import KnownAsset
    from ntm_geo.linking.sets import KnownUnit

NEAR_M = 500.0
"""A feature without a name may be an asset whose sketched place is this near [m]."""


def link_assets(  # noqa: PLR0913 (what is brought, what is known, and how it is told)
    features: gpd.GeoDataFrame,
    assets: gpd.GeoDataFrame,
    units: gpd.GeoDataFrame,
    *,
    columns: Columns,
    named: Sequence[Named] = (),
    later: Sequence[KnownUnit] = (),
    told: Mapping[Hashable, str | None] = MappingProxyType({}),
    near_m: float = NEAR_M,
) -> tuple[Link, ...]:
    """Find the asset that each line, point or area is.

    Parameters
    ----------
    features
        Geometry in a projected CRS in metres.
    assets
        Those that come into question, in the same CRS: columns `asset_id`, `layer`, `unit_code`,
        `spellings` (its name and all others that it goes by), and where each is drawn now,
        sketched or not.
    units
        Polygons in the same CRS with `unit_code` and `position`; an asset of no unit among them is
        the district's. A sketched polygon says nothing of what lies in it.
    columns
        Where the asset's id (as the code), its name and the unit that it lies in stand.
    named
        The units by their names, for the column of units and for names that end in one.
    later
        Units of later days: what is said to lie in one is looked for in those it was formed of.
    told
        What somebody has said of features by label: an asset's id, or None for no asset.
    near_m
        How near a feature without a name must be to where an asset is drawn [m].

    Returns
    -------
    links
        One for each feature, in the order of the frame; `code` is an `asset_id`. By id, then by
        name within the unit that the column of units names, or else the one that most of the
        feature lies in; then by nearness, which is likely at most and only of a feature without a
        name. Several lines may be one asset, and features that are just the same; what other
        features claim together is given to none.

    Raises
    ------
    CrsError
        The frames are not in one CRS, or not in metres.
    """
    require_same_crs(features, assets, names=("features", "assets"))
    require_same_crs(features, units, names=("features", "units"))
    wrong = find_crs_problem(str(features.crs))
    raise_all(CrsError, [] if wrong is None else [wrong])
    known = KnownAssets.of(assets, units, named)
    cells = [
        [text_of(value) for value in features[name]] if name else [""] * len(features)
        for name in (columns.code, columns.name, columns.unit)
    ]
    texts = {*cells[2], *map(unit_in_name, cells[1])}
    said = {text: _Said(_said(text, named), _before(text, later)) for text in texts}
    arrivals = [
        _arrival(label, shape, texts, known.places_of(shape), said)
        for (label, shape), *texts in zip(features.geometry.items(), *cells, strict=True)
    ]
    links = [
        told_link(one.label, one.found, told[one.label])
        if one.label in told
        else _by_id(one, known) or by_name(one, known)
        for one in arrivals
    ]
    taken = {link.code for link in links if link is not None}
    near = _Near(known, taken, near_m)
    all_links = [link or near.link(one) for link, one in zip(links, arrivals, strict=True)]
    names = {asset.id: asset.named for asset in known.assets}
    return with_conflicts(all_links, names, _clash_of({one.label: one.shape for one in arrivals}))


def _clash_of(
    shapes: Mapping[Hashable, BaseGeometry | None],
) -> Callable[[Sequence[Hashable]], Text | None]:
    """Say which features cannot be one asset: a road may come in pieces, a school stands once."""

    def clash(features: Sequence[Hashable]) -> Text | None:
        mine = [shape for label in features if (shape := shapes[label]) is not None]
        kinds = sorted({shape.geom_type for shape in mine})
        is_same = len({shapely.normalize(shape).wkb for shape in mine}) <= 1
        if is_same or set(kinds) <= set(LINES):
            return None
        if len(kinds) == 1:
            return which_one(features)
        listed = ", ".join(kinds)
        return Text(
            f"hình khác loại ({listed}), giữ đối tượng nào?",
            f"they are of different kinds ({listed}), which one is to be kept?",
        )

    return clash


def _arrival(
    label: Hashable,
    shape: BaseGeometry | None,
    texts: Sequence[str],
    places: frozenset[str],
    said: Mapping[str, _Said],
) -> Arrival:
    code, name, unit = texts
    units, in_name = said[unit].units, said[unit_in_name(name)].units
    before = said[unit].before | said[unit_in_name(name)].before
    if in_name:
        # A column and a name that say two units leave none.
        units = in_name if units is None else units & in_name
    return Arrival(label, code, name, shape, places, units, is_in_name=bool(in_name), before=before)


class _Said(NamedTuple):
    """The units that a cell can mean, and those that a later one of its name was formed of."""

    units: frozenset[str] | None
    before: frozenset[str]


def _said(text: str, named: Sequence[Named]) -> frozenset[str] | None:
    """Return the units that a cell can mean; None where it is empty."""
    if not text:
        return None
    coded = {unit.code for unit in named if bare_code(unit.code) == bare_code(text)}
    return frozenset(coded or {unit.code for unit in find_fits(text, named).things})


def _before(text: str, later: Sequence[KnownUnit]) -> frozenset[str]:
    things = find_fits(text, [unit.named for unit in later]).things
    return frozenset(code for unit in later if unit.named in things for code in unit.formed_of)


def _by_id(one: Arrival, known: KnownAssets) -> Link | None:
    asset = known.by_id.get(one.id)
    if asset is None:
        return None
    if not asset.fits(one.shape):
        kind = "–" if one.shape is None else one.shape.geom_type
        why = Text(
            f"mã là của «{asset.name}», nhưng hình ({kind}) không hợp với lớp {asset.layer}",
            f"the id is that of '{asset.name}', but the geometry ({kind}) is none for "
            f"{asset.layer}",
        )
        return asked(one, By.CODE, [asset], why)
    if known.is_in(asset, one.places):
        return found(one, asset, By.CODE, Sure.CERTAIN, Text("mã khớp", "the id fits"))
    far = far_off(one, known, asset)
    if far is not None:
        return asked(one, By.CODE, [asset], far, far=[asset])
    why = Text(
        f"mã khớp, nhưng hình nằm ngoài {known.unit(asset.unit)}",
        f"the id fits, but it lies outside of {known.unit(asset.unit)}",
    )
    return found(one, asset, By.CODE, Sure.LIKELY, why)


@dataclass(frozen=True)
class _Near:
    """Nearness to where assets are drawn that no feature has claimed by id or name."""

    known: KnownAssets
    taken: set[str | None]
    near_m: float

    def link(self, one: Arrival) -> Link:
        pool = [asset for asset in self.known.of_kind(one) if asset.id not in self.taken]
        here = [asset for asset in pool if self.known.is_in(asset, one.units)]
        near = sorted(
            (float(shapely.distance(asset.shape, one.shape)), asset.id, asset)
            for asset in here
            if asset.shape is not None and not asset.shape.is_empty
        )
        close = [(metres, asset) for metres, _, asset in near if metres <= self.near_m]
        if len(close) == 1 and not one.name:
            metres, asset = close[0]
            why = Text(
                f"không có tên; cách vị trí đang vẽ của «{asset.name}» {metres:.0f} m",
                f"no name; {metres:.0f} m from where '{asset.name}' is drawn now",
            )
            return found(one, asset, By.PLACE, Sure.LIKELY, why)
        # "Y tế Mơ" comes close to "Trạm y tế xã Mơ" only where both leave the unit's word out.
        spelled = [
            Named(a.id, a.layer, (*a.spellings, *map(without_unit_word, a.spellings))) for a in here
        ]
        alike = {thing.code for thing in close_spellings(one.name, spelled)}
        some = [asset for _, asset in close] + [asset for asset in here if asset.id in alike]
        if not some:
            why = self._why_none(one, here)
            return Link(feature=one.label, found=one.found, why=why)
        some = sorted(dict.fromkeys(some), key=lambda asset: asset.id not in alike)
        name, listed = one.name or "–", listed_assets(some)
        why = Text(
            f"không có gì tên «{name}» ở đây; gần nhất là {listed}",
            f"nothing here is called '{name}'; closest are {listed}",
        )
        codes = tuple(asset.id for asset in some)
        by = By.NAME if alike else By.PLACE
        return Link(
            feature=one.label, found=one.found, by=by, sure=Sure.CLOSE, why=why, candidates=codes
        )

    def _why_none(self, one: Arrival, here: Sequence[KnownAsset]) -> Text:
        if one.shape is None or one.shape.is_empty:
            return Text("không có hình", "there is no geometry")
        if not self.known.of_kind(one):
            kind = one.shape.geom_type
            return Text(
                f"hình loại {kind} không hợp với lớp nào ở đây", f"a {kind} is none of these layers"
            )
        why = Text(
            f"không có đối tượng nào cùng tên, hoặc trong vòng {self.near_m:.0f} m",
            f"nothing has its name, or is drawn within {self.near_m:.0f} m",
        )
        there = [asset for asset in here if self.known.lies_in(one, asset)]
        if not there:
            return why
        unit, listed = self.known.unit(there[0].unit), some_assets(there)
        return Text(
            f"{why.vi}; ở {unit} hồ sơ còn có {listed}",
            f"{why.en}; what the record has besides in {unit} is {listed}",
        )
