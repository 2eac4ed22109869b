"""What can be wrong with geometry under gis/geometry/, said so that it can be mended."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from ntm_geo.crs import FARTHEST_KM
from ntm_geo.errors import Problem, Text
from ntm_geo.model import Position

if TYPE_CHECKING:
    from ntm_geo.sources.geojson import Place


def unreadable(file: str, reason: str) -> Problem:
    """Say that a file holds no features that can be read."""
    return Problem(
        file=file,
        what=Text("không đọc được tệp", "the file cannot be read"),
        found=reason,
        allowed=Text("một FeatureCollection theo RFC 7946", "a FeatureCollection (RFC 7946)"),
        todo=Text("xuất lại tệp từ QGIS", "export the file from QGIS again"),
    )


def wrong_format(file: str) -> Problem:
    """Say that a file is of another format."""
    return Problem(
        file=file,
        what=Text("thư mục này chỉ chứa GeoJSON", "this folder holds GeoJSON only"),
        found=file.rsplit("/", 1)[-1],
        allowed=Text("*.geojson", "*.geojson"),
        todo=Text(
            "xuất lớp sang GeoJSON (EPSG:4326) từ QGIS, hoặc chuyển tệp đi chỗ khác",
            "export the layer as GeoJSON (EPSG:4326) from QGIS, or move the file elsewhere",
        ),
    )


def wrong_crs(file: str, found: str) -> Problem:
    """Say that a file is in another CRS."""
    return Problem(
        file=file,
        what=Text("tọa độ không phải kinh độ, vĩ độ WGS 84", "not longitude and latitude, WGS 84"),
        found=found,
        allowed=Text("EPSG:4326 (RFC 7946)", "EPSG:4326 (RFC 7946)"),
        todo=Text(
            "xuất lại từ QGIS với hệ tọa độ EPSG:4326", "export it from QGIS again in EPSG:4326"
        ),
    )


def drawn_twice(found: "Place", other: "Place") -> Problem:
    """Say that two features of one position speak of the same thing."""
    return Problem(
        file=found.file,
        column=f"{found.where}.{found.column}",
        what=Text(
            f"mã lặp lại, đã có ở {other.file} {other.where}",
            f"duplicate of {other.file} {other.where}",
        ),
        found=found.key,
        allowed=Text("mỗi mã một hình", "one geometry for each key"),
        todo=Text("bỏ một trong hai hình", "take one of the two out"),
    )


def unknown_key(column: str, key: str, allowed: Collection[str]) -> Problem:
    """Say that a feature is of nothing in the record."""
    examples = ", ".join(sorted(allowed)[:6]) + ", …"
    return Problem(
        column=column,
        what=Text("mã không có trong hồ sơ", "a key that the record does not have"),
        found=key,
        allowed=Text(f"unit_code hoặc asset_id: {examples}", f"unit_code or asset_id: {examples}"),
        todo=Text("sửa thuộc tính của hình", "mend the feature's property"),
    )


def unknown_day(found: str, days: Iterable[date]) -> Problem:
    """Say that no unit changes on the day from which a boundary is said to hold."""
    known = ", ".join(day.isoformat() for day in days) or "–"
    return Problem(
        column="valid_from",
        what=Text(
            "ngày này không có thay đổi đơn vị nào (gis/changes.csv)",
            "no unit changes on this day (gis/changes.csv)",
        ),
        found=found,
        allowed=Text(f"để trống (đơn vị của kế hoạch), hoặc {known}", f"empty (plan), or {known}"),
        todo=Text("sửa thuộc tính valid_from", "mend the property valid_from"),
    )


def unknown_position(value: object) -> Problem:
    """Say that a feature does not tell how its place is known."""
    words = ", ".join(Position)
    return Problem(
        column="position",
        what=Text("không rõ vị trí được biết bằng cách nào", "how the place is known is not said"),
        found=str(value if value is not None else ""),
        allowed=Text(words, words),
        todo=Text("ghi thuộc tính position", "fill in the property position"),
    )


def bad_shape(what: Text, found: str, kinds: Collection[str]) -> Problem:
    """Say that a geometry is broken or of the wrong kind."""
    return Problem(
        column="geometry",
        what=what,
        found=found,
        allowed=Text(", ".join(kinds), ", ".join(kinds)),
        todo=Text("sửa hình trong QGIS rồi xuất lại", "mend it in QGIS and export it again"),
    )


def too_far(far_km: float, bounds: tuple[float, ...]) -> Problem:
    """Say that a geometry lies far from the district."""
    return Problem(
        column="geometry",
        what=Text(
            f"hình nằm cách huyện lỵ {far_km:.0f} km (đổi chỗ kinh độ và vĩ độ?)",
            f"the geometry lies {far_km:.0f} km from the district's seat (axes swapped?)",
        ),
        found=", ".join(f"{value:.4f}" for value in bounds),
        allowed=Text(
            f"kinh độ, vĩ độ trong vòng {FARTHEST_KM:.0f} km quanh huyện lỵ",
            f"longitude, latitude within {FARTHEST_KM:.0f} km of the district's seat",
        ),
        todo=Text(
            "kiểm tra hệ tọa độ, xuất lại với EPSG:4326", "check the CRS, export it in EPSG:4326"
        ),
    )
