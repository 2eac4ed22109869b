"""What a file that people bring means for the record: its text, its CRS, its points and lines.

Pure: frames in, answers out. Every answer says why; where the evidence does not decide, the answer
is a question, and nothing is guessed.
"""

from ntm_geo.taking.lines import Joined, add_lines, close_lines, join_lines
from ntm_geo.taking.mixed import Mixed, take_parts
from ntm_geo.taking.place import (
    Placed,
    crs_option,
    extent_of,
    near_district,
    place_by,
    place_in_district,
)
from ntm_geo.taking.points import Points, read_points
from ntm_geo.taking.stretches import ALONG_M
from ntm_geo.taking.tangles import (
    MOST_CROSSINGS,
    are_tangled,
    find_tangled,
    tangled_feature,
    tangled_file,
)
from ntm_geo.taking.texts import ReadTexts, read_texts, require_encoding

__all__ = [
    "ALONG_M",
    "MOST_CROSSINGS",
    "Joined",
    "Mixed",
    "Placed",
    "Points",
    "ReadTexts",
    "add_lines",
    "are_tangled",
    "close_lines",
    "crs_option",
    "extent_of",
    "find_tangled",
    "join_lines",
    "near_district",
    "place_by",
    "place_in_district",
    "read_points",
    "read_texts",
    "require_encoding",
    "take_parts",
    "tangled_feature",
    "tangled_file",
]
