"""Made-up geometry for a map on which nothing has been surveyed yet."""

from ntm_geo.sketch.assets import sketch_assets
from ntm_geo.sketch.units import sketch_units

__all__ = ["sketch_assets", "sketch_units"]
