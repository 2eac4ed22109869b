"""What a publisher has of one district, before anything of it is linked to the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_geo.errors import Text
from ntm_geo.names import Named

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, kw_only=True)
class Place:
    """The district that is asked for, as the record has it.

    Parameters
    ----------
    province, district
        Their names.
    units
        Everything that a unit's name can mean.
    centres
        Longitude and latitude of the units' centres [degree].
    bounds
        West, south, east and north of the district, generous [degree].
    """

    province: str
    district: str
    units: Sequence[Named]
    centres: Sequence[tuple[float, float]]
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True)
class PublishedUnit:
    """One unit as it is published.

    Parameters
    ----------
    name
        What the publisher calls it.
    attributes
        Everything else that is published of it.
    shape
        Its polygon in EPSG:4326.
    """

    name: str
    attributes: Mapping[str, object]
    shape: "BaseGeometry"


@dataclass(frozen=True)
class Published:
    """What was found of a district.

    Parameters
    ----------
    units
        Units with whole boundaries.
    broken
        Units whose boundaries are not whole: name and what is wrong.
    left_out
        Names of areas that are no units of this district.
    """

    units: tuple[PublishedUnit, ...]
    broken: tuple[tuple[str, Text], ...] = ()
    left_out: tuple[str, ...] = ()


def holds_a_centre(shape: "BaseGeometry", centres: Sequence[tuple[float, float]]) -> int:
    """Return how many of the centres lie in a shape; both in EPSG:4326."""
    import shapely

    return int(shapely.contains_xy(shape, *zip(*centres, strict=True)).sum()) if centres else 0
