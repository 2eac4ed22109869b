"""What the sheets of the audit's workbook hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ntm_geo.audit import (
    COVERS,
    RULES,
    SEVERITIES,
    Cover,
    Finding,
    Matrix,
    Review,
    Severity,
)
from ntm_geo.audit.words import capital, places
from ntm_geo.changes import Formation, heading_of, names_now
from ntm_geo.errors import Lang, Text
from ntm_geo.files import replacing
from ntm_geo.labels import format_clause, format_day, label
from ntm_geo.model import Acceptance, Photo
from ntm_geo.schemas import Record
from ntm_geo.workbook.sheet import Sheet, Value, book_of

_SEVERITY_FILLS = {
    Severity.CONTRADICTION: "FFF4C7C3",
    Severity.GAP: "FFFCE5B6",
    Severity.NOTE: "FFE3E9ED",
}
_COVER_FILLS = {
    Cover.NOBODY: "FFF4C7C3",
    Cover.CONFLICT: "FFF7C08A",
    Cover.UNTARGETED: "FFF7C08A",
    Cover.JOINT: "FFFFF2B3",
    Cover.UNCLEAR: "FFFFF2B3",
}
_OPEN = Text("chưa chấp nhận", "open")
_ACCEPTED = Text("đã chấp nhận", "accepted")
_STALE = Text("chấp nhận trước khi số liệu thay đổi", "accepted before the figures changed")


def write_workbook(  # noqa: PLR0913 (a workbook is chosen by these)
    path: Path,
    *,
    record: Record,
    review: Review,
    matrix: Matrix,
    as_of: date,
    lang: Lang,
    formation: Formation | None = None,
) -> Path:
    """Write the audit as a workbook, in place of the old one as a whole.

    Written twice from one record it is the same file, byte for byte.

    Parameters
    ----------
    path
        The file to write.
    record
        The record that was audited.
    review
        The findings to list, and the stale acceptances.
    matrix
        The responsibility matrix.
    as_of
        The day of the figures, which the file is dated with.
    lang
        Its language.
    formation
        The units of a later day, where each unit is told with what it is in then.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    names = record.unit_names()
    if formation is not None:
        names = names_now(formation, names, lang)
    sheets = (
        _summary(record, review, matrix, as_of, lang, formation),
        _findings(record, review, names, lang),
        _acceptances(review, lang),
        _matrix(matrix, names, lang),
        _rules(review, lang),
        *([_photos(record, names, lang)] if len(record.photos) else []),
    )
    content = book_of(sheets, title=_title(record).say(lang), day=as_of, lang=lang)
    with replacing(path) as draft:
        draft.write_bytes(content)
    return path


def _title(record: Record) -> Text:
    return Text(record.project.title_vi, record.project.title_en)


def _summary(  # noqa: PLR0913, PLR0917 (what the workbook is of)
    record: Record,
    review: Review,
    matrix: Matrix,
    as_of: date,
    lang: Lang,
    formation: Formation | None,
) -> Sheet:
    """Say which plan it is and how much was found, so that no sheet is taken for another plan's."""
    shown = len(review.findings)
    listed = Text("tất cả", "all") if shown == review.of else Text("đã lọc bớt", "filtered")
    rows: list[tuple[Text, Value]] = [
        (Text("Kế hoạch", "Plan"), _title(record).say(lang)),
        (Text("Văn bản", "Document"), record.project.plan_document),
        (Text("Số liệu đến", "Figures up to"), format_day(as_of, lang)),
        *(
            [(Text("Đơn vị", "Units"), heading_of(formation).say(lang))]
            if formation is not None
            else []
        ),
        (Text("Quy tắc đối chiếu", "Rules"), len(RULES)),
        (Text("Phát hiện", "Findings"), review.of),
        (Text("Liệt kê ở đây", "Listed here"), f"{shown} ({listed.say(lang)})"),
        *((capital(text), _count(review, one)) for one, text in SEVERITIES.items()),
        (capital(_ACCEPTED), shown - len(review.open)),
        (capital(_STALE), len(review.stale)),
        *(
            (
                Text(f"Chỉ tiêu: {text.vi}", f"Targets: {text.en}"),
                sum(row.cover == cover for row in matrix.rows),
            )
            for cover, text in COVERS.items()
        ),
    ]
    return Sheet(
        Text("Tóm tắt", "Summary"),
        [(Text("Mục", "Item"), 42), (Text("Nội dung", "Content"), 80)],
        [[name.say(lang), value] for name, value in rows],
    )


