"""What of a GPX file a receiver recorded: points with the time at which it was there."""

from collections import Counter
from typing import TYPE_CHECKING

from ntm_geo.foreign import markup

if TYPE_CHECKING:
    from ntm_geo.foreign.staging import Parcel

_POINTS = {"tracks": "trkpt", "track_points": "trkpt", "waypoints": "wpt"}
"""The points of each layer that GDAL makes of a file; a route is planned, not recorded."""


def is_recorded(parcel: "Parcel", layer: str) -> bool:
    """Tell whether each point of a layer has its time; programs for drawing write none.

    Parameters
    ----------
    parcel
        A GPX file.
    layer
        A layer of it, as GDAL calls it.
    """
    points: Counter[str] = Counter()
    timed: Counter[str] = Counter()
    path: list[str] = []
    has_time = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal has_time
        has_time = False if name in _POINTS.values() else has_time
        path.append(name)

    def text(said: str) -> None:
        nonlocal has_time
        has_time = has_time or (path[-1:] == ["time"] and bool(said.strip()))

    def end(name: str) -> None:
        path.pop()
        points[name] += 1
        timed[name] += has_time

    with parcel.path.open("rb") as stream:
        markup.parse(stream, parcel.file, start=start, end=end, text=text)
    point = _POINTS.get(layer, "")
    return 0 < points[point] == timed[point]
