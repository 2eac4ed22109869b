"""The features that stand under gis/geometry/ now, with their files: what an intake goes by."""

from pathlib import Path

from ntm_geo.model import Position, Standing
from ntm_geo.sources.geojson import feature_day, feature_key, geometry_files, read_features


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
            found.append(Standing(file, feature, column, key, position, feature_day(feature)))
    return tuple(found)
