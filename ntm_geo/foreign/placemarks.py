"""The placemarks of a KML file, picked out of the stream of its elements.

GDAL's LIBKML drops typed-less data beside a schema and changes names of fields that are not
ASCII; here every name and value comes as it is written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Key = tuple[bool, str]
"""A field: whether it is extended data, and its name."""

_CONTAINERS = ("Document", "Folder")
_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack")
_UNDRAWN = ("Model", "MultiModel")
_SKIPPED = (
    "Style", "StyleMap", "LookAt", "Camera", "Region", "Metadata", "author", "link", "Link",
)  # fmt: skip
_LEAST_LINE = 2


@dataclass
class Shape:
    """A geometry being read."""

    kind: str
    is_hole: bool = False
    text: str = ""
    positions: list[str] = field(default_factory=list)
    parts: list["Shape"] = field(default_factory=list)


@dataclass
class Placemark:
    """One placemark."""

    containers: tuple["Container", ...]
    fields: dict[Key, str] = field(default_factory=dict)
    shape: Shape | None = None

    def layer(self, default: str) -> str:
        """Return the path of its folders, or else the name of the document around it."""
        folders = [c.name.strip() or c.kind for c in self.containers if c.kind == "Folder"]
        documents = [c.name.strip() for c in self.containers if c.kind == "Document"]
        return "/".join(folders) or next((name for name in documents[::-1] if name), default)


@dataclass
class Container:
    """A folder or document; its name may come after what it holds."""

    kind: str
    name: str = ""


class Picker:
    """Takes the events of `markup.parse` and gathers placemarks."""

    def __init__(self) -> None:
        self.placemarks: list[Placemark] = []
        self._containers: list[Container] = []
        self._here: Placemark | None = None
        self._outside: list[str] = []
        self._path: list[str] = []
        self._shapes: list[Shape] = []
        self._text: list[str] = []
        self._data = ""
        self._is_hole = False
        self._is_leaf = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        self._text = []
        self._is_leaf = True
        if self._here is None:
            self._start_outside(name)
            return
        self._path.append(name)
        if name in (*_SHAPES, *_UNDRAWN):
            self._shapes.append(Shape(name, is_hole=self._is_hole))
        elif name in ("innerBoundaryIs", "outerBoundaryIs"):
            self._is_hole = name == "innerBoundaryIs"
        elif name in ("Data", "SimpleData"):
            self._data = attributes.get("name", "")

    def _start_outside(self, name: str) -> None:
        self._outside.append(name)
        if name in _CONTAINERS:
            self._containers.append(Container(name))
        elif name == "Placemark":
            self._here = Placemark(tuple(self._containers))
            self.placemarks.append(self._here)

    def text(self, text: str) -> None:
        """Take text."""
        self._text.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._path and self._here is not None:
            self._end_inside(self._here, name)
            self._path.pop()
        else:
            self._here = None
            self._outside.pop()
            self._end_outside(name)
        self._is_leaf = False
        self._text = []

    def _end_outside(self, name: str) -> None:
        if name in _CONTAINERS:
            self._containers.pop()
        elif name == "name" and self._is_leaf and self._outside[-1:] == self._kinds()[-1:]:
            self._containers[-1].name = "".join(self._text)

    def _kinds(self) -> list[str]:
        return [container.kind for container in self._containers] or ["-"]

    def _end_inside(self, here: Placemark, name: str) -> None:
        if self._shapes:
            self._end_shape(here, name)
        elif self._is_leaf and not any(step in _SKIPPED for step in self._path):
            self._end_field(here, name)

    def _end_shape(self, here: Placemark, name: str) -> None:
        shape = self._shapes[-1]
        if name == "coordinates":
            shape.text += "".join(self._text) + " "
        elif name == "coord":
            shape.positions.append("".join(self._text))
        elif name == shape.kind:
            self._shapes.pop()
            if self._shapes:
                self._shapes[-1].parts.append(shape)
            else:
                here.shape = shape

    def _end_field(self, here: Placemark, name: str) -> None:
        is_data = "ExtendedData" in self._path
        if is_data and name not in ("value", "SimpleData"):
            return
        key = (is_data, self._data if is_data else name)
        value = "".join(self._text)
        if value:
            before = here.fields.get(key)
            here.fields[key] = value if before is None else f"{before}; {value}"


def build(shape: Shape) -> "tuple[BaseGeometry, bool]":
    """Make a geometry of what a placemark holds.

    Returns
    -------
    geometry, is_high
        Longitude and latitude on WGS 84 (2D), and whether a height other than 0 was dropped.

    Raises
    ------
    ValueError
        Coordinates that are no figures, too few of them, or a kind that is not drawn.
    """
    heights: list[float] = []
    geometry = _build(shape, heights)
    return geometry, any(height != 0 for height in heights)


def _build(shape: Shape, heights: list[float]) -> "BaseGeometry":
    from shapely import GeometryCollection, LineString, Point, Polygon

    if shape.kind == "Polygon":
        outer = [_positions(part, heights) for part in shape.parts if not part.is_hole]
        holes = [_positions(part, heights) for part in shape.parts if part.is_hole]
        if len(outer) > 1:
            raise ValueError("outerBoundaryIs x 2")
        return Polygon(outer[0], holes) if outer else Polygon()
    if shape.kind in ("MultiGeometry", "MultiTrack"):
        return _gather([_build(part, heights) for part in shape.parts])
    if shape.kind in _UNDRAWN:
        raise ValueError(shape.kind)
    positions = _positions(shape, heights)
    if shape.kind == "Point" or (shape.kind == "Track" and len(positions) == 1):
        if len(positions) > 1:
            raise ValueError(f"Point: {len(positions)} positions")
        return Point(positions[0]) if positions else Point()
    if len(positions) == 1:
        raise ValueError(f"{shape.kind}: 1 < {_LEAST_LINE}")
    return LineString(positions) if positions else GeometryCollection()


def _positions(shape: Shape, heights: list[float]) -> list[tuple[float, float]]:
    # Some programs write blanks behind the commas, although the standard forbids them.
    written = [re.sub(r"\s*,\s*", ",", shape.text).split()][0] if shape.text else []
    tuples = [position.split(",") for position in written]
    tuples += [position.split() for position in shape.positions]
    positions = []
    for figures in tuples:
        x, y, *rest = map(float, filter(None, figures))
        positions.append((x, y))
        heights += rest[:1]
    return positions


def _gather(parts: "list[BaseGeometry]") -> "BaseGeometry":
    import shapely

    kinds = {part.geom_type for part in parts}
    multi: dict[str, Callable[[Any], BaseGeometry]] = {
        "Point": shapely.MultiPoint,
        "LineString": shapely.MultiLineString,
        "Polygon": shapely.MultiPolygon,
    }
    if len(kinds) == 1 and (make := multi.get(kinds.pop())):
        return make(parts)
    return shapely.GeometryCollection(parts)
