"""Geometry that people keep under gis/geometry/."""

from ntm_geo.sources.geojson import Expected, Geometry, read_geometry
from ntm_geo.sources.standing import read_standing

__all__ = ["Expected", "Geometry", "read_geometry", "read_standing"]
