"""A road of which a file brings only a part: one piece more, or the whole road anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import Problem, Text
from ntm_geo.labels import format_number
from ntm_geo.model import LINES, POSITION_RANK, Pieces, Position
from ntm_geo.taking import join_lines

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry


LEAST_COVERED = 0.9
"""A line that runs along so much of the one that stands is the same road, drawn anew."""

ALONG_M = 30.0
"""A line runs along another one within so far: maps and receivers are off by as much [m]."""


@dataclass(frozen=True)
class Pieced:
    """The shapes of assets, each with what it was added to.

    Parameters
    ----------
    shapes
        Geometry by id, in EPSG:4326.
    added_to
        Position and source of the line that stood, where a piece was added to it.
    questions
        What has to be answered first.
    """

    shapes: "Mapping[str, BaseGeometry]"
    added_to: Mapping[str, tuple[Position, str]] = field(default_factory=dict)
    questions: tuple[Problem, ...] = ()


def hold_against_standing(
    shapes: "Mapping[str, BaseGeometry]",
    assets: "GeoDataFrame",
    *,
    position: Position,
    pieces: Pieces | None,
    crs: str,
) -> Pieced:
    """Ask about lines that would replace a road of which they are a part only.

    Parameters
    ----------
    shapes
        What comes in, by id, in EPSG:4326.
    assets
        What stands: `asset_id`, `name`, `position`, `source` and geometry in EPSG:4326.
    position
        How the places of what comes in are known.
    pieces
        The answer; None asks.
    crs
        A projected CRS in metres.
    """
    import geopandas as gpd

    mine = assets[assets["asset_id"].isin(list(shapes)) & assets.geom_type.isin(LINES)]
    known = mine[mine["position"] != Position.SKETCH]
    coming = gpd.GeoSeries([shapes[key] for key in known["asset_id"]], crs=GEOGRAPHIC)
    pairs = zip(
        *(known[name] for name in ("asset_id", "name", "position", "source")),
        known.geometry.to_crs(crs),
        coming.to_crs(crs),
        strict=True,
    )
    joined = dict(shapes)
    added_to: dict[str, tuple[Position, str]] = {}
    questions = []
    for key, name, at, source, old, new in pairs:
        is_better = POSITION_RANK[Position(at)] > POSITION_RANK[position]
        share = old.intersection(new.buffer(ALONG_M, cap_style="flat")).length / old.length
        if new.geom_type not in LINES or is_better or share >= LEAST_COVERED:
            continue
        if pieces is None:
            questions.append(_question(f"{name} ({key})", source, (old.length, new.length, share)))
        elif pieces == Pieces.ADD:
            whole = gpd.GeoSeries([join_lines([old, new]).shape], crs=crs).to_crs(GEOGRAPHIC)
            joined[key] = whole.iloc[0]
            added_to[key] = Position(at), source
    return Pieced(joined, added_to, tuple(questions))


def _question(road: str, source: str, figures: tuple[float, float, float]) -> Problem:
    old_m, new_m, share = figures
    vi, en = (
        [format_number(round(value, 3), lang) for value in (old_m / 1000, new_m / 1000)]
        + [format_number(round(100 * share), lang)]
        for lang in ("vi", "en")
    )
    return Problem(
        what=Text(
            f"«{road}» đang có {vi[0]} km; hình mới dài {vi[1]} km chỉ chạy dọc {vi[2]} % của nó: "
            "thêm một đoạn, hay thay cả tuyến?",
            f"'{road}' has {en[0]} km now; what comes has {en[1]} km and runs along {en[2]} % of "
            "it only: is it one piece more, or the whole road?",
        ),
        found=source,
        allowed=Text("--pieces add, --pieces replace", "--pieces add, --pieces replace"),
        todo=Text(
            "thêm đoạn: --pieces add; thay cả tuyến (hình cũ giữ trong history): --pieces replace",
            "to add it: --pieces add; to replace the road, which history keeps: --pieces replace",
        ),
    )
