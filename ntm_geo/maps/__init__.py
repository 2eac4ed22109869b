"""Maps for meetings: one HTML file each, made with Folium, that needs no network."""

from ntm_geo.maps.district import add_assets, add_panels, add_units, district_map, write_map

__all__ = ["add_assets", "add_panels", "add_units", "district_map", "write_map"]
