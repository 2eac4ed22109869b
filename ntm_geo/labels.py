"""The words of the closed lists as people read them, in Vietnamese and English."""

import re
from datetime import date
from enum import StrEnum

from ntm_geo.errors import Lang, Text
from ntm_geo.model import (
    AssetClass,
    CriterionStatus,
    Layer,
    PhotoLink,
    Position,
    State,
    Status,
    UnitKind,
    WorkKind,
    WorkMeasure,
)

_WORDS: tuple[tuple[StrEnum, Text], ...] = (
    (UnitKind.COMMUNE, Text("xã", "commune")),
    (UnitKind.WARD, Text("phường", "ward")),
    (UnitKind.TOWN, Text("thị trấn", "town")),
    (PhotoLink.NAME, Text("theo tên tệp", "by the file's name")),
    (PhotoLink.PLACE, Text("theo vị trí", "by the place")),
    (PhotoLink.PERSON, Text("do người dùng chỉ ra", "as somebody said")),
    (State.MAINTAIN, Text("duy trì", "maintain")),
    (State.ACHIEVE, Text("phấn đấu đạt", "achieve")),
    (Status.NOT_STARTED, Text("chưa bắt đầu", "not started")),
    (Status.PREPARATION, Text("chuẩn bị", "preparation")),
    (Status.IN_PROGRESS, Text("đang thực hiện", "in progress")),
    (Status.COMPLETED, Text("hoàn thành", "completed")),
    (Status.CANCELLED, Text("hủy bỏ", "cancelled")),
    (Position.SURVEYED, Text("đo đạc", "surveyed")),
    (Position.DIGITISED, Text("số hóa từ bản đồ", "digitised")),
    (Position.SKETCH, Text("sơ họa, không phải đo đạc", "sketch, not a survey")),
    (CriterionStatus.MAINTAINED, Text("duy trì đạt", "maintained")),
    (
        CriterionStatus.ACHIEVED,
        Text("phấn đấu đạt, công việc phục vụ đã xong", "target, its works are completed"),
    ),
    (
        CriterionStatus.IN_HAND,
        Text("phấn đấu đạt, đã có công việc phục vụ", "target with works that feed it"),
    ),
    (
        CriterionStatus.UNFED,
        Text("phấn đấu đạt, chưa có công việc phục vụ", "target without any work that feeds it"),
    ),
    (
        CriterionStatus.UNTARGETED,
        Text("không duy trì, không phấn đấu", "neither kept nor targeted"),
    ),
    (
        CriterionStatus.MIXED,
        Text("khác nhau giữa các đơn vị cũ", "differs between the former units"),
    ),
    (Layer.ROADS, Text("Đường giao thông", "Roads")),
    (Layer.IRRIGATION, Text("Thủy lợi", "Irrigation works")),
    (Layer.SCHOOLS, Text("Trường học", "Schools")),
    (Layer.HEALTH_STATIONS, Text("Trạm y tế", "Health stations")),
    (Layer.VILLAGES, Text("Thôn, làng", "Villages")),
    (Layer.CULTURE, Text("Văn hóa, thể thao", "Culture and sports")),
    (Layer.MARKETS, Text("Chợ", "Markets")),
    (Layer.COMMUNICATIONS, Text("Thông tin và truyền thông", "Communications")),
    (Layer.ELECTRICITY, Text("Điện", "Electricity")),
    (Layer.WATER_SUPPLY, Text("Cấp nước sinh hoạt", "Water supply")),
    (Layer.HOUSING, Text("Nhà ở dân cư", "Housing")),
    (Layer.ENVIRONMENT, Text("Môi trường", "Environment")),
    (Layer.PLANNING, Text("Quy hoạch", "Planning documents")),
    (AssetClass.VILLAGE_ROAD, Text("đường nội thôn, làng", "village road")),
    (AssetClass.FIELD_ROAD, Text("đường trục chính nội đồng", "main field road")),
    (AssetClass.COMMUNE_ROAD, Text("đường trục xã, thôn, làng", "commune and village axis roads")),
    (AssetClass.DISTRICT_ROAD, Text("đường trục huyện", "district axis road")),
    (AssetClass.IRRIGATION_WORK, Text("công trình thủy lợi", "irrigation work")),
    (AssetClass.CANAL, Text("kênh dẫn", "canal")),
    (AssetClass.SCHOOL, Text("trường học", "school")),
    (AssetClass.HEALTH_STATION, Text("trạm y tế", "health station")),
    (AssetClass.VILLAGE, Text("thôn, làng", "village")),
    (AssetClass.TOURISM_VILLAGE, Text("làng du lịch", "tourism village")),
    (AssetClass.STADIUM, Text("sân vận động", "sports ground")),
    (AssetClass.CULTURE_CENTRE, Text("trung tâm văn hóa", "culture centre")),
    (AssetClass.CULTURE_HOUSE, Text("nhà văn hóa thôn, làng", "village culture house")),
    (AssetClass.PUBLIC_PLACE, Text("địa điểm sinh hoạt công cộng", "public place")),
    (AssetClass.HERITAGE, Text("di sản văn hóa", "heritage site")),
    (AssetClass.SPORTS_HALL, Text("nhà thi đấu", "sports hall")),
    (AssetClass.SWIMMING_POOL, Text("bể bơi", "swimming pool")),
    (AssetClass.MARKET, Text("chợ", "market")),
    (AssetClass.POST_POINT, Text("điểm bưu điện xã", "post point")),
    (AssetClass.LOUDSPEAKERS, Text("đài truyền thanh, cụm loa", "loudspeaker station")),
    (AssetClass.GRID, Text("hệ thống điện", "electricity grid")),
    (AssetClass.WATER_WORK, Text("công trình cấp nước", "water work")),
    (AssetClass.TEMPORARY_HOUSE, Text("nhà tạm", "temporary houses")),
    (AssetClass.COLLECTION_POINT, Text("điểm thu gom", "collection point")),
    (AssetClass.REGION_PLAN, Text("quy hoạch vùng huyện", "district regional plan")),
    (AssetClass.COMMUNE_PLAN, Text("quy hoạch chung xã", "commune general plan")),
    (AssetClass.OTHER, Text("khác", "other")),
    (WorkKind.HARDEN, Text("cứng hóa", "harden")),
    (WorkKind.UPKEEP, Text("duy tu, sửa chữa", "upkeep")),
    (WorkKind.LIGHTING, Text("điện chiếu sáng", "lighting")),
    (WorkKind.REVIEW, Text("rà soát, đánh giá", "review")),
    (WorkKind.UPGRADE, Text("nâng cấp", "upgrade")),
    (WorkKind.MAINTAIN, Text("bảo trì, bảo dưỡng", "maintain")),
    (WorkKind.LINE_CANALS, Text("kiên cố hóa kênh", "line canals")),
    (WorkKind.BUILD, Text("xây dựng mới", "build")),
    (WorkKind.EXPAND, Text("xây mới mở rộng", "expand")),
    (WorkKind.RENOVATE, Text("cải tạo", "renovate")),
    (WorkKind.REFURBISH, Text("chỉnh trang", "refurbish")),
    (WorkKind.REPAIR, Text("sửa chữa", "repair")),
    (WorkKind.REPLACE, Text("thay thế, xóa bỏ", "replace")),
    (WorkKind.EQUIP, Text("mua sắm, lắp đặt", "equip")),
    (WorkKind.RECOGNISE, Text("lập hồ sơ công nhận", "apply for recognition")),
    (WorkKind.PLAN, Text("lập quy hoạch, kế hoạch", "plan")),
    (WorkKind.MODEL, Text("xây dựng mô hình", "set up a model")),
    (WorkMeasure.KM, Text("km", "km")),
    (WorkMeasure.WORKS, Text("công trình", "works")),
    (WorkMeasure.SCHOOLS, Text("trường", "schools")),
    (WorkMeasure.STATIONS, Text("trạm", "stations")),
    (WorkMeasure.HOUSES, Text("nhà", "houses")),
    (WorkMeasure.DOCUMENTS, Text("đồ án, hồ sơ", "documents")),
    (WorkMeasure.MODELS, Text("mô hình", "models")),
)
# Words of different lists may be spelled alike, so the list is part of the key.
LABELS = {(type(word), word): text for word, text in _WORDS}

