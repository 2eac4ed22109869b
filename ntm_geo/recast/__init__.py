"""A district re-expressed by the units of a later day: nothing lost, nothing guessed."""

from ntm_geo.recast.columns import with_day, with_later_units
from ntm_geo.recast.district import recast_district

__all__ = ["recast_district", "with_day", "with_later_units"]
