"""Folium elements of our own: a page and a map without anything from the net, and our layers.

Each draws itself through the page's script (`static/map.js`), which reads the page's data.
"""

from functools import cache
from importlib import resources
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from ntm_geo.maps.offline import leaflet_notice, leaflet_script, leaflet_style
from ntm_geo.maps.page_data import PageData


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("ntm_geo.maps"), autoescape=True)


def _template(name: str) -> Template:
    return _environment().get_template(name)


def own_asset(name: str) -> str:
    """Return one of our own files under `static/`."""
    return (resources.files("ntm_geo.maps") / "static" / name).read_text(encoding="utf-8")


class Page(Figure):
    """The HTML document around a map.

    Parameters
    ----------
    data
        What the page shows.
    """

    def __init__(self, data: PageData) -> None:
        super().__init__()
        self._name = "Page"
        self._template = _template("page.html")
        self.data = data
        self.data_json = Markup(data.encode())  # noqa: S704 (encode() lets no markup through)


class OfflineMap(folium.Map):
    """A Folium map that asks the net for nothing.

    Parameters
    ----------
    bounds
        West, south, east, north that the map opens on [degree].
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 (folium reads it from the class)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        super().__init__(tiles=None)
        self._template = _template("map.html")
        west, south, east, north = bounds
        self.fit = [[south, west], [north, east]]
        self.notice = leaflet_notice()
        self.leaflet_style = leaflet_style()
        self.leaflet_script = leaflet_script()
        self.page_style = own_asset("map.css")
        self.page_script = own_asset("map.js")


class Drawn(MacroElement):
    """A call of the page's script with the parent's name: draws into a feature group or map.

    Parameters
    ----------
    function
        Name of the function in `static/map.js`.
    arguments
        Plain values that it takes after the parent.
    """

    def __init__(self, function: str, *arguments: Any) -> None:  # noqa: ANN401 (plain JSON values)
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawn"
        self._template = _template("drawn.html")
        self.function = function
        self.arguments = arguments


def make_reproducible(root: Element) -> None:
    """Give every element a number for its id, so that a map always renders to the same bytes."""
    stack = [root]
    number = 0
    while stack:
        element = stack.pop()
        element._id = f"{number:03d}"  # noqa: SLF001 (branca draws it by chance, with no setter)
        number += 1
        stack.extend(reversed(element._children.values()))  # noqa: SLF001
        if isinstance(element, Figure):
            stack.extend((element.header, element.html, element.script))