def _count(review: Review, severity: Severity) -> int:
    return sum(one.finding.severity == severity for one in review.findings)


_TITLES = {rule.rule_id: rule.title for rule in RULES}


def _findings(record: Record, review: Review, names: Mapping[str, str], lang: Lang) -> Sheet:
    works = {work.work_id: work.name for work in record.works}
    sheet = Sheet(
        Text("Phát hiện", "Findings"),
        [
            (Text("Mức độ", "Severity"), 15), (Text("Trạng thái", "State"), 14),
            (Text("Phát hiện", "Finding"), 34), (Text("Mục kế hoạch", "Clauses"), 26),
            (Text("Một bên", "One side"), 46), (Text("Bên kia", "Other side"), 46),
            (Text("Chênh lệch", "Difference"), 12), (Text("Gợi ý", "Hint"), 40),
            (Text("Đơn vị", "Units"), 24), (Text("Tiêu chí", "Criterion"), 14),
            (Text("Công việc", "Works"), 90), (Text("Quy tắc", "Rule"), 28),
            (Text("Lý do chấp nhận", "Reason of acceptance"), 30),
            (Text("Người chấp nhận", "Accepted by"), 20),
            (Text("Ngày chấp nhận", "Accepted on"), 16), (Text("Mã", "Id"), 66),
        ],
        frozen=3,
        printed=8,
    )  # fmt: skip
    for place, one in enumerate(review.findings):
        f = one.finding
        sheet.fills[place] = _SEVERITY_FILLS[f.severity]
        sheet.rows.append(
            [
                SEVERITIES[f.severity].say(lang), (_OPEN if one.is_open else _ACCEPTED).say(lang),
                f.title.say(lang), places(f.clauses).say(lang), f.statement_a.say(lang),
                f.statement_b.say(lang), f.difference, f.hint.say(lang),
                ", ".join(names[code] for code in f.unit_codes), f.criterion,
                "; ".join(works[work_id] for work_id in f.work_ids), _TITLES[f.rule].say(lang),
                *_acceptance(one.acceptance), f.finding_id,
            ]
        )  # fmt: skip
    return sheet


def _acceptance(acceptance: Acceptance | None) -> tuple[Value, Value, Value]:
    if acceptance is None:
        return None, None, None
    return acceptance.reason, acceptance.person, acceptance.date


def _acceptances(review: Review, lang: Lang) -> Sheet:
    sheet = Sheet(
        Text("Chấp nhận", "Accepted"),
        [
            (Text("Trạng thái", "State"), 22), (Text("Mã được chấp nhận", "Accepted id"), 66),
            (Text("Lý do", "Reason"), 50), (Text("Người", "Person"), 24),
            (Text("Ngày", "Day"), 12), (Text("Phát hiện hiện nay", "What is found now"), 50),
            (Text("Mã hiện nay", "Id now"), 66),
        ],
        frozen=1,
    )  # fmt: skip
    for one in review.findings:
        if one.acceptance is not None:
            sheet.rows.append(_accepted_row(_ACCEPTED, one.acceptance, (one.finding,), lang))
    for stale in review.stale:
        sheet.fills[len(sheet.rows)] = _SEVERITY_FILLS[Severity.GAP]
        sheet.rows.append(_accepted_row(_STALE, stale.acceptance, stale.now, lang))
    return sheet


