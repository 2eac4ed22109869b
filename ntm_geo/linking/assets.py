"""Link lines and points to assets: by id, by name within the unit, or by nearness to a sketch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from ntm_geo.crs import find_crs_problem, require_same_crs
from ntm_geo.errors import CrsError, Text, raise_all
from ntm_geo.linking.asset_names import find_named
from ntm_geo.linking.columns import text_of
from ntm_geo.linking.links import By, Link, Sure, close_spellings, with_conflicts
from ntm_geo.model import kinds_that_fit
from ntm_geo.names import Named

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.linking.columns import Columns

NEAR_M = 500.0
"""A feature without a name may be an asset whose sketched place is this near [m]."""


def link_assets(
    features: gpd.GeoDataFrame,
    assets: gpd.GeoDataFrame,
    units: gpd.GeoDataFrame,
    *,
    columns: Columns,
    near_m: float = NEAR_M,
) -> tuple[Link, ...]:
    """Find the asset that each line, point or area is.

    Parameters
    ----------
    features
        Geometry in a projected CRS in metres.
    assets
        Those that come into question, in the same CRS: columns `asset_id`, `name`, `layer`,
        `unit_code`, and where each is drawn now, sketched or not.
    units
        Polygons in the same CRS with `unit_code`; an asset of no unit among them is the district's.
    columns
        Where the asset's id (as the code) and its name stand.
    near_m
        How near a feature without a name must be to where an asset is drawn [m].

    Returns
    -------
    links
        One for each feature, in the order of the frame; `code` is an `asset_id`. By id, then by
        name within the unit that most of the feature lies in, then by nearness, which is likely at
        most and only asked about where the feature has another name. What two features claim is
        given to neither.

    Raises
    ------
    CrsError
        The frames are not in one CRS, or not in metres.
    """
    require_same_crs(features, assets, names=("features", "assets"))
    require_same_crs(features, units, names=("features", "units"))
    wrong = find_crs_problem(str(features.crs))
    raise_all(CrsError, [] if wrong is None else [wrong])
    known = _Known.of(assets, units)
    found = [
        _Feature(
            label,
            text_of(features[columns.code].iloc[i]) if columns.code else "",
            text_of(features[columns.name].iloc[i]) if columns.name else "",
            shape,
            known.unit_of(shape),
        )
        for i, (label, shape) in enumerate(features.geometry.items())
    ]
    links = {i: _by_id(one, known) or _by_name(one, known) for i, one in enumerate(found)}
    taken = {link.code for link in links.values() if link is not None}
    near = _Near(known, taken, near_m)
    all_links = [links[i] or near.link(one) for i, one in enumerate(found)]
    return with_conflicts(all_links, {asset.id: asset.named for asset in known.assets})


@dataclass(frozen=True)
class _Asset:
    id: str
    name: str
    layer: str
    unit: str
    shape: BaseGeometry | None

    @property
    def named(self) -> Named:
        return Named(self.id, self.layer, (self.name,))

    def fits(self, shape: BaseGeometry | None) -> bool:
        """Tell whether a geometry can be of the asset: a road is no area."""
        fitting = kinds_that_fit(self.layer)
        return shape is not None and not shape.is_empty and shape.geom_type in fitting


@dataclass(frozen=True)
class _Feature:
    label: Hashable
    id: str
    name: str
    shape: BaseGeometry | None
    unit: str | None
    """The unit that most of it lies in; None outside of all."""


@dataclass(frozen=True)
class _Known:
    assets: tuple[_Asset, ...]
    units: dict[str, BaseGeometry]

    @classmethod
    def of(cls, assets: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> _Known:
        columns = (assets[name] for name in ("asset_id", "name", "layer", "unit_code"))
        rows = zip(*columns, assets.geometry, strict=True)
        shapes = zip(units["unit_code"], units.geometry, strict=True)
        return cls(
            tuple(
                _Asset(str(i), str(name), str(layer), str(unit), shape)
                for i, name, layer, unit, shape in rows
            ),
            {str(code): shape for code, shape in shapes if shape is not None},
        )

    def unit_of(self, shape: BaseGeometry | None) -> str | None:
        if shape is None or shape.is_empty:
            return None
        parts = shapely.intersection(list(self.units.values()), shape)
        sizes = np.where(shapely.is_empty(parts), -1.0, _sizes(parts))
        return list(self.units)[int(sizes.argmax())] if sizes.max(initial=-1) >= 0 else None

    def of_feature(self, one: _Feature) -> list[_Asset]:
        """Return the assets that a feature can be by its kind of geometry."""
        return [asset for asset in self.assets if asset.fits(one.shape)]

    def is_there(self, asset: _Asset, unit: str | None) -> bool:
        """Tell whether an asset can be where a feature lies; the district's can be anywhere."""
        return asset.unit == unit or asset.unit not in self.units


def _sizes(parts: NDArray[np.object_]) -> NDArray[np.float64]:
    """Measure what of a shape is in each unit: areas by area, lines by length."""
    areas = shapely.area(parts)
    return np.asarray(areas if areas.any() else shapely.length(parts))


