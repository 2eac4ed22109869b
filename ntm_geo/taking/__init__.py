"""What a file that people bring means for the record: its text, its CRS, its names, its shapes.

Pure: frames in, answers out. Every answer says why; where the evidence does not decide, the answer
is a question, and nothing is guessed.
"""

from ntm_geo.taking.names import Link, Links, Sure, link_by_place, link_named
from ntm_geo.taking.place import Placed, extent_of, near_district, place_in_district
from ntm_geo.taking.points import Points, read_points
from ntm_geo.taking.shapes import Mended, close_lines, mend_areas
from ntm_geo.taking.texts import ReadTexts, read_texts
from ntm_geo.taking.validity import day_of_units

__all__ = [
    "Link",
    "Links",
    "Mended",
    "Placed",
    "Points",
    "ReadTexts",
    "Sure",
    "close_lines",
    "day_of_units",
    "extent_of",
    "link_by_place",
    "link_named",
    "mend_areas",
    "near_district",
    "place_in_district",
    "read_points",
    "read_texts",
]
