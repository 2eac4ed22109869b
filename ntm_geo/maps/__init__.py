"""Pages for meetings: one HTML file each, made with Folium, that needs no network."""

from ntm_geo.maps.district import Basemap, district_map, render_page, write_map
from ntm_geo.maps.filling import page_data

__all__ = ["Basemap", "district_map", "page_data", "render_page", "write_map"]
