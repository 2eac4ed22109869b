"""A road of which a file brings only a part: one piece more, or the whole road anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import Problem, Text
from ntm_geo.labels import format_number, label
from ntm_geo.model import LINES, POSITION_RANK, Pieces, Position
from ntm_geo.taking import ALONG_M, add_lines
from ntm_geo.workspace.joined import ask_alongside, ground_scale, in_km
from ntm_geo.workspace.told import Understood

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.workspace.matched import Said


LEAST_COVERED = 0.9
"""A line that runs along so much of the one that stands is the same road, drawn anew."""


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
    steps
        What was added, and what of it was left out.
    """

    shapes: "Mapping[str, BaseGeometry]"
    added_to: Mapping[str, tuple[Position, str]] = field(default_factory=dict)
    questions: tuple[Problem, ...] = ()
    steps: tuple[Understood, ...] = ()


def hold_against_standing(
    shapes: "Mapping[str, BaseGeometry]",
    assets: "GeoDataFrame",
    *,
    positions: Mapping[str, Position],
    said: "Said",
    crs: str,
) -> Pieced:
    """Ask about lines that would replace a road of which they are a part only.

    Parameters
    ----------
    shapes
        What comes in, by id, in EPSG:4326.
    assets
        What stands: `asset_id`, `name`, `position`, `source` and geometry in EPSG:4326.
    positions
        How the place of each is known, by id.
    said
        Whether it is a piece more, and what a piece is that runs beside the road.
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
    questions: list[Problem] = []
    steps: list[Understood] = []
    for key, name, at, source, old, new in pairs:
        is_better = POSITION_RANK[Position(at)] > POSITION_RANK[positions[key]]
        share = _along(old, new) / old.length
        scale = ground_scale(old, crs)
        road = f"{name} ({key})"
        is_whole = share >= LEAST_COVERED and said.pieces != Pieces.ADD
        if new.geom_type not in LINES or is_whole:
            continue
        if is_better:
            if said.pieces == Pieces.ADD:
                questions.append(_worse(road, source, Position(at), positions[key]))
        elif said.pieces is None:
            lengths = [scale * one for one in (old.length, new.length, _along(new, old))]
            questions.append(_question(road, source, lengths, share))
        elif said.pieces == Pieces.ADD:
            whole = add_lines(new, to=old, alongside=said.alongside)
            if whole.doubtful_m:
                questions.append(ask_alongside(f"{road}: {source}", scale * whole.doubtful_m))
            more_m = whole.shape.length - old.length
            steps.append(_added(road, scale * more_m, scale * whole.repeated_m))
            if whole.shape is old:
                # Nothing comes, and its source is none of the road's.
                del joined[key]
                continue
            joined[key] = gpd.GeoSeries([whole.shape], crs=crs).to_crs(GEOGRAPHIC).iloc[0]
            added_to[key] = Position(at), source
    return Pieced(joined, added_to, tuple(questions), tuple(steps))


def _along(line: "BaseGeometry", other: "BaseGeometry") -> float:
    """Return the length of a line that runs along another [m]."""
    return float(line.intersection(other.buffer(ALONG_M, cap_style="flat")).length)


def _added(road: str, more_m: float, left_m: float) -> Understood:
    more, left = in_km(more_m), in_km(left_m)
    return Understood(
        Text("Thêm đoạn", "Added"),
        Text(
            f"{road}: thêm {more.vi} km; bỏ {left.vi} km trùng tuyến đang có",
            f"{road}: {more.en} km more; {left.en} km that run along what stands are left out",
        ),
    )


def _worse(road: str, source: str, old: Position, new: Position) -> Problem:
    known, coming = (Text(label(one, "vi"), label(one, "en")) for one in (old, new))
    return Problem(
        column="--pieces",
        what=Text(
            f"«{road}» đang là {known.vi}; đoạn thêm chỉ là {coming.vi}: thêm vào thì cả tuyến chỉ "
            f"còn là {coming.vi}",
            f"'{road}' is {known.en}; what comes is {coming.en}: with it the whole road is only "
            f"{coming.en}",
        ),
        found=source,
        allowed=Text("--replace-surveyed, hoặc bỏ hình", "--replace-surveyed, or leave it out"),
        todo=Text(
            f"chấp nhận cả tuyến là {coming.vi}: thêm --replace-surveyed; đoạn này cũng đo đạc: "
            "--position surveyed; không thì bỏ hình bằng --leave-out",
            f"to have the whole road {coming.en}: add --replace-surveyed; where this piece was "
            "surveyed, too: --position surveyed; else leave it out with --leave-out",
        ),
    )


def _question(road: str, source: str, lengths: "Iterable[float]", share: float) -> Problem:
    old, new, along = (in_km(metres) for metres in lengths)
    percent = format_number(round(100 * share), "en")
    return Problem(
        what=Text(
            f"«{road}» đang có {old.vi} km; hình mới dài {new.vi} km, trong đó {along.vi} km chạy "
            f"dọc tuyến đang có, phủ {percent} % tuyến ấy: thêm một đoạn, hay thay cả tuyến?",
            f"'{road}' has {old.en} km now; what comes has {new.en} km, {along.en} km of them "
            f"along what stands, and cover {percent} % of it: is it one piece more, or the whole "
            "road?",
        ),
        found=source,
        allowed=Text("--pieces add, --pieces replace", "--pieces add, --pieces replace"),
        todo=Text(
            "thêm đoạn: --pieces add; thay cả tuyến (hình cũ giữ trong history): --pieces replace",
            "to add it: --pieces add; to replace the road, which history keeps: --pieces replace",
        ),
    )
