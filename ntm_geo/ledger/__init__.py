"""The length ledger: roads to harden as promised, stated, mapped and reported, side by side."""

from ntm_geo.ledger.ledger import Ledger, length_ledger
from ntm_geo.ledger.rows import FLAGS, LINES, Flag, Line
from ntm_geo.ledger.stated import ROAD_CLASSES
from ntm_geo.ledger.sums import Level

__all__ = [
    "FLAGS",
    "LINES",
    "ROAD_CLASSES",
    "Flag",
    "Ledger",
    "Level",
    "Line",
    "length_ledger",
]
