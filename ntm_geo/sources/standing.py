"""The features that stand under gis/geometry/ now, with their files: what an intake goes by."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ntm_geo.model import Position
from ntm_geo.sources.geojson import (
    HISTORY_FOLDER,
    feature_key,
    geometry_files,
    read_features,
)


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


def read_standing(root: Path) -> tuple[Standing, ...]:
    """Return every feature of the record's geometry, also what was replaced.

    Parameters
    ----------
    root
        The folder that holds gis/; its geometry has been read without a problem.

    Raises
    ------
    RecordError
        A file of the history is broken.
    """
    found = []
    for path in geometry_files(root):
        file = path.relative_to(root).as_posix()
        for feature in read_features(path, file):
            column, key = feature_key(feature)
            position = Position(str((feature.get("properties") or {}).get("position")))
            found.append(Standing(file, feature, column, key, position))
    return tuple(found)
