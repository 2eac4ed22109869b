"""The assets that a feature can be, where each may lie, and what a feature says of itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from ntm_geo.linking.asset_names import NameIndex, Names
from ntm_geo.model import Position, kinds_that_fit
from ntm_geo.names import Named

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class KnownAsset:
    """An asset that comes into question, with where it is drawn now."""

    id: str
    spellings: tuple[str, ...]
    layer: str
    unit: str
    shape: BaseGeometry | None

    @property
    def named(self) -> Named:
        """The asset as `names` knows it."""
        return Named(self.id, self.layer, self.spellings)

    @property
    def name(self) -> str:
        """The name that it is shown by."""
        return self.spellings[0]

    def fits(self, shape: BaseGeometry | None) -> bool:
        """Tell whether a geometry can be of the asset: a road is no area."""
        fitting = kinds_that_fit(self.layer)
        return shape is not None and not shape.is_empty and shape.geom_type in fitting


@dataclass(frozen=True)
class Arrival:
    """What one feature says of itself."""

    label: Hashable
    id: str
    name: str
    shape: BaseGeometry | None
    places: frozenset[str]
    """The units that it may lie in: one, where its boundary is known; none outside of all."""
    said: frozenset[str] | None
    """The units that a column may mean, or the end of the name; None where nothing says."""
    is_in_name: bool
    """Whether it is the name that says the unit."""
    before: frozenset[str] = frozenset()
    """The plan's units that a unit of a later day was formed of, where the file says such a one."""

    @property
    def found(self) -> str:
        """What the file calls it."""
        return self.name or self.id

    @property
    def units(self) -> frozenset[str]:
        """The units that names are looked for in."""
        return self.places if self.said is None else self.said


@dataclass(frozen=True)
class Called:
    """The assets that a name can mean, and what `NameIndex` says of them."""

    assets: tuple[KnownAsset, ...]
    names: Names

    def is_bare(self, asset: KnownAsset) -> bool:
        """Tell whether an asset's own unit had to be left out of its name."""
        return asset.id in self.names.bare


@dataclass(frozen=True)
class KnownAssets:
    """All assets that come into question, and what is known of the units they lie in."""

    assets: tuple[KnownAsset, ...]
    drawn: dict[str, BaseGeometry]
    """Units whose boundaries are known."""
    sketched: dict[str, BaseGeometry]
    """Units whose boundaries are a sketch: what they surely lie within."""
    unit_names: dict[str, str]
    named: tuple[Named, ...] = ()
    """The units, and the district."""
    by_id: dict[str, KnownAsset] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id.update({asset.id: asset for asset in self.assets})

    @classmethod
    def of(
        cls, assets: gpd.GeoDataFrame, units: gpd.GeoDataFrame, named: Sequence[Named] = ()
    ) -> KnownAssets:
        """Make it of frames, and of names of units, as `link_assets` takes them."""
        columns = (assets[name] for name in ("asset_id", "spellings", "layer", "unit_code"))
        rows = zip(*columns, assets.geometry, strict=True)
        shapes = list(zip(units["unit_code"], units["position"], units.geometry, strict=True))
        drawn = {str(code): shape for code, at, shape in shapes if at != Position.SKETCH}
        sketched = {str(code): shape for code, at, shape in shapes if at == Position.SKETCH}
        return cls(
            tuple(
                KnownAsset(str(i), tuple(names), str(layer), str(unit), shape)
                for i, names, layer, unit, shape in rows
            ),
            drawn,
            {code: _reach_of(shape) for code, shape in sketched.items()},
            {unit.code: unit.spellings[0] for unit in named},
            tuple(named),
        )

    def unit(self, code: str) -> str:
        """Return a unit as people know it, with its code."""
        return f"{self.unit_names[code]} ({code})" if code in self.unit_names else code

    @cached_property
    def index(self) -> NameIndex:
        """All names that the assets go by."""
        return NameIndex(
            [(asset.id, name) for asset in self.assets for name in asset.spellings],
            {asset.id: asset.unit for asset in self.assets},
            self.named,
        )

    def places_of(self, shape: BaseGeometry | None) -> frozenset[str]:
        """Return the known unit that most of a shape lies in; outside of these, all others."""
        if shape is None or shape.is_empty:
            return frozenset(self.sketched.keys() | self.drawn.keys())
        parts = shapely.intersection(list(self.drawn.values()), shape)
        sizes = np.where(shapely.is_empty(parts), -1.0, _sizes(parts))
        if sizes.max(initial=-1) < 0:
            return frozenset(self.sketched)
        return frozenset((list(self.drawn)[int(sizes.argmax())],))

    def of_kind(self, one: Arrival) -> list[KnownAsset]:
        """Return the assets that a feature can be by its kind of geometry."""
        return [asset for asset in self.assets if asset.fits(one.shape)]

    def is_in(self, asset: KnownAsset, units: frozenset[str]) -> bool:
        """Tell whether an asset can lie in one of some units; the district's can be anywhere."""
        return asset.unit in units or (
            asset.unit not in self.drawn and asset.unit not in self.sketched
        )

    def away_m(self, asset: KnownAsset, shape: BaseGeometry | None) -> float:
        """Return how far a shape is from an asset's unit [m]: at least, where it is a sketch."""
        return self.away_of_unit_m(asset.unit, shape)

    def away_of_unit_m(self, code: str, shape: BaseGeometry | None) -> float:
        """Return how far a shape is from a unit [m]: at least, where it is a sketch."""
        boundary = self.drawn.get(code, self.sketched.get(code))
        if boundary is None or shape is None:
            return 0.0
        return float(shapely.distance(boundary, shape))

    def lies_in(self, one: Arrival, asset: KnownAsset) -> bool:
        """Tell whether a feature is known to lie in an asset's unit; a sketch shows nothing."""
        return asset.unit in self.drawn and one.places == {asset.unit}

    def called(self, name: str, assets: Sequence[KnownAsset]) -> Called:
        """Return those of some assets that a name can mean."""
        wanted = {asset.id for asset in assets}
        names = self.index.find(name, wanted.__contains__)
        return Called(tuple(self.by_id[i] for i in names.ids), names)


def _reach_of(sketch: BaseGeometry) -> BaseGeometry:
    """Return what a unit surely lies within whose sketch has its official centre and area.

    None of the communes that were measured reaches twice as far from its centre as a disc of its
    area does; the sketch itself reaches once as far.
    """
    return sketch.buffer(math.sqrt(sketch.area / math.pi))


def _sizes(parts: NDArray[np.object_]) -> NDArray[np.float64]:
    """Measure what of a shape is in each unit: areas by area, lines by length."""
    areas = shapely.area(parts)
    return np.asarray(areas if areas.any() else shapely.length(parts))
