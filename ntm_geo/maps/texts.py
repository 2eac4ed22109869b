"""The page's own sentences, in Vietnamese and English."""

from ntm_geo.changes import AS_PLANNED
from ntm_geo.errors import Text
from ntm_geo.labels import NOT_REPORTED, OVERDUE

TEXTS = {
    "noscript": Text(
        "Trang này cần JavaScript; hãy mở bằng một trình duyệt thông thường.",
        "This page needs JavaScript; open it in an ordinary browser.",
    ),
    "skip": Text("Tới phần tra cứu", "Skip to filter and lists"),
    "map": Text("Bản đồ", "Map"),
    "panel": Text("Tra cứu", "Look up"),
    # title band
    "sketch_all": Text(
        "SƠ HỌA – ranh giới và vị trí trên bản đồ này dựng từ bảng số liệu, không phải đo đạc",
        "SKETCH – boundaries and places on this map are made from tables, they are no survey",
    ),
    "sketch_some": Text(
        "MỘT PHẦN LÀ SƠ HỌA – hình để trắng, ranh giới nét đứt dựng từ bảng, không phải đo đạc",
        "PARTLY A SKETCH – hollow shapes and dashed borders are made from tables, no survey",
    ),
    "sketch_borders": Text(
        "MỘT PHẦN LÀ SƠ HỌA – ranh giới nét đứt dựng từ bảng, không phải đo đạc",
        "PARTLY A SKETCH – dashed borders are made from tables, no survey",
    ),
    "sketch_places": Text(
        "MỘT PHẦN LÀ SƠ HỌA – hình để trắng dựng từ bảng, không phải đo đạc",
        "PARTLY A SKETCH – hollow shapes are made from tables, no survey",
    ),
    "data_until": Text("Số liệu đến {day}", "Figures up to {day}"),
    "as_of": Text("quá hạn tính đến {day}", "overdue as of {day}"),
    "reported_units": Text(
        "{count}/{total} đơn vị đã báo cáo", "{count} of {total} units reported"
    ),
    "places_known": Text(
        "vị trí công việc: {measured} đo đạc hoặc số hóa, {sketch} sơ họa, {none} không rõ ở đâu",
        "places of works: {measured} surveyed or digitised, {sketch} sketched, {none} unknown",
    ),
    "source": Text("Nguồn:", "Source:"),
    "borders": Text("Ranh giới:", "Borders:"),
    "parts_of": Text("{figure}: các phần và mục kế hoạch", "{figure}: parts and clauses"),
    # tabs
    "tab_filter": Text("Lọc", "Filter"),
    "tab_list": Text("Danh sách", "List"),
    "tab_detail": Text("Chi tiết", "Details"),
    "tab_ask": Text("Hỏi bản đồ", "Ask the map"),
    "tab_findings": Text("Phát hiện", "Findings"),
    # filter and legend
    "search": Text("Tìm (không cần dấu)", "Search (diacritics not needed)"),
    "unit": Text("Đơn vị", "Unit"),
    "kind": Text("Loại việc", "Kind of work"),
    "criterion": Text("Tiêu chí", "Criterion"),
    "office": Text("Cơ quan phụ trách", "Office in charge"),
    "any": Text("tất cả", "any"),
    "only": Text("chỉ", "only"),
    "nothing": Text("không có gì", "nothing"),
    "as_opened": Text("Về như lúc mở", "As opened"),
    "everything": Text("Hiện tất cả", "Show everything"),
    "count_shown": Text(
        "Đang hiện {works}/{of} công việc và {idle} đối tượng năm nay không có việc",
        "Showing {works} of {of} works, and {idle} assets without work this year",
    ),
    "nothing_fits": Text(
        "Không có gì khớp với bộ lọc. Bỏ bớt điều kiện, hoặc bấm «Hiện tất cả».",
        "Nothing fits the filter. Widen it, or choose “Show everything”.",
    ),
    "legend": Text("Chú giải", "Legend"),
    "status": Text("Tình trạng", "Status"),
    "layers": Text("Lớp", "Layers"),
    "only_overdue": Text("chỉ công việc quá hạn", "overdue works only"),
    "overdue": OVERDUE,
    "no_works": Text("năm nay không có công việc", "no work this year"),
    "criteria_met": Text("Số tiêu chí đạt", "Criteria met"),
    "criteria_achieved": Text(
        "Công việc đã xong, chờ thẩm định", "Works completed, not appraised yet"
    ),
    "not_in_programme": Text("không xét tiêu chí", "no criteria"),
    "road_classes": Text("Loại đường", "Road classes"),
    "places": Text("Cách xác định vị trí", "How the place is known"),
    "hollow": Text("bên trong để trắng: sơ họa", "white inside: sketch"),
    "solid": Text("tô kín: đo đạc hoặc số hóa", "filled: surveyed or digitised"),
    "dashed": Text("ranh giới nét đứt: sơ họa", "dashed border: sketch"),
    "undashed": Text(
        "ranh giới nét liền: đo đạc hoặc số hóa", "solid border: surveyed or digitised"
    ),
    "several": Text(
        "có số: nhiều đối tượng ở gần nhau; để trắng nếu có sơ họa",
        "with a number: several things close together; white inside if any is a sketch",
    ),
    "hatched": Text("gạch chéo: chưa báo cáo tháng {month}", "hatched: no report for {month}"),
    # list and details
    "sketch_short": Text("sơ họa", "sketch"),
    "without_place": Text("không có vị trí", "no known place"),
    "group": Text("{count} đối tượng ở {unit}", "{count} things in {unit}"),
    "group_sketch": Text("{count} có vị trí sơ họa", "{count} of them sketched"),
    "nothing_chosen": Text(
        "Bấm vào một đơn vị hoặc một ký hiệu trên bản đồ, hoặc một dòng của danh sách.",
        "Click a unit or a symbol on the map, or a row of the list.",
    ),
    "sketch_border": Text(
        "Ranh giới là sơ họa, không phải đo đạc.", "The border is a sketch, it is no survey."
    ),
    "sketch_place": Text(
        "Vị trí là sơ họa trong xã, không phải đo đạc.",
        "The place is a sketch within the unit, it is no survey.",
    ),
    "only_context": Text(
        "Trang này chỉ có số liệu của một đơn vị khác.", "This page is about another unit."
    ),
    "whole_district": Text(
        "Của toàn huyện; kế hoạch không cho biết nằm ở đâu.",
        "Of the whole district; the plan does not say where it lies.",
    ),
    "met": Text("đạt", "met"),
    "works": Text("Công việc", "Works"),
    "works_and_assets": Text("Công việc và đối tượng", "Works and assets"),
    "measures": Text("Chỉ tiêu, nhiệm vụ", "Measures"),
    "villages_programme": Text("Làng nông thôn mới", "New rural villages"),
    "unfinished": Text("chưa xong", "unfinished"),
    "not_reported": NOT_REPORTED,
    "area": Text("Diện tích", "Area"),
    "population": Text("Dân số", "Population"),
    "source_figures": Text("Nguồn số liệu", "Source of figures"),
    "source_border": Text("Nguồn ranh giới", "Source of border"),
    "source_place": Text("Nguồn vị trí", "Source of place"),
    "answers": Text("Cơ quan chịu trách nhiệm", "Who answers"),
    "nobody": Text("kế hoạch không giao cho cơ quan nào", "the plan names nobody"),
    "no_clause": Text("kế hoạch không nêu", "not in the plan"),
    "nothing_feeds": Text(
        "Không có công việc hay chỉ tiêu nào phục vụ tiêu chí này.",
        "No work or measure feeds this criterion.",
    ),
    "clause": Text("Mục kế hoạch", "Clause of the plan"),
    "reported": Text("Báo cáo tháng", "Reported in"),
    "quantity": Text("Khối lượng", "Quantity"),
    "done": Text("Đã làm", "Done"),
    "report_note": Text("Báo cáo ghi", "The report says"),
    "photos": Text("Ảnh hiện trường", "Photographs of the site"),
    "last_photo": Text("mới nhất {day}", "the last of {day}"),
    "due": Text("Thời hạn", "Due"),
    "year_end": Text("hết năm kế hoạch", "end of the plan year"),
    "office_clause": Text("Giao việc ở mục", "Put in charge by"),
    "funding": Text("Nguồn vốn", "Funding"),
    "funding_unnamed": Text("kế hoạch không nêu cho việc này", "the plan names none for this work"),
    "target": Text("Mục tiêu năm", "Target of the year"),
    "count_of": Text("Số lượng", "How many"),
    "note": Text("Ghi chú", "Note"),
    "length_on_map": Text("Chiều dài trên bản đồ", "Length on the map"),
    "from_plan": Text("theo kế hoạch", "taken from the plan"),
    "show_on_map": Text("Xem trên bản đồ", "Show on the map"),
    "ask_around": Text("Quanh đây có gì", "What is around"),
    # ask the map
    "ask_title": Text("Hỏi bản đồ", "Ask the map"),
    "ask_how": Text(
        "Bấm vào một chỗ hoặc một ký hiệu trên bản đồ: trang cho biết việc chưa xong, trường học, "
        "trạm y tế và thôn làng trong khoảng cách đã chọn.",
        "Click a place or a symbol on the map: the page tells what is unfinished, and which "
        "schools, health stations and villages lie within the distance.",
    ),
    "distance": Text("Khoảng cách", "Distance"),
    "ask_centre": Text("Hỏi tại tâm bản đồ", "Ask at the map's centre"),
    "ask_clear": Text("Bỏ câu hỏi", "Clear the question"),
    "around": Text("Quanh", "Around"),
    "around_place": Text("Quanh điểm kinh độ, vĩ độ", "Around longitude, latitude"),
    "within": Text("trong {distance}", "within {distance}"),
    "unfinished_works": Text("Công việc chưa xong", "Unfinished works"),
    "none_within": Text("không có trong khoảng cách này", "none within this distance"),
    "sketch_distance": Text(
        "Có vị trí là sơ họa: khoảng cách chỉ để minh họa, không phải số đo.",
        "Some places are sketches: such distances illustrate, they are no facts.",
    ),
    "unplaced_left_out": Text(
        "{count} đối tượng chung toàn huyện không có vị trí nên không được tính.",
        "{count} things of the whole district have no place and are left out.",
    ),
    # findings
    "findings_title": Text("Kế hoạch tự mâu thuẫn ở đâu", "Where the plan disagrees"),
    "findings_how": Text(
        "{rules} quy tắc đối chiếu lời văn, bảng và phân công của kế hoạch; mỗi mục nêu cả hai "
        "bên, chương trình không chọn thay.",
        "{rules} rules hold text, tables and assignments of the plan against each other; each "
        "entry shows both sides, none is picked.",
    ),
    "findings_none": Text("Các quy tắc không phát hiện gì.", "The rules found nothing."),
    "finding_id": Text("Mã", "Id"),
    "finding_accepted": Text("đã chấp nhận", "accepted"),
    "accepted_on": Text("Chấp nhận ngày", "Accepted on"),
    "accepted_by": Text("Người chấp nhận", "Accepted by"),
    "accepted_reason": Text("Lý do", "Reason"),
    "findings_open": Text("Chưa chấp nhận: {counts}", "Open: {counts}"),
    "findings_accepted": Text("Đã chấp nhận: {count}", "Accepted: {count}"),
    "stale_title": Text(
        "Chấp nhận trước khi số liệu thay đổi", "Accepted before the figures changed"
    ),
    "stale_now": Text("Phát hiện hiện nay", "What is found now"),
    "stale_gone": Text("không còn phát hiện nào", "nothing any more"),
    # time
    "time": Text("Báo cáo theo tháng:", "Monthly reports:"),
    "no_months": Text(
        "chưa có tháng nào được báo cáo; mọi công việc còn như kế hoạch",
        "no month has been reported; all works stand as planned",
    ),
    # take away
    "takeaway": Text("Lấy về:", "Take away:"),
    "take_print": Text("In A3", "Print A3"),
    "shown_on_map": Text("Đang hiện", "What is shown"),
    "no_filter": Text("không lọc", "no filter"),
    "zoom_in": Text("Phóng to", "Zoom in"),
    "zoom_out": Text("Thu nhỏ", "Zoom out"),
    "csv_work": Text("Mã việc", "Work"),
    "csv_asset": Text("Mã đối tượng", "Asset"),
    "csv_name": Text("Tên", "Name"),
    "csv_unit": Text("Đơn vị", "Unit"),
    "csv_layers": Text("Lớp", "Layer"),
    "csv_kind": Text("Loại việc", "Kind"),
    "csv_status": Text("Tình trạng", "Status"),
    "csv_quantity": Text("Khối lượng", "Quantity"),
    "csv_measure": Text("Đơn vị tính", "Measure"),
    "csv_done": Text("Đã làm", "Done"),
    "csv_due": Text("Thời hạn", "Due"),
    "csv_criterion": Text("Tiêu chí", "Criterion"),
    "csv_office": Text("Cơ quan phụ trách", "Office in charge"),
    "csv_funding": Text("Nguồn vốn", "Funding"),
    "csv_places": Text("Vị trí", "Position"),
    "csv_clause": Text("Mục kế hoạch", "Clause"),
    "csv_note": Text("Ghi chú", "Note"),
}
"""Sentences by name; fields in braces are filled in by the page."""

