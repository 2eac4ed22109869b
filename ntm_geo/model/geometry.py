"""Geometry in the record: where it is kept, how well a place is known, what stands there."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ntm_geo.model.words import Layer, Position

GEOMETRY_FOLDER = "gis/geometry"
HISTORY_FOLDER = f"{GEOMETRY_FOLDER}/history"
"""What was replaced is kept there, and speaks of nothing any more."""

POSITION_RANK = {Position.SKETCH: 0, Position.DIGITISED: 1, Position.SURVEYED: 2}
"""The better a place is known, the higher."""

POINTS = ("Point",)
LINES = ("LineString", "MultiLineString")
AREAS = ("Polygon", "MultiPolygon")


def kinds_that_fit(layer: str | None) -> tuple[str, ...]:
    """Return the kinds of geometry that a layer of assets takes; None stands for the units.

    Examples
    --------
    >>> kinds_that_fit(None), kinds_that_fit("roads")
    (('Polygon', 'MultiPolygon'), ('Point', 'LineString', 'MultiLineString'))
    """
    if layer is None:
        return AREAS
    return (*POINTS, *LINES) if layer == Layer.ROADS else (*POINTS, *LINES, *AREAS)


class Standing(NamedTuple):
    """One feature of a file of the record.

    Parameters
    ----------
    file
        Its file, below the workspace.
    feature
        The feature as it stands there.
    column, key
        "unit_code" or "asset_id", and which one.
    position
        How its place is known.
    valid_from
        The day from which a boundary holds, as it stands there; empty for the plan's own units and
        for assets.
    """

    file: str
    feature: Mapping[str, Any]
    column: str
    key: str
    position: Position
    valid_from: str = ""

    @property
    def is_history(self) -> bool:
        """Whether something has replaced it."""
        return self.file.startswith(f"{HISTORY_FOLDER}/")
