"""Folium elements of our own: the page, the map without anything from the net, the page's parts.

What a part shows it draws itself, by a script of its name under `static/`, from the page's data.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import folium
from branca.element import Element, Figure, MacroElement
from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from ntm_geo.errors import Text
from ntm_geo.maps.offline import leaflet_notice, leaflet_script, leaflet_style
from ntm_geo.maps.packing import pack
from ntm_geo.maps.page_data import PageData

SCRIPTS = (
    "data.js", "words.js", "dom.js", "geodesy.js", "filter.js", "state.js", "symbols.js",
    "units.js", "assets.js", "symbol_layer.js", "markers.js", "ground.js", "labels.js", "map.js",
    "band.js", "tabs.js", "legend.js", "list.js", "detail.js", "ask.js", "findings.js",
    "months.js", "takeaway.js", "page.js",
)  # fmt: skip
"""Our scripts in the order in which they build on each other."""

LATER_SCRIPT, LATER_STYLE = "later.js", "later.css"
"""Of pages by the units of a later day only; the script goes before the last of `SCRIPTS`."""

TABS = ("filter", "list", "detail", "ask", "findings")
"""Tabs of the panel, as `static/state.js` knows them."""

TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
TILES_HOST = "https://tile.openstreetmap.org"
_TILES_NOTICE = "© OpenStreetMap contributors (ODbL)"


_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*$", re.MULTILINE | re.DOTALL)
"""One that has its lines for itself; no text in our files goes over the end of a line."""


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("ntm_geo.maps"), autoescape=True)


def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def own_asset(name: str) -> str:
    """Return one of our own files under `static/`, without indentation and lines of comment.

    Nobody opens the page to read them there, and they would be a fifth of what we wrote of it.
    """
    text = (resources.files("ntm_geo.maps") / "static" / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


class _Said:
    """What a template needs to say something in the language that the page opens in."""

    data: PageData

    def say(self, text: Text) -> str:
        """Return one of the data's pairs."""
        return text.say(self.data.lang)

    def text(self, name: str) -> str:
        """Return one of the page's own sentences."""
        return self.say(self.data.texts[name])


class Part(_Said, Element):
    """A part of the page around the map: a template with what does not change.

    Parameters
    ----------
    name
        Name of its template and of its script.
    data
        What the page shows.
    parts
        Parts within it.
    """

    def __init__(self, name: str, data: PageData, parts: Sequence["Part"] = ()) -> None:
        super().__init__()
        self._name = name
        self._template = _template(f"{name}.html")
        self.name = name
        self.data = data
        self.parts = parts


class Page(_Said, Figure):
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
        self.packed = Markup(pack(data))  # noqa: S704 (pack() lets no markup through)
        later = () if data.later is None else (LATER_SCRIPT,)
        scripts = (*SCRIPTS[:-1], *later, SCRIPTS[-1])
        self.own_script = "\n".join(own_asset(name) for name in scripts)
        self.band = Part("band", data)
        self.time = Part("time", data)
        tabs = [Part(name, data) for name in TABS]
        self.panel = Part("panel", data, [*tabs, Part("takeaway", data)])


class OfflineMap(folium.Map):
    """A Folium map that asks the net for nothing, with room for the page's layers.

    What is added to it stands in the page like on any Folium map.

    Parameters
    ----------
    styles
        Names of our own style sheets.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 (folium reads it from the class)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, styles: Sequence[str] = ("page.css",)) -> None:
        super().__init__(tiles=None)
        self._template = _template("map.html")
        self.notice = leaflet_notice()
        self.styles = (leaflet_style(), *map(own_asset, styles))
        self.leaflet_script = leaflet_script()


class Tiles(folium.TileLayer):
    """The one thing that a page may ask the net for: OpenStreetMap's standard tiles."""

    def __init__(self) -> None:
        super().__init__(tiles=TILES, attr=_TILES_NOTICE, max_zoom=19, control=False)


class Group(folium.FeatureGroup):
    """A Folium feature group that the page's script draws into, under a name.

    Parameters
    ----------
    name
        "units", "symbols" or a layer of assets.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name=name, control=False)
        self.add_child(_Drawn("group.html", name))


class Opened(MacroElement):
    """The last line of the page's script: everything is there, draw."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._template = _template("opened.html")


class _Drawn(MacroElement):
    def __init__(self, template: str, name: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawn"
        self._template = _template(template)
        self.name = name


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
