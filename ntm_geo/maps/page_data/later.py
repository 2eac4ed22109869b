"""What a page knows beside all else where its units are those of a later day."""

from collections.abc import Mapping
from dataclasses import dataclass

from ntm_geo.errors import Text
from ntm_geo.maps.page_data.tables import UnitData


@dataclass(frozen=True, kw_only=True)
class FormerData:
    """How a criterion stands in the plan's units that a unit was formed of.

    Attributes
    ----------
    criterion, unit_code
        The criterion, and the unit of the day.
    held
        Status by code of the plan's unit.
    unheld
        Codes of the plan's units that the plan does not hold against it.
    """

    criterion: str
    unit_code: str
    held: Mapping[str, str]
    unheld: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OriginData:
    """Where an asset was when the plan was made.

    Attributes
    ----------
    asset_id, unit_code
        The asset, and its unit of the plan, or the district.
    """

    asset_id: str
    unit_code: str


@dataclass(frozen=True, kw_only=True)
class LaterData:
    """The units of a later day, and the plan's units that they were formed of.

    Attributes
    ----------
    day
        The day.
    heading
        By which units the page stands, and that this is no appraisal.
    formed
        What was formed of what and what was divided, a sentence for each that is not as planned,
        by its code.
    plan_units
        Names of the plan's units by code.
    rests
        How what is left of divided units is called, by its key.
    undrawn
        Units that nobody knows the land of: they have rows, and no place on the map.
    criteria
        How each criterion stands in each of several former units.
    assets
        The plan's unit of each asset.
    findings
        Codes of the plan's units of each finding that is about any.
    """

    day: str
    heading: Text
    formed: Mapping[str, Text]
    plan_units: Mapping[str, Text]
    rests: Mapping[str, Text]
    undrawn: tuple[UnitData, ...]
    criteria: tuple[FormerData, ...]
    assets: tuple[OriginData, ...]
    findings: Mapping[str, tuple[str, ...]]
