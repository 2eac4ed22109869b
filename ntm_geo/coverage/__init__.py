"""Boundaries as a coverage: what is noise in them is mended and listed, what is not is reported.

And what is held against them: the official areas, and what lies in the units.
"""

from ntm_geo.coverage.areas import MOST_AREA_SHARE, compare_areas
from ntm_geo.coverage.astray import tell_astray
from ntm_geo.coverage.outside import LEAST_OUTSIDE_SHARE, boundaries_by_code, find_outside
from ntm_geo.coverage.repair import TOLERANCE_M, Repaired, repair_coverage, repair_rings
from ntm_geo.coverage.seams import find_beside, find_seams
from ntm_geo.coverage.words import Repair, RepairKind

__all__ = [
    "LEAST_OUTSIDE_SHARE",
    "MOST_AREA_SHARE",
    "TOLERANCE_M",
    "Repair",
    "RepairKind",
    "Repaired",
    "boundaries_by_code",
    "compare_areas",
    "find_beside",
    "find_outside",
    "find_seams",
    "repair_coverage",
    "repair_rings",
    "tell_astray",
]