def _by_id(one: _Feature, known: _Known) -> Link | None:
    asset = next((asset for asset in known.assets if one.id and asset.id == one.id), None)
    if asset is None:
        return None
    if not asset.fits(one.shape):
        kind = "–" if one.shape is None else one.shape.geom_type
        why = Text(
            f"mã là của «{asset.name}», nhưng hình ({kind}) không hợp với lớp {asset.layer}",
            f"the id is that of '{asset.name}', but the geometry ({kind}) is none for "
            f"{asset.layer}",
        )
        return _asked(one, By.CODE, [asset], why)
    if known.is_there(asset, one.unit):
        return _found(one, asset, By.CODE, Sure.CERTAIN, Text("mã khớp", "the id fits"))
    why = Text(
        f"mã khớp, nhưng hình nằm ngoài đơn vị {asset.unit}",
        f"the id fits, but it lies outside of unit {asset.unit}",
    )
    return _found(one, asset, By.CODE, Sure.LIKELY, why)


def _by_name(one: _Feature, known: _Known) -> Link | None:
    pool = known.of_feature(one)
    here = [asset for asset in pool if known.is_there(asset, one.unit)]
    names = find_named(one.name, [(asset.id, asset.name) for asset in here])
    if len(names.ids) == 1:
        asset = next(asset for asset in here if asset.id == names.ids[0])
        if names.is_exact:
            why = Text(
                "tên khớp, và hình nằm trong đơn vị", "the name fits, and it lies in the unit"
            )
            return _found(one, asset, By.NAME, Sure.CERTAIN, why)
        why = Text(
            f"tên «{one.name}» gần khớp «{asset.name}» trong đơn vị",
            f"the name '{one.name}' fits '{asset.name}' of the unit but for tones or a word",
        )
        return _found(one, asset, By.NAME, Sure.LIKELY, why)
    # What is called so elsewhere is shown, but a name alone does not move an asset.
    ids = names.ids or find_named(one.name, [(asset.id, asset.name) for asset in pool]).ids
    meant = [asset for asset in pool if asset.id in ids]
    if not meant:
        return None
    listed = _listed(meant)
    where = one.unit or "–"
    why = Text(
        f"tên «{one.name}», nằm ở đơn vị {where}, có thể là {listed}: là đối tượng nào?",
        f"the name '{one.name}', in unit {where}, can be {listed}: which one is it?",
    )
    return _asked(one, By.NAME, meant, why)


@dataclass(frozen=True)
class _Near:
    """Nearness to where assets are drawn that no feature has claimed by id or name."""

    known: _Known
    taken: set[str | None]
    near_m: float

    def link(self, one: _Feature) -> Link:
        pool = [asset for asset in self.known.of_feature(one) if asset.id not in self.taken]
        here = [asset for asset in pool if self.known.is_there(asset, one.unit)]
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
            return _found(one, asset, By.PLACE, Sure.LIKELY, why)
        alike = {thing.code for thing in close_spellings(one.name, [a.named for a in here])}
        asked = [asset for _, asset in close] + [asset for asset in here if asset.id in alike]
        if asked:
            asked = sorted(dict.fromkeys(asked), key=lambda asset: asset.id not in alike)
            name, listed = one.name or "–", _listed(asked)
            why = Text(
                f"không có gì tên «{name}» ở đây; gần nhất là {listed}: có phải không?",
                f"nothing here is called '{name}'; closest are {listed}: is it one of them?",
            )
            by = By.NAME if alike else By.PLACE
            return _asked(one, by, asked, why)
        return Link(feature=one.label, found=one.name or one.id, why=self._why_none(one))

    def _why_none(self, one: _Feature) -> Text:
        if one.shape is None or one.shape.is_empty:
            return Text("không có hình", "there is no geometry")
        if not self.known.of_feature(one):
            kind = one.shape.geom_type
            return Text(
                f"hình loại {kind} không hợp với lớp nào ở đây", f"a {kind} is none of these layers"
            )
        return Text(
            f"không có đối tượng nào cùng tên, hoặc trong vòng {self.near_m:.0f} m",
            f"nothing has its name, or is drawn within {self.near_m:.0f} m",
        )


def _listed(assets: Sequence[_Asset]) -> str:
    return ", ".join(f"{asset.name} ({asset.id})" for asset in assets)


def _found(one: _Feature, asset: _Asset, by: By, sure: Sure, why: Text) -> Link:
    return Link(
        feature=one.label,
        found=one.name or one.id,
        code=asset.id,
        by=by,
        sure=sure,
        why=why,
        candidates=(asset.id,),
    )


def _asked(one: _Feature, by: By, assets: Sequence[_Asset], why: Text) -> Link:
    return Link(
        feature=one.label,
        found=one.name or one.id,
        by=by,
        sure=Sure.AMBIGUOUS,
        why=why,
        candidates=tuple(asset.id for asset in assets),
    )
