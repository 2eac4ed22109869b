"""A district turned into what a page knows."""

from ntm_geo.maps.filling.page import MET_STEPS, page_data

__all__ = ["MET_STEPS", "page_data"]
