"""Geometry that people keep under gis/geometry/."""

from ntm_geo.sources.geojson import (
    GEOMETRY_FOLDER,
    HISTORY_FOLDER,
    POSITION_RANK,
    Expected,
    Geometry,
    read_geometry,
)
from ntm_geo.sources.standing import Standing, read_standing

__all__ = [
    "GEOMETRY_FOLDER",
    "HISTORY_FOLDER",
    "POSITION_RANK",
    "Expected",
    "Geometry",
    "Standing",
    "read_geometry",
    "read_standing",
]
