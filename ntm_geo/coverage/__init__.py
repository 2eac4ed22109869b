"""Boundaries as a coverage: what is noise in them is mended and listed, what is not is reported."""

from ntm_geo.coverage.areas import MOST_AREA_SHARE, compare_areas
from ntm_geo.coverage.repair import TOLERANCE_M, Repaired, repair_coverage
from ntm_geo.coverage.words import Repair, RepairKind

__all__ = [
    "MOST_AREA_SHARE",
    "TOLERANCE_M",
    "Repair",
    "RepairKind",
    "Repaired",
    "compare_areas",
    "repair_coverage",
]
