"""Questions about a district: selections that combine, with true distances in metres."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ntm_geo.crs import GEOGRAPHIC, MOST_SCALE_ERROR
from ntm_geo.errors import NameUnknownError, OptionError, Problem, Text
from ntm_geo.join import District
from ntm_geo.lengths import WGS84
from ntm_geo.model import FINISHED, CriterionStatus, Layer, Position, Status
from ntm_geo.names import resolve

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FINISHED = [status.value for status in FINISHED]
_SLACK = 1 + 2 * MOST_SCALE_ERROR
"""A distance in the working CRS differs from the true one by less than this factor."""

_SKETCH_NOTE = Text(
    "một phần hoặc tất cả vị trí là sơ họa: khoảng cách và quan hệ không gian chỉ để minh họa",
    "some or all positions are sketches: distances and places illustrate, they are no facts",
)
_BY_RECORD_NOTE = Text(
    "ranh giới hoặc vị trí là sơ họa: thuộc đơn vị nào là lấy theo hồ sơ, không theo bản đồ",
    "the boundary or the place is a sketch: the record, not the map, says which unit it is in",
)
_NO_TARGET_NOTE = Text(
    "lớp được hỏi không có đối tượng nào biết vị trí",
    "the layer asked for has nothing whose place is known",
)
_UNPLACED_NOTE = Text(
    "{count} mục chung toàn huyện chưa có vị trí nên không được tính trong truy vấn khoảng cách",
    "{count} rows of the whole district have no place of their own and take no part in distances",
)


@dataclass(frozen=True)
class Selection:
    """Rows of one frame that answer a question; every filter returns a narrower selection.

    Attributes
    ----------
    frame
        The rows, in the record's order; spatial questions add columns.
    district
        The district that names and places are looked up in.
    notes
        What a reader must know to take the rows rightly.

    Examples
    --------
    >>> import ntm_geo
    >>> works = ntm_geo.open_workspace(".").works
    >>> len(works.unfinished(layer="roads", unit="Lơ Ku"))
    1
    """

    frame: pd.DataFrame
    district: District
    notes: tuple[Text, ...] = ()

    def __len__(self) -> int:
        return len(self.frame)

    def where(  # noqa: PLR0913 (filters are keyword-only and combine)
        self,
        *,
        unfinished: bool = False,
        overdue: bool = False,
        status: str | Sequence[str] | None = None,
        layer: str | Sequence[str] | None = None,
        unit: str | Sequence[str] | None = None,
        criterion: str | Sequence[str] | None = None,
        office: str | Sequence[str] | None = None,
    ) -> "Selection":
        """Keep the rows that fit every filter given.

        Parameters
        ----------
        unfinished
            Neither completed nor cancelled; an asset to which nothing is done is not unfinished.
        overdue
            Unfinished after the due day.
        status
            One status word or several.
        layer
            One layer or several.
        unit
            A unit's code or name in any spelling; the district's own name keeps only what
            belongs to the district as a whole.
        criterion
            `set:number`, such as "commune:2", or a set alone.
        office
            An office's id or name; rows with several offices fit any of them.

        Raises
        ------
        NameUnknownError, NameAmbiguousError
            `unit`, `office` or `criterion` names nothing, or two things.
        OptionError
            Another filter is not one of the allowed words, or the frame cannot be asked for it.
        """
        keep = np.ones(len(self.frame), dtype=bool)
        if unfinished:
            state = self._column("status", "unfinished")
            keep &= (state.notna() & ~state.isin(_FINISHED)).to_numpy()
        if overdue:
            keep &= self._column("overdue", "overdue").to_numpy(dtype=bool)
        if status is not None:
            keep &= self._one_of("status", status, _allowed_statuses(self.frame))
        if layer is not None:
            keep &= self._one_of("layer", layer, [word.value for word in Layer])
        if unit is not None:
            names = self.district.unit_names
            codes = [resolve(name, names, column="unit") for name in _listed(unit)]
            keep &= self._column("unit_code", "unit").isin(codes).to_numpy()
        if criterion is not None:
            wanted = [self._known_criterion(text) for text in _listed(criterion)]
            keep &= self._any_part("criterion", wanted, also_set=True)
        if office is not None:
            names = self.district.office_names
            codes = [resolve(name, names, column="office") for name in _listed(office)]
            keep &= self._any_part("office", codes)
        return self._kept(keep)

    def unfinished(self, **filters: Any) -> "Selection":  # noqa: ANN401 (the filters of where)
        """Keep the unfinished rows that fit the filters of `where`."""
        return self.where(unfinished=True, **filters)

    def inside(self, unit: str) -> "Selection":
        """Keep what lies inside a unit.

        A surveyed or digitised place is held against the unit's surveyed or digitised polygon.
        Where one of the two is a sketch, only the record knows, and it decides.

        Parameters
        ----------
        unit
            Code or name in any spelling; the district's name keeps everything.

        Raises
        ------
        NameUnknownError, NameAmbiguousError
            `unit` names nothing, or two things.
        """
        code = resolve(unit, self.district.unit_names, column="inside")
        if code == self.district.project.district.code:
            return self
        frame = self._spatial("inside")
        units = self.district.units.set_index("unit_code")
        by_record = (frame["unit_code"] == code).to_numpy()
        by_place = shapely.intersects(frame.geometry.to_numpy(), units.geometry[code])
        sketched = (frame["position"] == Position.SKETCH).to_numpy()
        if units["position"][code] == Position.SKETCH:
            sketched = np.ones(len(frame), dtype=bool)
        kept = self._kept(np.where(sketched, by_record, by_place))
        return replace(kept, notes=(*kept.notes, _BY_RECORD_NOTE)) if sketched.any() else kept

    def near(self, lon: float, lat: float, *, within_m: float) -> "Selection":
        """Keep what lies within a distance of a point; adds `distance_m`, nearest first.

        Parameters
        ----------
        lon, lat
            The point [degree, EPSG:4326].
        within_m
            The distance on the ellipsoid [m].

        Raises
        ------
        OptionError
            The point or the distance is no such thing.
        """
        _require_distance(within_m)
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 (degrees of the globe)
            raise OptionError(_bad_point(f"{lon},{lat}"))
        placed = self._placed("near")
        frame = placed.frame
        crs = self.district.project.working_crs
        point = gpd.GeoSeries.from_xy([lon], [lat], crs=GEOGRAPHIC).to_crs(crs).iloc[0]
        there = frame.geometry.to_crs(crs).to_numpy()
        distance = _geodesic_m(np.full(len(there), point, dtype=object), there, crs)
        found = frame.assign(distance_m=distance.round(1), distance_position=frame["position"])
        found = found[distance <= within_m].sort_values("distance_m", kind="stable")
        return replace(placed, frame=found).with_sketch_note()

    def within(self, distance_m: float, *, of: str) -> "Selection":
        """Keep what lies within a distance of a layer's nearest asset.

        Adds `distance_m`, `nearest_id`, `nearest_name` and `distance_position`, the less certain
        of the two positions. An asset is not its own neighbour.

        Parameters
        ----------
        distance_m
            The distance on the ellipsoid [m].
        of
            A layer, such as "schools".

        Raises
        ------
        OptionError
            There is no such layer, or the distance is none.
        """
        _require_distance(distance_m)
        if of not in list(Layer):
            raise OptionError(_not_in_list("of", of, [layer.value for layer in Layer]))
        placed = self._placed("within")
        every = Selection(self.district.assets, self.district)
        targets = every.where(layer=of)._placed("of").frame  # noqa: SLF001 (of this class)
        if targets.empty:
            placed = replace(placed, notes=(*placed.notes, _NO_TARGET_NOTE))
        crs = self.district.project.working_crs
        here = placed.frame.geometry.to_crs(crs).to_numpy()
        there = targets.geometry.to_crs(crs).to_numpy()
        reach = distance_m * _SLACK + 1.0
        left, right = shapely.STRtree(there).query(here, predicate="dwithin", distance=reach)
        own = placed.frame["asset_id"].to_numpy()[left]
        other = own != targets["asset_id"].to_numpy()[right]
        left, right = left[other], right[other]
        distance = _geodesic_m(here[left], there[right], crs)
        pairs = pd.DataFrame({"row": left, "target": right, "distance_m": distance})
        pairs = pairs[pairs["distance_m"] <= distance_m]
        best = pairs.sort_values(["row", "distance_m", "target"]).drop_duplicates("row")
        found = placed.frame.iloc[best["row"]]
        near = targets.iloc[best["target"]]
        certainty = _less_certain(found["position"].to_numpy(), near["position"].to_numpy())
        answer = found.assign(
            distance_m=best["distance_m"].round(1).to_numpy(),
            nearest_id=near["asset_id"].to_numpy(),
            nearest_name=near["name"].to_numpy(),
            distance_position=certainty,
        )
        return replace(placed, frame=answer).with_sketch_note()

    def with_sketch_note(self) -> "Selection":
        """Return the selection with the note on sketches, where any of its rows is one."""
        sketched = "position" in self.frame and (self.frame["position"] == Position.SKETCH).any()
        if "distance_position" in self.frame:
            sketched |= (self.frame["distance_position"] == Position.SKETCH).any()
        if not sketched or _SKETCH_NOTE in self.notes:
            return self
        return replace(self, notes=(*self.notes, _SKETCH_NOTE))

    # --- helpers -------------------------------------------------------------------------------

    def _kept(self, keep: "NDArray[np.bool_]") -> "Selection":
        return replace(self, frame=self.frame[keep])

    def _column(self, name: str, option: str) -> pd.Series:
        if name not in self.frame:
            raise OptionError(
                Problem(
                    column=option,
                    what=Text("bảng này không lọc được theo mục đó", "no such filter here"),
                    allowed=Text(", ".join(self.frame.columns), ", ".join(self.frame.columns)),
                    todo=Text("bỏ tùy chọn này", "leave the option out"),
                )
            )
        return self.frame[name]

    def _one_of(
        self, name: str, value: str | Sequence[str], allowed: Sequence[str]
    ) -> "NDArray[np.bool_]":
        words = _listed(value)
        for word in words:
            if word not in allowed:
                raise OptionError(_not_in_list(name, word, allowed))
        return self._column(name, name).isin(words).to_numpy()

    def _known_criterion(self, text: str) -> str:
        """Return "set:number" or a set as the record writes it."""
        sets = self.district.criteria_sets
        set_id, _, number = (part.strip() for part in text.casefold().partition(":"))
        if set_id in sets and not number:
            return set_id
        if set_id in sets and number.isdecimal() and int(number) in sets[set_id].numbers:
            return f"{set_id}:{int(number)}"
        known = [
            f"{s.id}:1 … {s.id}:{len(s.numbers)}" if s.numbers else s.id for s in sets.values()
        ]
        raise NameUnknownError(_not_in_list("criterion", text, known))

    def _any_part(
        self, name: str, wanted: Sequence[str], *, also_set: bool = False
    ) -> "NDArray[np.bool_]":
        """Tell which cells, lists separated by |, hold one of the words (or a word's set)."""

        def fits(cell: str) -> bool:
            parts = cell.split("|")
            return any(p in wanted or (also_set and p.split(":")[0] in wanted) for p in parts)

        return self._column(name, name).fillna("").map(fits).to_numpy(dtype=bool)

    def _spatial(self, option: str) -> gpd.GeoDataFrame:
        if not isinstance(self.frame, gpd.GeoDataFrame):
            raise OptionError(
                Problem(
                    column=option,
                    what=Text("bảng này không có vị trí", "this table has no places"),
                    allowed=Text("works, assets", "works, assets"),
                    todo=Text("bỏ tùy chọn không gian", "leave the spatial option out"),
                )
            )
        self._column("position", option)
        return self.frame

    def _placed(self, option: str) -> "Selection":
        """Leave out what belongs to the whole district and has no known place."""
        frame = self._spatial(option)
        unplaced = ~frame["placed"]
        note = _UNPLACED_NOTE.format(count=int(unplaced.sum()))
        notes = (*self.notes, note) if unplaced.any() else self.notes
        return replace(self, frame=frame[~unplaced], notes=notes)


def _listed(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _allowed_statuses(frame: pd.DataFrame) -> list[str]:
    if "state" in frame:
        return [status.value for status in CriterionStatus]
    return [status.value for status in Status]


def _geodesic_m(
    left: "NDArray[np.object_]", right: "NDArray[np.object_]", crs: str
) -> "NDArray[np.float64]":
    """Distance on the ellipsoid between the nearest points of paired geometries [m].

    Parameters
    ----------
    left, right
        Shape (n,), geometry in the projected working CRS.
    crs
        That CRS; it only finds the nearest points, it measures nothing.
    """
    links = shapely.shortest_line(left, right)
    ends = gpd.GeoSeries(links, crs=crs).to_crs(GEOGRAPHIC).to_numpy()
    coords = shapely.get_coordinates(ends).reshape(-1, 4)
    if not len(coords):
        return np.zeros(0)
    _, _, distance = WGS84.inv(coords[:, 0], coords[:, 1], coords[:, 2], coords[:, 3])
    return np.asarray(distance, dtype=float)


def _less_certain(left: Iterable[str], right: Iterable[str]) -> list[str]:
    order = [Position.SURVEYED.value, Position.DIGITISED.value, Position.SKETCH.value]
    return [max(pair, key=order.index) for pair in zip(left, right, strict=True)]


def _require_distance(distance_m: float) -> None:
    if not (math.isfinite(distance_m) and distance_m >= 0):
        raise OptionError(
            Problem(
                column="within",
                what=Text("khoảng cách không hợp lệ", "not a distance"),
                found=str(distance_m),
                allowed=Text("0 m trở lên", "0 m or more"),
                todo=Text("ghi ví dụ 2km hoặc 1500m", "write 2km or 1500m, for example"),
            )
        )


def _bad_point(found: str) -> Problem:
    return Problem(
        column="near",
        what=Text("không phải kinh độ, vĩ độ", "not a longitude and a latitude"),
        found=found,
        allowed=Text("KINH_ĐỘ,VĨ_ĐỘ, ví dụ 108.602,14.144", "LON,LAT such as 108.602,14.144"),
        todo=Text("kiểm tra thứ tự và dấu phẩy", "check the order and the comma"),
    )


def _not_in_list(column: str, found: str, allowed: Sequence[str]) -> Problem:
    words = ", ".join(allowed)
    return Problem(
        column=column,
        what=Text("từ này không có trong danh sách", "this word is not in the list"),
        found=found,
        allowed=Text(words, words),
        todo=Text("chọn một từ trong danh sách", "choose a word of the list"),
    )