CLAUSE_WORDS = {
    "title": Text("tiêu đề", "title"),
    "preamble": Text("căn cứ", "preamble"),
    "table": Text("bảng", "table"),
    "row": Text("dòng", "row"),
    "intro": Text("lời dẫn", "intro"),
    "total": Text("tổng cộng", "total"),
    "fn": Text("chú thích", "footnote"),
}
"""The record's words for places within the plan, as people read them."""

_CLAUSE_WORD = re.compile(rf"\b({'|'.join(CLAUSE_WORDS)})\b")


def format_clause(clause: str, lang: Lang) -> str:
    """Write a place of the plan as the language does.

    Examples
    --------
    >>> format_clause("III.5.2 Giao thông fn 2", "vi")
    'III.5.2 Giao thông chú thích 2'
    """
    return _CLAUSE_WORD.sub(lambda found: CLAUSE_WORDS[found[0]].say(lang), clause)


MEASURES = {
    "percent": Text("%", "%"),
    "households": Text("hộ", "households"),
    "households_supported": Text("hộ được hỗ trợ", "households supported"),
    "temporary_houses": Text("nhà tạm", "temporary houses"),
    "teams": Text("tổ", "teams"),
    "products": Text("sản phẩm", "products"),
    "complaints": Text("vụ", "complaints"),
    "mvnd_per_head_year": Text("triệu đồng/người/năm", "million VND a head and year"),
    "classes": Text("lớp", "classes"),
    "learners": Text("học viên", "learners"),
}
"""What measures without a place count; the record may name others, which are shown as they are."""

