"""Geometry that people bring, put into the record's gis/geometry/; what it replaces is kept.

One file holds the units, one each layer of assets. A feature that gives way moves to
gis/geometry/history/, with the day and what took its place.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ntm_geo.model import GEOMETRY_FOLDER, HISTORY_FOLDER, POSITION_RANK, Position, Standing
from ntm_geo.steps import Step, write_step

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

UNIT_KEY = "unit_code"
ASSET_KEY = "asset_id"
UNITS_FILE = "units"
_DIGITS = 7
"""Decimals of a degree that are written: about a centimetre."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One geometry on its way into the record.

    Parameters
    ----------
    column
        "unit_code" or "asset_id".
    key
        The unit or asset that it belongs to.
    layer
        The asset's layer; empty for a unit.
    geometry
        In EPSG:4326, two dimensions, as `storable` returns it.
    position
        How the place is known.
    source
        Who measured it, when, from what; the file that it came in.
    valid_from
        The day of the change since which a later unit's boundary holds; None for the plan's.
    """

    column: str
    key: str
    layer: str
    geometry: "BaseGeometry"
    position: Position
    source: str
    valid_from: date | None = None

    @property
    def since(self) -> str:
        """The day as files hold it; empty for the plan's units and for assets."""
        return "" if self.valid_from is None else self.valid_from.isoformat()

    @property
    def file(self) -> str:
        """The record's file that holds it."""
        name = f"{UNITS_FILE}-{self.since}".rstrip("-") if self.column == UNIT_KEY else self.layer
        return f"{GEOMETRY_FOLDER}/{name}.geojson"


@dataclass(frozen=True)
class Intake:
    """What an intake does, worked out before anything is written.

    Parameters
    ----------
    taken
        What goes into the record.
    kept_out
        What stays out: something better known stands there already.
    replaced
        What moves to the history.
    contents
        The files to write, whole: their path below the workspace and their features.
    """

    taken: tuple[Incoming, ...]
    kept_out: tuple[Incoming, ...]
    replaced: tuple[Standing, ...]
    contents: Mapping[str, Sequence[Mapping[str, Any]]]


def plan_intake(
    standing: Sequence[Standing],
    incoming: Iterable[Incoming],
    *,
    on: date,
    replace_better: bool = False,
) -> Intake:
    """Work out what an intake changes.

    Parameters
    ----------
    standing
        Every feature that the record has now, also those of the history.
    incoming
        At most one geometry for each key.
    on
        The day to write into the history.
    replace_better
        Take a digitised geometry also where a surveyed one stands.

    Returns
    -------
    intake
        The same geometry with the same source again changes nothing.
    """
    taken: list[Incoming] = []
    kept_out: list[Incoming] = []
    gone: dict[int, Incoming] = {}
    present = {
        (one.column, one.key, one.valid_from): place
        for place, one in enumerate(standing)
        if not one.is_history
    }
    for new in incoming:
        place = present.get((new.column, new.key, new.since))
        old = None if place is None else standing[place]
        better = old is not None and POSITION_RANK[old.position] > POSITION_RANK[new.position]
        if better and not replace_better:
            kept_out.append(new)
            continue
        if old is not None and _body(old.feature) == _body(_feature(new)):
            continue
        taken.append(new)
        if place is not None:
            gone[place] = new
    return Intake(
        taken=tuple(taken),
        kept_out=tuple(kept_out),
        replaced=tuple(standing[place] for place in gone),
        contents=_contents(standing, taken, gone, on),
    )


def _contents(
    standing: Sequence[Standing], taken: Sequence[Incoming], gone: Mapping[int, Incoming], on: date
) -> dict[str, list[Mapping[str, Any]]]:
    history = f"{HISTORY_FOLDER}/{on.isoformat()}.geojson"
    changed = {new.file for new in taken} | {standing[place].file for place in gone}
    if gone:
        changed.add(history)
    files: dict[str, list[Mapping[str, Any]]] = {file: [] for file in sorted(changed)}
    for place, one in enumerate(standing):
        if one.file in files and place not in gone:
            files[one.file].append(one.feature)
    for place, new in gone.items():
        files[history].append(_retired(standing[place], new, on))
    for new in taken:
        files[new.file].append(_feature(new))
    return files


def storable(geometry: "BaseGeometry") -> "BaseGeometry | None":
    """Return a geometry as the record holds it; None where nothing is left of it.

    Parameters
    ----------
    geometry
        In EPSG:4326.
    """
    from shapely import set_precision

    # Rounding number by number would let rings cross themselves.
    rounded = set_precision(geometry, 10.0**-_DIGITS)
    return None if rounded.is_empty or not rounded.is_valid else rounded


def _feature(new: Incoming) -> dict[str, Any]:
    from shapely.geometry import mapping

    facts = {new.column: new.key, "position": new.position.value, "source": new.source}
    return {
        "type": "Feature",
        "properties": facts | ({"valid_from": new.since} if new.since else {}),
        "geometry": _rounded(mapping(new.geometry)),
    }


def _rounded(value: Any) -> Any:  # noqa: ANN401 (nested coordinates)
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_rounded(part) for part in value]
    return round(value, _DIGITS) if isinstance(value, float) else value


def _body(feature: Mapping[str, Any]) -> str:
    properties = feature.get("properties") or {}
    facts = [properties.get(name) for name in ("position", "source")]
    return json.dumps([facts, feature.get("geometry")], sort_keys=True)


def _retired(old: Standing, new: Incoming, on: date) -> dict[str, Any]:
    told = {"replaced_on": on.isoformat(), "replaced_by": new.source, "was_in": old.file}
    return {**old.feature, "properties": {**(old.feature.get("properties") or {}), **told}}


def write_intake(
    root: Path,
    intake: Intake,
    tables: Mapping[str, bytes] = MappingProxyType({}),
    *,
    seen: Mapping[str, str],
    about: str,
) -> Step | None:
    """Write an intake as one step, the history first.

    Parameters
    ----------
    root
        The folder that holds gis/.
    intake
        What to write.
    tables
        Tables of the record to write with it: their path below the workspace and their bytes.
    seen
        What the record's files held when they were read, as `digests` returns it.
    about
        The file that was brought.

    Returns
    -------
    step
        What was written; None where the record is so already.

    Raises
    ------
    OutputError
        As `write_step`: the record is as it was, or the files that are new are named.
    """
    contents = {file: _collection(rows).encode() for file, rows in intake.contents.items()}
    contents.update(tables)
    order = sorted(contents, key=lambda file: not file.startswith(HISTORY_FOLDER))
    ordered = {file: contents[file] for file in order}
    return write_step(root, ordered, seen=seen, command="import", about=about)


def _collection(features: Sequence[Mapping[str, Any]]) -> str:
    """Return a FeatureCollection with a line a feature, so that a diff shows what changed."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'
