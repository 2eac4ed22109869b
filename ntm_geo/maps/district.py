"""The district on one map: choropleth of criteria met, all layers, a legend."""

from pathlib import Path

import folium

from ntm_geo.errors import Lang
from ntm_geo.files import replacing
from ntm_geo.join import District
from ntm_geo.maps.elements import Drawn, OfflineMap, Page, make_reproducible
from ntm_geo.maps.offline import pin_scripts
from ntm_geo.maps.page_data import PageData, page_data

_UNITS_LABEL = {"vi": "Ranh giới và tiêu chí các xã", "en": "Boundaries and criteria of communes"}


def district_map(district: District, *, lang: Lang | None = None) -> OfflineMap:
    """Return the district's map with all of its layers.

    Parameters
    ----------
    district
        The joined district.
    lang
        Language of the page; None takes the project's.

    Returns
    -------
    map
        A Folium map; its root renders to the whole page.
    """
    data = page_data(district, lang=lang or district.project.language)
    west, south, east, north = district.units.total_bounds
    map = OfflineMap((west, south, east, north))
    map.add_to(Page(data))
    add_units(data, map=map)
    add_assets(data, map=map)
    return add_panels(map=map)


def add_units(data: PageData, *, map: OfflineMap) -> OfflineMap:
    """Add the units, coloured by criteria met, to a map and return it."""
    group = folium.FeatureGroup(name=_UNITS_LABEL[data.lang], control=True)
    Drawn("units").add_to(group)
    group.add_to(map)
    return map


def add_assets(data: PageData, *, map: OfflineMap) -> OfflineMap:
    """Add a layer for each kind of asset to a map and return it."""
    for layer in data.layers:
        group = folium.FeatureGroup(name=layer["label"], show=layer["show"])
        Drawn("assets", layer["id"]).add_to(group)
        group.add_to(map)
    return map


def add_panels(*, map: OfflineMap) -> OfflineMap:
    """Add layer control, legend and the list of what has no place to a map and return it."""
    folium.LayerControl(collapsed=False).add_to(map)
    Drawn("layers").add_to(map)
    Drawn("legend").add_to(map)
    Drawn("unplaced").add_to(map)
    return map


def render_page(map: OfflineMap) -> str:
    """Return the whole page around a map, as one file that asks the net for nothing."""
    root = map.get_root()
    make_reproducible(root)
    return pin_scripts(root.render())


def write_map(district: District, path: Path, *, lang: Lang | None = None) -> Path:
    """Write the district's page, in place of the old one as a whole.

    Parameters
    ----------
    district
        The joined district.
    path
        The file to write.
    lang
        Language of the page; None takes the project's.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    html = render_page(district_map(district, lang=lang))
    with replacing(path) as draft:
        draft.write_text(html, encoding="utf-8", newline="\n")
    return path
