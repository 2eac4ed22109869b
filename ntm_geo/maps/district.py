"""The page of a district: its map with all layers, and the parts around it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from ntm_geo.audit import Finding
from ntm_geo.errors import Lang
from ntm_geo.files import replacing
from ntm_geo.join import District
from ntm_geo.maps.elements import (
    LATER_STYLE,
    TILES_HOST,
    Group,
    OfflineMap,
    Opened,
    Page,
    Tiles,
    make_reproducible,
)
from ntm_geo.maps.filling import page_data
from ntm_geo.maps.offline import pin
from ntm_geo.maps.page_data import PageData
from ntm_geo.model import Acceptance, View

Basemap = Literal["none", "osm"]
"""What lies under the map: nothing, or OpenStreetMap's tiles where there is a network."""


def district_map(data: PageData) -> OfflineMap:
    """Return the map of a page with all of its layers.

    Parameters
    ----------
    data
        What the page shows.

    Returns
    -------
    map
        A Folium map; its root renders to the whole page.
    """
    map = OfflineMap(("page.css", *(() if data.later is None else (LATER_STYLE,))))
    map.add_to(Page(data))
    if data.basemap:
        Tiles().add_to(map)
    for name in ("units", *(layer.layer for layer in data.layers), "symbols"):
        Group(name).add_to(map)
    Opened().add_to(map)
    return map


def render_page(data: PageData) -> str:
    """Return a whole page as one file that asks the net for nothing, unless for a base map."""
    root = district_map(data).get_root()
    make_reproducible(root)
    return pin(root.render(), images=(TILES_HOST,) if data.basemap else ())


def write_map(  # noqa: PLR0913 (a page is chosen by these)
    district: District,
    path: Path,
    *,
    view: View,
    findings: Sequence[Finding] = (),
    accepted: Iterable[Acceptance] = (),
    lang: Lang | None = None,
    basemap: Basemap = "none",
) -> Path:
    """Write a page, in place of the old one as a whole.

    Parameters
    ----------
    district
        The joined district, or one that is focused on a unit.
    path
        The file to write.
    view
        How the page opens.
    findings
        Where the plan contradicts itself.
    accepted
        What people have accepted of it.
    lang
        Language that the page opens in; None takes the project's.
    basemap
        "osm" lays OpenStreetMap's tiles under the map where there is a network.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    data = page_data(
        district,
        view=view,
        file=path.stem,
        findings=findings,
        accepted=accepted,
        lang=lang,
        basemap=basemap == "osm",
    )
    html = render_page(data)
    with replacing(path) as draft:
        draft.write_text(html, encoding="utf-8", newline="\n")
    return path
