"""Monthly reports."""

from collections.abc import Iterator
from datetime import date

from ntm_geo.errors import Problem, Text
from ntm_geo.schemas import Record

_MOST_EXAMPLES = 6
_REPORT_YEARS = 2
"""Reports may come until the end of the year after the plan year."""


def check_reports(record: Record) -> Iterator[Problem]:
    """Hold each report against the unit that its file is named after."""
    district = record.project.district.code
    known = record.units.keys | {district}
    unit_of = {work.work_id: work.unit_code for work in record.works}
    years = range(record.project.plan_year, record.project.plan_year + _REPORT_YEARS)
    told: dict[tuple[str, date, int], str] = {}
    for report in record.reports:
        if report.month.year not in years:
            yield Problem(
                file=report.sheet.file,
                what=Text("tháng báo cáo ngoài thời gian của kế hoạch", "a month out of the plan"),
                found=f"{report.month:%Y-%m}",
                allowed=Text(f"{years[0]}–{years[-1]}", f"{years[0]} to {years[-1]}"),
                todo=Text("đổi tên thư mục tháng", "rename the month's folder"),
            )
        if report.unit_code not in known:
            shown = ", ".join(sorted(known)[:_MOST_EXAMPLES]) + ", …"
            yield Problem(
                file=report.sheet.file,
                what=Text(
                    "tên tệp báo cáo nêu mã đơn vị không có trong gis/units.csv",
                    "the report's name holds a unit code that gis/units.csv does not have",
                ),
                found=report.unit_code,
                allowed=Text(shown, shown),
                todo=Text("đổi tên tệp theo mã đơn vị", "rename the file after the unit's code"),
            )
            continue
        for row, problem in report.sheet.located():
            other = told.setdefault(
                (row.work_id, report.month, report.correction), report.sheet.file
            )
            if other != report.sheet.file:
                yield problem(
                    "work_id",
                    Text(f"việc này đã báo cáo ở {other}", f"reported in {other} already"),
                    found=row.work_id,
                    allowed=Text("mỗi tháng một báo cáo cho một việc", "one report a month"),
                    todo=Text(
                        "bỏ một dòng, hoặc ghi thành tệp đính chính",
                        "take one row out, or make it a correction",
                    ),
                )
            owner = unit_of.get(row.work_id, report.unit_code)
            if report.unit_code not in (owner, district):
                yield problem(
                    "work_id",
                    Text(
                        f"việc của đơn vị {owner} trong báo cáo của đơn vị {report.unit_code}",
                        f"a work of unit {owner} in the report of unit {report.unit_code}",
                    ),
                    found=row.work_id,
                    allowed=Text("việc của chính đơn vị báo cáo", "works of the unit that reports"),
                    todo=Text(
                        f"chuyển dòng sang báo cáo của {owner}",
                        f"move the row to the report of {owner}",
                    ),
                )