ROLES = {
    "answers": Text("chịu trách nhiệm", "answers"),
    "guides": Text("hướng dẫn", "guides"),
    "carries_out": Text("thực hiện", "carries out"),
}
"""What an office has to do with what it is assigned, the heaviest part first."""

OVERDUE = Text("quá hạn", "overdue")
NOT_REPORTED = Text("chưa có báo cáo", "not reported")


def label(word: StrEnum, lang: Lang) -> str:
    """Return the word of a closed list as people read it."""
    return LABELS[type(word), word].say(lang)


def format_number(value: float, lang: Lang) -> str:
    """Write a figure as the language does: 4,7 in Vietnamese, 4.7 in English.

    Examples
    --------
    >>> format_number(152863.3, "vi")
    '152.863,3'
    """
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


_LISTS_OF_COLUMN: dict[str, tuple[type[StrEnum], ...]] = {
    "status": (Status, CriterionStatus),
    "state": (State,),
    "class": (AssetClass,),
    "layer": (Layer,),
    "position": (Position,),
    "distance_position": (Position,),
    "kind": (WorkKind, UnitKind),
    "measure": (WorkMeasure,),
    "linked_by": (PhotoLink,),
}


def words_of(column: str, lang: Lang) -> dict[str, str]:
    """Return the words of the closed lists that a column takes, as people read them."""
    lists = _LISTS_OF_COLUMN.get(column, ())
    return {str(word): text.say(lang) for (kind, word), text in LABELS.items() if kind in lists}


def word_of(column: str, value: str, lang: Lang) -> str:
    """Return a cell as people read it; what is of no closed list stays as it is.

    Examples
    --------
    >>> word_of("status", "not_started", "vi")
    'chưa bắt đầu'
    """
    return words_of(column, lang).get(value, value)


def format_day(day: date, lang: Lang) -> str:
    """Write a day as the language does.

    Examples
    --------
    >>> format_day(date(2023, 9, 30), "vi"), format_day(date(2023, 9, 30), "en")
    ('30/09/2023', '30 September 2023')
    """
    if lang == "vi":
        return f"{day:%d/%m/%Y}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