LATER_TEXTS = {
    "criteria_met": Text(
        "Tiêu chí đạt ở mọi đơn vị cũ có xét", "Criteria met in every former unit that has them"
    ),
    "met": Text("đạt ở mọi đơn vị cũ có xét", "met in every former unit that has them"),
    "reported_units": Text(
        "{count}/{total} đơn vị đã báo cáo đủ", "{count} of {total} units reported in full"
    ),
    "hatched": Text(
        "gạch chéo: chưa báo cáo đủ tháng {month}", "hatched: no full report for {month}"
    ),
    "as_planned": AS_PLANNED,
    "area_before": Text("Diện tích trước khi chia", "Area before it was divided"),
    "population_before": Text("Dân số trước khi chia", "Population before it was divided"),
    "former_units": Text("Từng đơn vị của kế hoạch", "Each unit of the plan"),
    "unheld": Text("không xét", "not held against it"),
    "unit_of_plan": Text("Đơn vị của kế hoạch", "Unit of the plan"),
    "found_in": Text("Đơn vị của kế hoạch: {units}", "Units of the plan: {units}"),
    "csv_plan_unit": Text("Đơn vị của kế hoạch", "Unit of the plan"),
    "csv_units_day": Text("Đơn vị theo ngày", "Units as of"),
}
"""Sentences of a page by the units of a later day; of one name, they take the place of those above.
"""
