"""Which CRS coordinates are in, by whether they fall inside the district."""

from ntm_geo.crs_candidates.model import LEAST_SHARE, Candidate, Candidates, Extent, Verdict
from ntm_geo.crs_candidates.search import find_crs_candidates
from ntm_geo.crs_candidates.systems import find_lost_datum, vn2000_codes

__all__ = [
    "LEAST_SHARE",
    "Candidate",
    "Candidates",
    "Extent",
    "Verdict",
    "find_crs_candidates",
    "find_lost_datum",
    "vn2000_codes",
]
