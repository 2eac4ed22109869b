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

SAME_M, LEAST_SAME_M = 0.5, 10.0
"""Lines that lie on each other over so long a stretch are one. What is shorter is a fork [m]."""

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

    def moved(self, by_m: float) -> "Stretch":
        """Return it as it lies on a line that begins so much earlier [m]."""
        return Stretch(self.start_m + by_m, self.end_m + by_m)


class Beside(NamedTuple):
    """What of a line runs along others: just on them, near them, and no farther than beside."""

    same: tuple[Stretch, ...] = ()
    near: tuple[Stretch, ...] = ()
    along: tuple[Stretch, ...] = ()

    def and_then(self, other: "Beside", at_m: float) -> "Beside":
        """Return it with what was found of the next piece, which begins so far from the start."""
        both = zip(self, other, strict=True)
        return Beside(*(_union([*one, *(part.moved(at_m) for part in two)]) for one, two in both))


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


def find_beside(
    line: "BaseGeometry", others: "Sequence[BaseGeometry]", *, only_same: bool = False
) -> Beside:
    """Find the stretches of a line that run along others.

    Parameters
    ----------
    line
        A LineString in metres.
    others
        LineStrings in the same CRS.
    only_same
        Find only what lies just on them.
    """
    import shapely

    if not others:
        return Beside()
    # Pieces that follow each other are one: between their flat ends the strip would have gaps.
    joined = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(others)))
    # Where one lies back on another, the strip around both as one line may miss a part of them.
    merged = [*joined, *(others if len(joined) < len(others) else ())]
    if only_same:
        return Beside(same=_inside(line, merged, SAME_M))
    along = _inside(line, merged, ALONG_M)
    return Beside(
        _inside(line, merged, SAME_M) if along else (),
        _inside(line, merged, NEAR_M) if along else (),
        tuple(one for one in along if _moved_on(line, one, merged) >= PARALLEL),
    )


def find_repeated(found: Beside, length_m: float, alongside: Alongside | None) -> Repeated:
    """Judge which stretches of a line are the same road as another one.

    Parameters
    ----------
    found
        What of it runs along others.
    length_m
        Its length: what is short may be most of a short one.
    alongside
        What lines are that run beside each other: one road (`once`), or `each` its own; None tells
        how much of it is doubtful.
    """
    most_m = MOST_OF * length_m
    same = [one for one in found.same if one.length > min(LEAST_SAME_M, most_m)]
    if alongside == Alongside.EACH:
        return Repeated(_union(same), 0.0)
    certain = [*same, *(one for one in found.near if one.length > LEAST_NEAR_M)]
    doubtful: list[Stretch] = []
    least_m = min(LEAST_ALONG_M, max(most_m, LEAST_NEAR_M))
    for stretch in found.along:
        on_it = _within(stretch, found.near)
        if stretch.length < least_m:
            continue
        if sum(one.length for one in on_it) >= MOST_NEAR * stretch.length:
            # At its ends it may turn off, and in between be a road of its own.
            sure = _union(on_it, gap_m=LEAST_ALONG_M)
            certain += sure
            beside = _between(stretch, sure)
            doubtful += [one for one in beside if one.length >= LEAST_ALONG_M]
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
        What to leave out, in order; they do not touch, and may lie beyond its ends.
    """
    places = _measured(line)
    whole = Stretch(0.0, float(places[-1]))
    inside = _within(whole, stretches)
    if not inside:
        return [line]
    rest = _between(whole, inside)
    return [_piece(line, places, one) for one in rest if one.length > SAME_M]


def cut(line: "BaseGeometry", places: "np.ndarray") -> "list[BaseGeometry]":
    """Return a line cut where it is so long from its start; shape (places,), rising [m]."""
    measured = _measured(line)
    ends = [0.0, *places[(places > SAME_M) & (places < measured[-1] - SAME_M)], measured[-1]]
    stretches = map(Stretch, ends[:-1], ends[1:])
    return [_piece(line, measured, one) for one in stretches]


def points_at(line: "BaseGeometry", places: "np.ndarray") -> "np.ndarray":
    """Return points of a line by how long it is up to there; shape (places,) [m]."""
    import numpy as np
    import shapely

    measured = _measured(line)
    xy = [np.interp(places, measured, axis) for axis in shapely.get_coordinates(line).T]
    return np.asarray(shapely.points(*xy))


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
    first, last = shapely.get_coordinates(points_at(line, np.array(stretch)))
    return shapely.LineString([first, *between, last])


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
    middles = points_at(line, (ends[:-1] + ends[1:]) / 2)
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


def _union(stretches: "Iterable[Stretch]", gap_m: float = _ROUNDING_M) -> tuple[Stretch, ...]:
    """Return stretches in order, with those as one between which there is no more than a gap."""
    joined: list[Stretch] = []
    for one in sorted(stretches):
        if joined and one.start_m <= joined[-1].end_m + gap_m:
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


def _between(whole: Stretch, parts: "Sequence[Stretch]") -> list[Stretch]:
    """Return what is left of a stretch between parts of it that are in order."""
    starts = [whole.start_m, *(one.end_m for one in parts)]
    ends = [*(one.start_m for one in parts), whole.end_m]
    return [one for one in map(Stretch, starts, ends) if one.length > 0]


def _moved_on(line: "BaseGeometry", stretch: Stretch, others: "Sequence[BaseGeometry]") -> float:
    """Return how far the nearest points on others move as a stretch runs, as a share of it."""
    import numpy as np
    import shapely

    steps = max(4, round(stretch.length / STEP_M))
    step_m = stretch.length / steps
    places = np.linspace(stretch.start_m, stretch.end_m, steps + 1)
    points = points_at(line, places)
    moved = np.zeros(steps)
    for other in others:
        moved += np.abs(np.diff(shapely.line_locate_point([other], points)))
    # Where a ring closes, the place along it leaps by its length.
    return float(np.minimum(moved, step_m).sum() / stretch.length)
