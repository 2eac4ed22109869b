"""Photographs of works: places that can be, and distances where they are what links."""

from collections.abc import Iterator

from ntm_geo.crs import FARTHEST_KM, distance_km
from ntm_geo.errors import Problem, Text
from ntm_geo.model import PhotoLink
from ntm_geo.schemas import Record


def check_photos(record: Record) -> Iterator[Problem]:
    """Find photographs from elsewhere, and links by a place that nobody has measured."""
    seat = (record.project.district.seat_lon, record.project.district.seat_lat)
    for row, problem in record.photos.located():
        if distance_km((row.lon, row.lat), seat) > FARTHEST_KM:
            yield problem(
                "lon",
                Text("ảnh chụp quá xa huyện", "it was taken too far from the district"),
                found=f"{row.lon:g}, {row.lat:g}",
                allowed=Text(
                    f"trong vòng {FARTHEST_KM:.0f} km quanh huyện lỵ",
                    f"within {FARTHEST_KM:.0f} km of the district's seat",
                ),
                todo=Text("kiểm tra kinh độ, vĩ độ", "check longitude and latitude"),
            )
        if row.linked_by == PhotoLink.PLACE and row.distance_m is None:
            yield problem(
                "distance_m",
                Text(
                    "ảnh gắn theo vị trí phải có khoảng cách",
                    "a photograph that is linked by its place has a distance",
                ),
                found="",
                allowed=Text("số mét tới vị trí đã đo của việc", "metres to the work's place"),
                todo=Text(
                    "ghi khoảng cách, hoặc sửa linked_by thành person",
                    "give the distance, or make linked_by person",
                ),
            )
