"""Stretches of a line that run along other lines: the same road once more, or another beside it."""

from typing import TYPE_CHECKING, NamedTuple

from ntm_geo.model import Alongside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from shapely.geometry.base import BaseGeometry

NEAR_M, LEAST_NEAR_M = 10.0, 50.0
"""Lines that run so near to each other over so long a stretch are one road, recorded twice. What
is shorter is a joint or a crossing [m]."""

SAME_M, LEAST_SAME_M = 0.5, 1.0
"""Lines that lie on each other are one however short they are [m]."""

ALONG_M, LEAST_ALONG_M = 35.0, 200.0
"""Lines that run so near to each other over so long a stretch may be one road: receivers under
trees and drawings are off by as much. What is shorter may be a fork [m]."""

MOST_OF = 0.7
"""What runs along another line over so much of its length may be the same however short it is."""

MOST_NEAR = 0.5
"""Of what runs along another line so much lies near where both are one road."""

PARALLEL = 0.4
"""A stretch that moves on along the other line by so much of its length does not cross it: a
receiver's track wavers, and is that much longer."""

STEP_M = 40.0
"""Pieces by which a stretch is held against the other line: most roads are straight so far [m]."""


class Stretch(NamedTuple):
    """A stretch of a line, from its start [m]."""

    start_m: float
    end_m: float

    @property
    def length(self) -> float:
        """How long it is [m]."""
        return self.end_m - self.start_m


class Repeated(NamedTuple):
    """What of a line runs along others.

    Parameters
    ----------
    stretches
        Where it is the same road once more, in order; they do not touch.
    doubtful_m
        The length that runs beside another line: one road, or two [m].
    """

    stretches: "tuple[Stretch, ...]"
    doubtful_m: float


def find_repeated(
    line: "BaseGeometry", others: "Sequence[BaseGeometry]", alongside: Alongside | None
) -> Repeated:
    """Find the stretches of a line where another one runs already.

    Parameters
    ----------
    line
        A LineString in metres.
    others
        LineStrings in the same CRS.
    alongside
        What lines are that run beside each other: one road (`once`), or `each` its own; None tells
        how much of it is doubtful.
    """
    if not others:
        return Repeated((), 0.0)
    same = [one for one in _inside(line, others, SAME_M) if one.length > LEAST_SAME_M]
    if alongside == Alongside.EACH:
        return Repeated(_union(same), 0.0)
    near = _inside(line, others, NEAR_M)
    certain = [*same, *(one for one in near if one.length > LEAST_NEAR_M)]
    doubtful: list[Stretch] = []
    least = min(LEAST_ALONG_M, max(MOST_OF * line.length, LEAST_NEAR_M))
    for stretch in _inside(line, others, ALONG_M):
        if stretch.length < least or _moved_on(line, stretch, others) < PARALLEL:
            continue
        on_it = _within(stretch, near)
        if sum(one.length for one in on_it) >= MOST_NEAR * stretch.length:
            # At its ends it may turn off.
            certain.append(Stretch(on_it[0].start_m, on_it[-1].end_m))
        else:
            doubtful.append(stretch)
    if alongside == Alongside.ONCE:
        return Repeated(_union([*certain, *doubtful]), 0.0)
    known = _union(certain)
    told_m = [one.length - sum(part.length for part in _within(one, known)) for one in doubtful]
    return Repeated(known, sum(told_m))


def leave_out(line: "BaseGeometry", stretches: "Sequence[Stretch]") -> "list[BaseGeometry]":
    """Return what is left of a line, in order; not what is as short as lines differ that are one.

    Parameters
    ----------
    line
        A LineString in metres.
    stretches
        What to leave out, in order; they do not touch.
    """
    if not stretches:
        return [line]
    places = _measured(line)
    starts = [0.0, *(one.end_m for one in stretches)]
    ends = [*(one.start_m for one in stretches), float(places[-1])]
    rest = map(Stretch, starts, ends)
    return [_piece(line, places, one) for one in rest if one.length > SAME_M]


