"""Geometry in the record: where it is kept, how well a place is known, what stands there."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ntm_geo.model.words import Position

GEOMETRY_FOLDER = "gis/geometry"
HISTORY_FOLDER = f"{GEOMETRY_FOLDER}/history"
"""What was replaced is kept there, and speaks of nothing any more."""

POSITION_RANK = {Position.SKETCH: 0, Position.DIGITISED: 1, Position.SURVEYED: 2}
"""The better a place is known, the higher."""


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
    """

    file: str
    feature: Mapping[str, Any]
    column: str
    key: str
    position: Position

    @property
    def is_history(self) -> bool:
        """Whether something has replaced it."""
        return self.file.startswith(f"{HISTORY_FOLDER}/")
