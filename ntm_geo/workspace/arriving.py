"""What arrives in the record: each geometry, how well its place is known, and where it is from."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.encodings import clean
from ntm_geo.errors import Problem, Text
from ntm_geo.foreign import Format
from ntm_geo.intake import ASSET_KEY, UNIT_KEY, Incoming, storable
from ntm_geo.model import POSITION_RANK, Position
from ntm_geo.workspace import told
from ntm_geo.workspace.told import Understood

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from pandas import DataFrame

    from ntm_geo.foreign import Brought
    from ntm_geo.workspace.matched import Matched
    from ntm_geo.workspace.pieces import Pieced


class Origin(NamedTuple):
    """How the place of a geometry is known, and where it is from."""

    position: Position
    source: str


def origins_of(
    path: Path,
    brought: "Brought",
    attributes: "DataFrame",
    matched: "Matched",
    position: Position | None,
) -> tuple[dict[str, Origin], list[Understood]]:
    """Say where each thing is from, and what was understood of it.

    Parameters
    ----------
    path, brought
        The file.
    attributes
        What the features say, by number.
    matched
        What they are.
    position
        How the user says that the places are known; None goes by the file.

    Returns
    -------
    origins, steps
        By code or id. What says itself of which unit or asset it is, how its place is known and
        where it is from, as the record's own files do and those of its history, stays so; all else
        is from the file.
    """
    at, steps = _position_of(brought, position)
    of_file = Origin(at, _source(path, brought))
    stated = stated_origins(attributes, matched.features)
    origins = {}
    for key, features in matched.features.items():
        parts = [stated.get(feature, of_file) for feature in features]
        origin = Origin(_worst(part.position for part in parts), _all(p.source for p in parts))
        origins[key] = origin._replace(position=position or origin.position)
    return origins, [*steps, *_told(len(stated))]


def _told(count: int) -> list[Understood]:
    if not count:
        return []
    said = Text(
        f"{count} hình là của hồ sơ: giữ position và source ghi trong tệp",
        f"{count} features are the record's own: they keep the position and the source in the file",
    )
    return [Understood(Text("Nguồn", "Source"), said)]


def arrive(
    pieced: "Pieced", origins: Mapping[str, Origin], *, layer: str, since: date | None
) -> tuple[list[Incoming], list[Understood]]:
    """Return what goes into the record, and tell what of it collapses.

    Parameters
    ----------
    pieced
        The shapes.
    origins
        Where each is from.
    layer
        The layer of assets; empty for units.
    since
        The day since which units hold that are not the plan's.
    """
    found: list[Incoming] = []
    steps: list[Understood] = []
    for key, shape in pieced.shapes.items():
        kept = storable(shape)
        if kept is None:
            steps.append(told.of_collapsed(key))
            continue
        new = origins[key]
        before = Origin(*pieced.added_to.get(key, (new.position, "")))
        found.append(
            Incoming(
                column=ASSET_KEY if layer else UNIT_KEY,
                key=key,
                layer=layer,
                geometry=kept,
                # A road is known as well as the piece of it that is known worst.
                position=_worst((new.position, before.position)),
                source=_all((before.source, new.source)),
                valid_from=since,
            )
        )
    return found, steps


def stated_origins(
    attributes: "DataFrame", features: "Mapping[str, Sequence[Hashable]]"
) -> "dict[Hashable, Origin]":
    """Return what features say themselves of their place and source, as the record's own do.

    Parameters
    ----------
    attributes
        What the features say, by number.
    features
        The features of each unit or asset, by code or id: only what names this one, too, counts.
    """
    stated: dict[Hashable, Origin] = {}
    rows = attributes.to_dict("index")
    for key, numbers in features.items():
        for number in numbers:
            said = {name: _text(value) for name, value in rows[number].items()}
            source = said.get("source", "")
            if key in (said.get(UNIT_KEY), said.get(ASSET_KEY)) and source:
                try:
                    stated[number] = Origin(Position(said.get("position", "")), source)
                except ValueError:
                    continue
    return stated


def ask_state(name: str, numbers: "Sequence[Hashable]", attributes: "DataFrame") -> Problem | None:
    """Ask which of several states of one thing is meant, where features come from the history.

    Parameters
    ----------
    name
        The thing.
    numbers
        Its features.
    attributes
        What they say; the history notes `replaced_on` and `source`.
    """
    if len(numbers) == 1 or not {"replaced_on", "source"} <= set(attributes.columns):
        return None
    rows = attributes.loc[list(numbers), ["source", "replaced_on"]].to_dict("index")
    states = {n: (_text(row["source"]), _text(row["replaced_on"])) for n, row in rows.items()}
    if not any(day for _, day in states.values()):
        return None
    vi = (f"{n}: {source}, bị thay ngày {day or '–'}" for n, (source, day) in states.items())
    en = (f"{n}: {source}, replaced on {day or '–'}" for n, (source, day) in states.items())
    allowed = Text("; ".join(vi), "; ".join(en))
    leave = " ".join(f"--leave-out {number}" for number in numbers[1:])
    return Problem(
        what=Text(
            f"tệp có nhiều bản cũ của {name}: lấy bản nào?",
            f"the file has several states of {name} one after the other: which one?",
        ),
        found=", ".join(str(number) for number in numbers),
        allowed=allowed,
        todo=Text(f"bỏ các bản kia, như {leave}", f"leave out the others, such as {leave}"),
    )


def _text(value: object) -> str:
    """Return what an attribute says, as the record takes it."""
    # Names of files, too, may hold what it does not take: decomposed letters, hidden ones.
    said = clean(value) if isinstance(value, str) else ""
    return "".join(letter for letter in said if letter.isprintable()).strip()


def _source(path: Path, brought: "Brought") -> str:
    parts = [path.name, brought.recognition.format.value, brought.attribution]
    return _text(", ".join(part for part in parts if part))


def _position_of(
    brought: "Brought", position: Position | None
) -> tuple[Position, list[Understood]]:
    """Return how the places are known, and of a GPX file why."""
    if position is not None or brought.recognition.format != Format.GPX:
        return position or Position.DIGITISED, []
    known = Position.SURVEYED if brought.is_recorded else Position.DIGITISED
    return known, [told.of_gpx(brought)]


def _worst(positions: "Iterable[Position]") -> Position:
    return min(positions, key=POSITION_RANK.__getitem__)


def _all(sources: "Iterable[str]") -> str:
    """Return the sources of a thing's parts, each once."""
    parts = [part for source in sources for part in source.split("; ") if part]
    return "; ".join(dict.fromkeys(parts))
