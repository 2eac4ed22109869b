"""Selections: rows of one frame, narrowed filter by filter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.join import District
from ntm_geo.model import Layer, Position
from ntm_geo.names import Named, resolve
from ntm_geo.query.distance import (
    distances_from,
    less_certain,
    nearest_pairs,
    require_distance,
    require_point,
)
from ntm_geo.query.filters import (
    column_of,
    has_part,
    has_status,
    is_found,
    is_of_kind,
    is_one_of,
    is_unfinished,
    known_criterion,
    listed,
    not_in_list,
    require_places,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

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
        kind: str | Sequence[str] | None = None,
        layer: str | Sequence[str] | None = None,
        unit: str | Sequence[str] | None = None,
        criterion: str | Sequence[str] | None = None,
        office: str | Sequence[str] | None = None,
        search: str | None = None,
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
        kind
            One kind of work or several, such as "harden"; works only.
        layer
            One layer or several.
        unit
            A unit's code or name in any spelling; the district's own name keeps only what
            belongs to the district as a whole.
        criterion
            `set:number`, such as "commune:2", or a set alone.
        office
            An office's id or name; rows with several offices fit any of them.
        search
            Words that must all stand in the names, the unit or the clause of a work or an asset;
            case, diacritics and punctuation do not count. A text without letters and figures
            keeps everything.

        Raises
        ------
        NameUnknownError, NameAmbiguousError
            `unit`, `office` or `criterion` names nothing, or two things.
        OptionError
            Another filter is not one of the allowed words, or the frame cannot be asked for it.
        """
        frame, keep = self.frame, np.ones(len(self.frame), dtype=bool)
        if unfinished:
            keep &= is_unfinished(frame)
        if overdue:
            keep &= column_of(frame, "overdue", "overdue").to_numpy(dtype=bool)
        if status is not None:
            keep &= has_status(frame, status)
        if kind is not None:
            keep &= is_of_kind(frame, kind)
        if layer is not None:
            keep &= is_one_of(frame, "layer", layer, [word.value for word in Layer])
        if unit is not None:
            codes = _codes(unit, self.district.unit_names, "unit")
            keep &= column_of(frame, "unit_code", "unit").isin(codes).to_numpy()
        if criterion is not None:
            sets = self.district.criteria_sets.values()
            wanted = [known_criterion(text, sets) for text in listed(criterion)]
            keep &= has_part(frame, "criterion", wanted, also_set=True)
        if office is not None:
            keep &= has_part(frame, "office", _codes(office, self.district.office_names, "office"))
        if search is not None:
            keep &= is_found(frame, search)
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
        code = resolve(unit, self.district.unit_names, column="--inside")
        if code == self.district.project.district.code:
            return self
        frame = require_places(self.frame, "inside")
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
        require_distance(within_m)
        require_point(lon, lat)
        return self._within_of(shapely.Point(lon, lat), Position.SURVEYED, within_m=within_m)

    def near_asset(self, asset_id: str, *, within_m: float) -> "Selection":
        """Keep what lies within a distance of an asset; adds `distance_m`, nearest first.

        The distance is that of the two nearest points. The asset itself is left out; the works on
        it are kept, at distance 0. `distance_position` is the less certain of the two positions.

        Parameters
        ----------
        asset_id
            The asset's id, or its name in any spelling.
        within_m
            The distance on the ellipsoid [m].

        Raises
        ------
        NameUnknownError, NameAmbiguousError
            `asset_id` names nothing, or two things.
        OptionError
            Nobody knows where the asset lies, or the distance is no such thing.
        """
        require_distance(within_m)
        assets = self.district.assets
        columns = (assets[name] for name in ("asset_id", "name"))
        named = [Named(key, "asset", (name, key)) for key, name in zip(*columns, strict=True)]
        key = resolve(asset_id, named, column="--near")
        asset = assets[assets["asset_id"] == key]
        if not asset["placed"].all():
            raise OptionError(_unplaced_asset(f"{asset['name'].iloc[0]} ({key})"))
        others = self
        if "work_id" not in self.frame:
            others = self._kept((column_of(self.frame, "asset_id", "near") != key).to_numpy())
        origin, position = asset.geometry.iloc[0], str(asset["position"].iloc[0])
        return others._within_of(origin, position, within_m=within_m)  # noqa: SLF001 (of this class)

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
        require_distance(distance_m)
        if of not in list(Layer):
            raise OptionError(not_in_list("of", of, [layer.value for layer in Layer]))
        placed = self._placed("within")
        every = Selection(self.district.assets, self.district)
        layer = every.where(layer=of)._placed("of")  # noqa: SLF001 (of this class)
        frame, targets = (require_places(s.frame, "within") for s in (placed, layer))
        if targets.empty:
            placed = replace(placed, notes=(*placed.notes, _NO_TARGET_NOTE))
        crs = self.district.project.working_crs
        best = nearest_pairs(frame, targets, within_m=distance_m, crs=crs)
        found = frame.iloc[best["row"]]
        near = targets.iloc[best["target"]]
        certainty = less_certain(found["position"].to_numpy(), near["position"].to_numpy())
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

    def _within_of(self, origin: "BaseGeometry", position: str, *, within_m: float) -> "Selection":
        """Keep what lies within a distance of one thing, whose own position counts, too."""
        placed = self._placed("near")
        frame = require_places(placed.frame, "near")
        crs = self.district.project.working_crs
        distance = distances_from(frame.geometry, origin, crs=crs)
        certainty = less_certain(frame["position"], [position] * len(frame))
        found = frame.assign(distance_m=distance.round(1), distance_position=certainty)
        found = found[distance <= within_m].sort_values("distance_m", kind="stable")
        return replace(placed, frame=found).with_sketch_note()

    def _placed(self, option: str) -> "Selection":
        """Leave out what belongs to the whole district and has no known place."""
        frame = require_places(self.frame, option)
        unplaced = ~column_of(frame, "placed", option)
        note = _UNPLACED_NOTE.format(count=int(unplaced.sum()))
        notes = (*self.notes, note) if unplaced.any() else self.notes
        return replace(self, frame=frame[~unplaced], notes=notes)


def _codes(value: str | Sequence[str], names: Sequence[Named], option: str) -> list[str]:
    return [resolve(name, names, column=f"--{option}") for name in listed(value)]


def _unplaced_asset(found: str) -> Problem:
    return Problem(
        column="--near",
        what=Text(
            "đối tượng chung toàn huyện này chưa có vị trí, không đo được khoảng cách",
            "this asset of the whole district has no known place to measure from",
        ),
        found=found,
        allowed=Text(
            "đối tượng của một đơn vị, hoặc có hình trong gis/geometry/",
            "an asset of one unit, or one with geometry under gis/geometry/",
        ),
        todo=Text("chọn đối tượng khác, hoặc ghi tọa độ", "choose another one, or give a point"),
    )
