"""The record's tables joined with geometry, progress and criteria: the district as frames."""

from ntm_geo.join.assets import merge_status
from ntm_geo.join.district import District, join_district
from ntm_geo.join.units import SKETCH_SOURCE

__all__ = ["SKETCH_SOURCE", "District", "join_district", "merge_status"]
