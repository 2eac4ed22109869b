"""The figures of a page's title band: how much, of what, from which clauses."""

from collections.abc import Iterable

from ntm_geo.errors import Text
from ntm_geo.figures import KeyFigures
from ntm_geo.frames import plain_records
from ntm_geo.join import District
from ntm_geo.labels import LABELS, OVERDUE, format_number
from ntm_geo.maps.page_data import FigureData, FigureLine
from ntm_geo.model import AssetClass, Status

_NO_CLAUSE = ""

_CRITERIA = Text(
    "Đạt: kế hoạch ghi là duy trì. Cộng theo từng dòng của các bảng, kể cả khi tổng mà kế "
    "hoạch ghi khác đi (xem «Phát hiện»).",
    "Met: the plan wants it kept. Added up from the rows of the tables, also where the "
    "plan's own totals say otherwise (see “Findings”).",
)
_CRITERIA_BY_DAY = Text(
    "Mỗi tiêu chí của mỗi đơn vị mới tính một: đạt (phấn đấu) khi mọi đơn vị cũ mà kế hoạch xét "
    "đều đạt (phấn đấu). Không phải kết quả thẩm định, và không cộng được với số của kế hoạch.",
    "Each criterion of each new unit counts once: met (targeted) where it is so in every former "
    "unit that has it in the plan. No appraisal, and not to be added to the plan's figures.",
)


def band_figures(district: District, figures: KeyFigures) -> tuple[FigureData, ...]:
    """Return the figures that a meeting asks for first; one without anything to count is left out.

    Parameters
    ----------
    district
        The joined district, or one that is focused on a unit.
    figures
        Its key figures.
    """
    found = (
        _roads(figures),
        _works(figures),
        _criteria(district, figures),
        _money(district, figures),
    )
    return tuple(figure for figure in found if figure is not None)


def _number(value: float, unit: Text | None = None) -> Text:
    return Text(
        f"{format_number(value, 'vi')} {unit.vi if unit else ''}".strip(),
        f"{format_number(value, 'en')} {unit.en if unit else ''}".strip(),
    )


def _listed(clauses: Iterable[str]) -> str:
    return "; ".join(clauses)


def _roads(figures: KeyFigures) -> FigureData | None:
    if not figures.promised_km:
        return None
    done, promised = _number(figures.hardened_km), _number(figures.promised_km)
    unit = Text("km", "km")
    lines = [
        FigureLine(
            label=LABELS[AssetClass, AssetClass(name)],
            value=_number(km, unit),
            clause=_listed(figures.road_clauses_by_class[name]),
        )
        for name, km in figures.promised_km_by_class.items()
    ]
    if figures.cancelled_km:
        label = Text("trong đó đã hủy bỏ", "of which cancelled")
        lines.append(
            FigureLine(label=label, value=_number(figures.cancelled_km, unit), clause=_NO_CLAUSE)
        )
    return FigureData(
        value=Text(f"{done.vi}/{promised.vi} km", f"{done.en} of {promised.en} km"),
        label=Text("đường đã cứng hóa", "of road hardened"),
        lines=tuple(lines),
        how=Text(
            "Kế hoạch: cộng khối lượng các công việc cứng hóa. Đã làm: theo báo cáo của các xã; "
            "việc hoàn thành mà không báo khối lượng tính đủ khối lượng kế hoạch.",
            "Promised: quantities of the works that harden roads. Done: as the units report it; "
            "a completed work without a reported figure counts with all that was promised.",
        ),
    )


def _works(figures: KeyFigures) -> FigureData:
    done, all_ = _number(figures.works_completed), _number(figures.works_all)
    overdue = _number(figures.works_overdue)
    counts = (
        (LABELS[Status, Status.COMPLETED], figures.works_completed),
        (Text("chưa xong", "unfinished"), figures.works_unfinished),
        (OVERDUE, figures.works_overdue),
        (LABELS[Status, Status.CANCELLED], figures.works_cancelled),
        (Text("tất cả", "all"), figures.works_all),
    )
    return FigureData(
        value=Text(f"{done.vi}/{all_.vi}", f"{done.en} of {all_.en}"),
        label=Text(f"việc xong, {overdue.vi} quá hạn", f"works done, {overdue.en} overdue"),
        lines=tuple(
            FigureLine(label=label, value=_number(count), clause=_NO_CLAUSE)
            for label, count in counts
        ),
        how=Text(
            "Mỗi dòng của bảng công việc tính một; chưa xong: chưa hoàn thành và chưa hủy; quá hạn "
            "nằm trong chưa xong. Mục kế hoạch của từng việc ở phần chi tiết.",
            "Each row of the table of works counts once; unfinished: neither completed nor "
            "cancelled; overdue is part of it. Details name the clause of each work.",
        ),
    )


def _criteria(district: District, figures: KeyFigures) -> FigureData | None:
    if not figures.criteria_by_set:
        return None
    met, targeted = _number(figures.criteria_met), _number(figures.criteria_targeted)
    lines = []
    main = district.project.main_set
    for of_set in sorted(figures.criteria_by_set, key=lambda found: found.set != main):
        name = district.criteria_sets[of_set.set]
        counts = Text(
            f"{of_set.met} duy trì, {of_set.targeted} phấn đấu",
            f"{of_set.met} kept, {of_set.targeted} targeted",
        )
        if of_set.mixed:
            counts = Text(
                f"{counts.vi}, {of_set.mixed} khác nhau giữa các đơn vị cũ",
                f"{counts.en}, {of_set.mixed} differ between former units",
            )
        if of_set.achieved:
            counts = Text(
                f"{counts.vi} (việc đã xong: {of_set.achieved})",
                f"{counts.en} (works completed: {of_set.achieved})",
            )
        lines.append(
            FigureLine(
                label=Text(name.vi, name.en),
                value=counts,
                clause=_listed(_sections(of_set.clauses)),
            )
        )
    how = _CRITERIA_BY_DAY if district.formation is not None else _CRITERIA
    return FigureData(
        value=Text(f"{met.vi} + {targeted.vi}", f"{met.en} + {targeted.en}"),
        label=Text("tiêu chí đạt + phấn đấu", "criteria met + targeted"),
        lines=tuple(lines),
        how=how,
    )


def _sections(clauses: Iterable[str]) -> list[str]:
    """Return the tables that rows stand in: "II.2 table 1 row 3" is of "II.2 table 1"."""
    return list(dict.fromkeys(clause.partition(" row ")[0] for clause in clauses))


def _money(district: District, figures: KeyFigures) -> FigureData | None:
    if figures.budget_mvnd is None:
        return None
    rows = {row["source_id"]: row for row in plain_records(district.budget)}
    unit = Text("triệu đồng", "million VND")
    return FigureData(
        value=_number(figures.budget_mvnd, unit),
        label=Text("vốn theo nguồn", "by source")
        if district.focus is None
        else Text("vốn của cả huyện", "of the whole district"),
        lines=tuple(
            FigureLine(
                label=Text(
                    f"{'– ' if source.parent else ''}{rows[source.source_id]['name_vi']}",
                    f"{'– ' if source.parent else ''}{rows[source.source_id]['name_en']}",
                ),
                value=_number(source.amount_mvnd),
                clause=rows[source.source_id]["clause"],
            )
            for source in figures.budget_sources
        ),
        how=Text(
            "Tổng của các nguồn có số tiền; dòng có gạch đầu là một phần của nguồn ở trên. Kế "
            "hoạch chia theo nguồn, không chia theo xã.",
            "Total of the sources with a figure; a line with a dash is part of the source above "
            "it. The plan divides by source, not by unit.",
        ),
    )
