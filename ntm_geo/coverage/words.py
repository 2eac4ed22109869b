"""What can be wrong with boundaries, and how it is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ntm_geo.errors import Text


class RepairKind(StrEnum):
    """What was wrong."""

    NO_POLYGON = "no_polygon"
    INVALID_RING = "invalid_ring"
    DUPLICATE_VERTICES = "duplicate_vertices"
    UNMATCHED_VERTICES = "unmatched_vertices"
    OVERLAP = "overlap"
    GAP = "gap"
    SLIVER_PART = "sliver_part"


@dataclass(frozen=True, kw_only=True)
class Repair:
    """One thing that was wrong with the boundaries, and what was done about it.

    Parameters
    ----------
    kind
        What was wrong.
    units
        The units that it is about, by key, sorted: those that overlap, those around a gap.
    area_m2
        How large it is, in the CRS of the units [m2]; 0 where only vertices are concerned.
    width_m
        Mean width, twice the area by the perimeter [m]; 0 where only vertices are concerned.
    lon, lat
        A point in it [degree, EPSG:4326]; NaN where there is no geometry.
    given_to
        The unit that it was given to, if any.
    changes_m2
        How much each unit has gained (+) or lost (-) by the repair, in the CRS of the units [m2].
    vertices
        How many vertices were taken out or put in.
    is_mended
        False where it is no noise: it was left as it is, for a person to look at.
    """

    kind: RepairKind
    units: tuple[str, ...]
    area_m2: float = 0.0
    width_m: float = 0.0
    lon: float
    lat: float
    given_to: str | None = None
    changes_m2: Mapping[str, float]
    vertices: int = 0
    is_mended: bool = True

    def say_found(self) -> Text:
        """Return how large an overlap or a gap is, and where, and nothing of what was done."""
        return self._fill(_FOUND[self.kind])

    def say(self) -> Text:
        """Return what was wrong, where, and what was done, as one sentence."""
        what = (_MENDED if self.is_mended else _LEFT)[self.kind]
        if self.kind == RepairKind.GAP and not self.is_mended and self.area_m2 < _TOWN_M2:
            what = _SMALL_GAP
        return self._fill(what)

    def _fill(self, what: Text) -> Text:
        vi, en = _size(self.area_m2)
        cut = ", ".join(unit for unit in self.units if unit != self.given_to)
        values = {
            "units": ", ".join(self.units),
            "to": self.given_to,
            "cut": cut,
            "count": self.vertices,
            "place": f"{self.lon:.5f}, {self.lat:.5f}",
            "width": f"{self.width_m:.0f}",
        }
        return Text(what.vi.format(area=vi, **values), what.en.format(area=en, **values))


_KM2 = 1e5
"""From this area on, square kilometres are read more easily than square metres [m2]."""

_TOWN_M2 = 1e6
"""No unit is smaller; a smaller hole is no missing unit [m2]."""


def _size(area_m2: float) -> tuple[str, str]:
    if area_m2 >= _KM2:
        en = f"{area_m2 / 1e6:,.2f}"
        return f"{_swapped(en)} km²", f"{en} km²"
    en = f"{area_m2:,.0f}" if area_m2 >= 1 else f"{round(area_m2, 2):g}"
    return f"{_swapped(en)} m²", f"{en} m²"


def _swapped(figure: str) -> str:
    """Write a figure with a decimal comma, as Vietnamese does."""
    return figure.translate(str.maketrans(",.", ".,"))


_MENDED = {
    RepairKind.INVALID_RING: Text(
        "{units}: đường biên tự cắt hoặc tự chạm tại {place}; đã sửa, diện tích đổi {area}",
        "{units}: a ring crosses or touches itself at {place}; mended, the area changes by {area}",
    ),
    RepairKind.DUPLICATE_VERTICES: Text(
        "{units}: {count} đỉnh lặp lại, một đỉnh ở {place}; đã bỏ",
        "{units}: {count} vertices stand twice, one at {place}; taken out",
    ),
    RepairKind.UNMATCHED_VERTICES: Text(
        "{units}: {count} đỉnh không khớp với đơn vị bên cạnh, một đỉnh ở {place}; đã khớp lại, "
        "tổng diện tích đổi chủ {area}",
        "{units}: {count} vertices do not match the neighbour's, one at {place}; matched, "
        "{area} changed hands",
    ),
    RepairKind.OVERLAP: Text(
        "{units} chồng lấn {area} (rộng khoảng {width} m) tại {place}; giao cho {to}, "
        "cắt khỏi {cut}",
        "{units} overlap by {area} (about {width} m wide) at {place}; given to {to}, cut from "
        "{cut}",
    ),
    RepairKind.GAP: Text(
        "khe hở {area} (rộng khoảng {width} m) giữa {units} tại {place}; giao cho {to}",
        "a gap of {area} (about {width} m wide) between {units} at {place}; given to {to}",
    ),
    RepairKind.SLIVER_PART: Text(
        "mảnh vụn {area} (rộng khoảng {width} m) tách rời khỏi {cut} tại {place}; giao cho {to}",
        "a sliver of {area} (about {width} m wide) apart from {cut} at {place}; given to {to}",
    ),
}
_FOUND = {
    RepairKind.OVERLAP: Text(
        "{units} chồng lấn {area} (rộng khoảng {width} m) tại {place}",
        "{units} overlap by {area} (about {width} m wide) at {place}",
    ),
    RepairKind.GAP: Text(
        "khe hở {area} (rộng khoảng {width} m) giữa {units} tại {place}",
        "a gap of {area} (about {width} m wide) between {units} at {place}",
    ),
}
_SMALL_GAP = Text(
    "không đơn vị nào phủ {area} (rộng khoảng {width} m) tại {place}, giữa {units}; quá rộng để "
    "coi là sai số, để nguyên",
    "no unit covers {area} (about {width} m wide) at {place}, between {units}; too wide to be "
    "noise, left as it is",
)
_LEFT = {
    RepairKind.NO_POLYGON: Text(
        "{units}: không có hình vùng (polygon); để nguyên, đơn vị này không tham gia sửa biên",
        "{units}: no polygon; left as it is, it takes no part in the repair",
    ),
    RepairKind.OVERLAP: Text(
        "{units} chồng lấn {area} tại {place}; quá lớn để coi là sai số, để nguyên: "
        "cần người xem phần này của đơn vị nào",
        "{units} overlap by {area} at {place}; too large to be noise, left as it is: somebody has "
        "to say whose it is",
    ),
    RepairKind.GAP: Text(
        "không đơn vị nào phủ {area} tại {place}, giữa {units}; để nguyên: có thể thiếu một đơn vị "
        "(chẳng hạn thị trấn) hoặc là mặt nước",
        "no unit covers {area} at {place}, between {units}; left as it is: a unit, such as the "
        "town, may be missing, or it is water",
    ),
    RepairKind.SLIVER_PART: Text(
        "mảnh hẹp {area} (rộng khoảng {width} m) của {units} tách rời tại {place}, không giáp đơn "
        "vị nào khác; để nguyên",
        "a narrow part of {area} (about {width} m wide) of {units} lies apart at {place} and "
        "borders on no other unit; left as it is",
    ),
}