def _measured(line: "BaseGeometry") -> "np.ndarray":
    """Return how far each vertex lies from the start along a line; shape (vertices,) [m]."""
    import numpy as np
    import shapely

    steps = np.hypot(*np.diff(shapely.get_coordinates(line), axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _piece(line: "BaseGeometry", places: "np.ndarray", stretch: Stretch) -> "BaseGeometry":
    import numpy as np
    import shapely

    coords = shapely.get_coordinates(line)
    between = coords[(places > stretch.start_m) & (places < stretch.end_m)]
    first, last = shapely.get_coordinates(_at(line, np.array(stretch)))
    return shapely.LineString([first, *between, last])


def _at(line: "BaseGeometry", places: "np.ndarray") -> "np.ndarray":
    """Return points of a line by their place along it; shape (places,)."""
    import numpy as np
    import shapely

    measured = _measured(line)
    xy = [np.interp(places, measured, axis) for axis in shapely.get_coordinates(line).T]
    return np.asarray(shapely.points(*xy))


def _inside(
    line: "BaseGeometry", others: "Sequence[BaseGeometry]", near_m: float
) -> tuple[Stretch, ...]:
    """Return the stretches of a line that lie within so many metres of others.

    The line is cut where it enters and leaves the strip around them, segment by segment: of a line
    that crosses itself, an intersection would make pieces at each crossing.
    """
    import numpy as np
    import shapely

    # What only goes on at the end of a line lies beyond its flat end. Bends much smaller than the
    # strip is wide make no other strip, and much more work.
    plain = shapely.simplify(others, near_m / 20)
    strip = shapely.union_all(shapely.buffer(plain, near_m, cap_style="flat"))
    segments, places = _segments(line), _measured(line)
    sides = np.concatenate(
        [_segments(ring) for ring in shapely.get_rings(shapely.get_parts(strip))]
    )
    number, side = shapely.STRtree(sides).query(segments, predicate="intersects")
    crossings = shapely.intersection(segments[number], sides[side])
    found, of = shapely.get_coordinates(crossings, return_index=True)
    starts = shapely.get_coordinates(line)[number[of]]
    cuts = places[number[of]] + np.hypot(*(found - starts).T)
    ends = np.unique(np.concatenate([places, cuts]))
    middles = _at(line, (ends[:-1] + ends[1:]) / 2)
    shapely.prepare(strip)
    is_inside = shapely.covers(strip, middles)
    return _union(
        Stretch(float(start), float(end))
        for start, end in zip(ends[:-1][is_inside], ends[1:][is_inside], strict=True)
    )


def _segments(line: "BaseGeometry") -> "np.ndarray":
    """Return the segments of a line in order; shape (vertices - 1,)."""
    import numpy as np
    import shapely

    coords = shapely.get_coordinates(line)
    ends = np.stack([coords[:-1], coords[1:]], axis=1)
    return np.asarray(shapely.linestrings(list(ends)))


_ROUNDING_M = 1e-6


def _union(stretches: "Iterable[Stretch]") -> tuple[Stretch, ...]:
    """Return stretches in order, with those that touch as one."""
    joined: list[Stretch] = []
    for one in sorted(stretches):
        if joined and one.start_m <= joined[-1].end_m + _ROUNDING_M:
            joined[-1] = Stretch(joined[-1].start_m, max(joined[-1].end_m, one.end_m))
        else:
            joined.append(one)
    return tuple(joined)


def _within(stretch: Stretch, others: "Iterable[Stretch]") -> list[Stretch]:
    """Return what lies within a stretch of others, in their order."""
    inner = (
        Stretch(max(one.start_m, stretch.start_m), min(one.end_m, stretch.end_m)) for one in others
    )
    return [one for one in inner if one.length > 0]


def _moved_on(line: "BaseGeometry", stretch: Stretch, others: "Sequence[BaseGeometry]") -> float:
    """Return how far the nearest points on others move as a stretch runs, as a share of it."""
    import numpy as np
    import shapely

    steps = max(4, round(stretch.length / STEP_M))
    step_m = stretch.length / steps
    places = np.linspace(stretch.start_m, stretch.end_m, steps + 1)
    points = _at(line, places)
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(others)))
    moved = np.zeros(steps)
    for other in merged:
        moved += np.abs(np.diff(shapely.line_locate_point(other, points)))
    # Where a ring closes, the place along it leaps by its length.
    return float(np.minimum(moved, step_m).sum() / stretch.length)
