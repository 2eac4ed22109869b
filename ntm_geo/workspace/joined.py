"""The features of one asset put together: lines of a road joined, each stretch of it once."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ntm_geo.crs import GEOGRAPHIC
from ntm_geo.errors import Problem, Text
from ntm_geo.labels import format_number
from ntm_geo.lengths import geodesic_lengths_m
from ntm_geo.model import LINES
from ntm_geo.taking import ALONG_M, join_lines
from ntm_geo.workspace.told import Understood

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

    from geopandas import GeoDataFrame
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from ntm_geo.model import Alongside
    from ntm_geo.taking import Joined


@dataclass(frozen=True)
class JoinedFeatures:
    """What the features of a file make together.

    Parameters
    ----------
    shapes
        Geometry by id, in EPSG:4326.
    steps
        What was put together, and left out.
    questions
        What has to be answered first.
    """

    shapes: "Mapping[str, BaseGeometry]"
    steps: "Sequence[Understood]" = field(default_factory=list)
    questions: "Sequence[Problem]" = field(default_factory=list)


def join_features(
    plane: "GeoDataFrame",
    by_code: "Mapping[str, Sequence[Hashable]]",
    names: "Mapping[str, str]",
    alongside: "Alongside | None",
    *,
    whole: "Collection[str]" = (),
) -> JoinedFeatures:
    """Put the features of each asset together.

    Parameters
    ----------
    plane
        Features by number, in metres.
    by_code
        The features of each asset, by its id.
    names
        Names of assets by id.
    alongside
        What lines of one road are that run beside each other; None asks.
    whole
        Assets whose lines are as they should be, unless `alongside` says something else.
    """
    import geopandas as gpd

    by_number = dict(plane.geometry.items())
    shapes: dict[str, BaseGeometry] = {}
    steps: list[Understood] = []
    questions: list[Problem] = []
    for code, numbers in by_code.items():
        mine = [by_number[number] for number in numbers]
        name, shape = f"{names[code]} ({code})", mine[0]
        is_line = shape.geom_type in LINES and any(one.length for one in mine)
        if is_line and (alongside is not None or code not in whole):
            joined = join_lines(mine, alongside=alongside)
            shape = joined.shape
            scale = ground_scale(shape, plane.crs)
            steps += _told_lines(name, numbers, joined, scale)
            beside = f"{name}: {_features(numbers)}"
            if joined.spikes_m:
                # Nothing else can be said of the line before that.
                questions.append(_ask_spikes(beside, scale * max(joined.spikes_m)))
            elif joined.doubtful_m:
                questions.append(ask_alongside(beside, scale * joined.doubtful_m))
        elif not is_line and len(numbers) > 1:
            steps.append(_told_same(name, numbers))
        shapes[code] = shape
    there = gpd.GeoSeries(shapes, crs=plane.crs).to_crs(GEOGRAPHIC)
    return JoinedFeatures(dict(zip(shapes, there, strict=True)), steps, questions)


def ask_alongside(what: str, beside_m: float) -> Problem:
    """Ask whether lines that run beside each other are one road.

    Parameters
    ----------
    what
        The road, and which lines they are.
    beside_m
        Over which length on the ellipsoid [m].
    """
    km = in_km(beside_m)
    near = format_number(ALONG_M, "en")
    return Problem(
        column="--alongside",
        what=Text(
            f"{km.vi} km chạy dọc một tuyến khác của cùng đối tượng, cách không quá {near} m: một "
            "tuyến ghi hai lần, hay hai tuyến riêng?",
            f"{km.en} km run beside another line of the same asset, no more than {near} m from it: "
            "one line recorded twice, or two lines?",
        ),
        found=what,
        allowed=Text("--alongside once, --alongside each", "--alongside once, --alongside each"),
        todo=Text(
            "ghi hai lần, tính một: --alongside once; tính cả hai: --alongside each; mỗi tuyến một "
            "kiểu: nhập hai lần, mỗi lần bỏ các tuyến kia bằng --leave-out",
            "recorded twice, counts once: --alongside once; both count: --alongside each; where "
            "roads of the file differ in that: import it twice, with the others out (--leave-out)",
        ),
    )


def in_km(metres: float) -> Text:
    """Return a length in kilometres, to the metre."""
    return Text(*(format_number(round(metres / 1000, 3), lang) for lang in ("vi", "en")))


def ground_scale(line: "BaseGeometry", crs: "CRS | str | None") -> float:
    """Return how many times as long a line is on the ellipsoid as in a projection.

    Parameters
    ----------
    line
        A line in the projection.
    crs
        A projected CRS in metres.
    """
    import geopandas as gpd

    (true_m,) = geodesic_lengths_m(gpd.GeoSeries([line], crs=crs).to_crs(GEOGRAPHIC))
    return float(true_m / line.length)


def _features(numbers: "Sequence[Hashable]") -> str:
    return ", ".join(str(number) for number in numbers)


def _told_lines(
    name: str, numbers: "Sequence[Hashable]", joined: "Joined", scale: float
) -> "Iterator[Understood]":
    km, left = in_km(scale * joined.shape.length), in_km(scale * joined.repeated_m)
    listed = _features(numbers)
    if len(numbers) > 1:
        yield Understood(
            Text("Ghép tuyến", "Joined"),
            Text(
                f"{name}: hình {listed} là một tuyến dài {km.vi} km",
                f"{name}: features {listed} are one road of {km.en} km",
            ),
        )
    if joined.repeated_m > 0:
        yield Understood(
            Text("Bỏ đoạn trùng", "Once only"),
            Text(
                f"{name}: bỏ {left.vi} km ghi trùng, còn {km.vi} km (hình {listed}); nếu là hai "
                "tuyến riêng: --alongside each",
                f"{name}: {left.en} km that were recorded twice are left out of features {listed}, "
                f"{km.en} km stay; where these are two roads: --alongside each",
            ),
        )


def _ask_spikes(what: str, off_m: float) -> Problem:
    """Ask about points far off the rest of a line."""
    km = in_km(off_m)
    return Problem(
        column="--alongside",
        what=Text(
            f"có điểm lệch {km.vi} km khỏi tuyến, có lẽ máy đo sai; chiều dài tính cả đoạn tới đó",
            f"a point lies {km.en} km off the line, perhaps the receiver was wrong; the length has "
            "the way there, too",
        ),
        found=what,
        allowed=Text("tuyến không có điểm ấy", "the line without it"),
        todo=Text(
            "xóa điểm đó trong QGIS hoặc Google Earth rồi nhập lại; nếu điểm ấy đúng: --alongside "
            "each",
            "delete it in QGIS or Google Earth and import again; where it is right: --alongside "
            "each",
        ),
    )


def _told_same(name: str, numbers: "Sequence[Hashable]") -> Understood:
    listed = _features(numbers)
    return Understood(
        Text("Trùng", "The same"),
        Text(
            f"{name}: hình {listed} giống hệt nhau, lấy một",
            f"{name}: features {listed} are just the same, one is taken",
        ),
    )
