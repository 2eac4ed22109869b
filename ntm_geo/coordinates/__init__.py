"""Coordinates as people type them: degrees in any writing, metres of VN-2000, one cell or two."""

from ntm_geo.coordinates.columns import Columns, find_coordinate_columns
from ntm_geo.coordinates.labels import Kind
from ntm_geo.coordinates.pairs import Ambiguous, Pair, parse_pair

__all__ = ["Ambiguous", "Columns", "Kind", "Pair", "find_coordinate_columns", "parse_pair"]