def _accepted_row(
    state: Text, acceptance: Acceptance, now: Sequence[Finding], lang: Lang
) -> list[Value]:
    gone = Text("không còn phát hiện nào", "nothing any more")
    return [
        state.say(lang),
        acceptance.finding_id,
        *_acceptance(acceptance),
        "\n".join(finding.title.say(lang) for finding in now) or gone.say(lang),
        "\n".join(finding.finding_id for finding in now),
    ]


def _matrix(matrix: Matrix, names: Mapping[str, str], lang: Lang) -> Sheet:
    offices = [Text(office.name, office.name_en) for office in matrix.offices]
    sheet = Sheet(
        Text("Ma trận trách nhiệm", "Responsibility matrix"),
        [
            (Text("Tiêu chí", "Criterion"), 34), (Text("Đơn vị", "Unit"), 18),
            (Text("Thôn, làng", "Village"), 18), (Text("Tình trạng", "State"), 26),
            (Text("Mục kế hoạch", "Clause"), 16), *((office, 14) for office in offices),
        ],
        filled=5,
        frozen=4,
        upright=5,
    )  # fmt: skip
    for place, row in enumerate(matrix.rows):
        if row.cover in _COVER_FILLS:
            sheet.fills[place] = _COVER_FILLS[row.cover]
        clause = format_clause(row.clause, lang) if row.clause else None
        sheet.rows.append(
            [
                row.title.say(lang), names[row.unit_code], row.asset_name,
                COVERS[row.cover].say(lang), clause,
                *(row.part(o.office_id).say(lang) or None for o in matrix.offices),
            ]
        )  # fmt: skip
    return sheet


def _rules(review: Review, lang: Lang) -> Sheet:
    many = [one.finding.rule for one in review.findings]
    return Sheet(
        Text("Quy tắc", "Rules"),
        [
            (Text("Mã", "Id"), 22), (Text("Quy tắc", "Rule"), 42),
            (Text("Đối chiếu gì", "What it checks"), 90),
            (Text("Phát hiện liệt kê", "Findings listed"), 12),
        ],
        [
            [r.rule_id, r.title.say(lang), r.checks.say(lang), many.count(r.rule_id)]
            for r in RULES
        ],
    )  # fmt: skip


def _photos(record: Record, names: Mapping[str, str], lang: Lang) -> Sheet:
    """List the photographs of each work, in the order of the works, then of time and name."""
    works = {work.work_id: work for work in record.works}
    place_of = {work_id: place for place, work_id in enumerate(works)}
    rows = [(place_of[one.work_id], _taken(one), one.file, one) for one in record.photos]
    sheet = Sheet(
        Text("Ảnh hiện trường", "Photographs"),
        [
            (Text("Đơn vị", "Unit"), 18), (Text("Công việc", "Work"), 60),
            (Text("Tệp ảnh", "File"), 40), (Text("Giờ chụp", "Taken"), 22),
            (Text("Kinh độ", "Longitude"), 12), (Text("Vĩ độ", "Latitude"), 12),
            (Text("Cách công trình (m)", "From the work [m]"), 12),
            (Text("Gắn với việc", "Linked"), 20), (Text("Mã việc", "Work id"), 30),
            (Text("Mã kiểm tra SHA-256", "SHA-256"), 68),
        ],
        frozen=2,
        printed=8,
    )  # fmt: skip
    for _, taken, file, one in sorted(rows, key=lambda row: row[:3]):
        work = works[one.work_id]
        sheet.rows.append(
            [
                names[work.unit_code], work.name, file, taken or None, one.lon, one.lat,
                one.distance_m, label(one.linked_by, lang), one.work_id, one.sha256,
            ]
        )  # fmt: skip
    return sheet


def _taken(photo: Photo) -> str:
    """Return the time as the camera had it, with its offset where it wrote one."""
    return photo.taken_at.isoformat(sep=" ") if photo.taken_at else ""
