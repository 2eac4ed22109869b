"""Which feature of a file is which unit or asset, and how sure that is; nothing is guessed."""

from ntm_geo.linking.aliases import Alias, Learned, learn
from ntm_geo.linking.asset_names import NameIndex
from ntm_geo.linking.assets import NEAR_M, link_assets
from ntm_geo.linking.columns import (
    Column,
    Columns,
    find_asset_name_column,
    find_code_column,
    find_columns,
    find_id_column,
    find_kind_column,
    find_name_column,
    find_unit_column,
    text_of,
)
from ntm_geo.linking.links import By, Link, Sure
from ntm_geo.linking.recognition import Recognised, recognise_units
from ntm_geo.linking.sets import KnownUnit, UnitSet, unit_sets
from ntm_geo.linking.units import link_units, units_without_feature

__all__ = [
    "NEAR_M",
    "Alias",
    "By",
    "Column",
    "Columns",
    "KnownUnit",
    "Learned",
    "Link",
    "NameIndex",
    "Recognised",
    "Sure",
    "UnitSet",
    "find_asset_name_column",
    "find_code_column",
    "find_columns",
    "find_id_column",
    "find_kind_column",
    "find_name_column",
    "find_unit_column",
    "learn",
    "link_assets",
    "link_units",
    "recognise_units",
    "text_of",
    "unit_sets",
    "units_without_feature",
]
