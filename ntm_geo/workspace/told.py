"""What is told of a file that comes in: how each question was answered, and why."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_geo.errors import Problem, Text
from ntm_geo.foreign import Brought
from ntm_geo.intake import Intake
from ntm_geo.labels import format_day, format_number
from ntm_geo.taking import Links, day_of_units

if TYPE_CHECKING:
    from ntm_geo.taking import Mended, Placed, ReadTexts
    from ntm_geo.workspace.workspace import Workspace

_MOST_NAMED = 12


@dataclass(frozen=True)
class Understood:
    """One thing that was understood of a file, or done to it."""

    topic: Text
    said: Text


def of_file(brought: Brought) -> Iterator[Understood]:
    """Tell what the file is, and what is odd about it."""
    seen = brought.recognition
    kinds = ", ".join(f"{kind} {count}" for kind, count in brought.kinds.items())
    yield Understood(
        Text("Tệp", "File"),
        Text(
            *[f"{brought.file}: {seen.format.value} ({seen.evidence}); {brought.layer}; {kinds}"]
            * 2
        ),
    )
    for notice in brought.notices:
        yield Understood(Text("Lưu ý", "Note"), Text(notice.say("vi"), notice.say("en")))
    for odd in brought.odd:
        yield Understood(
            Text("Bỏ qua", "Left out"),
            Text(f"hình {odd.feature}: {odd.found}", f"feature {odd.feature}: {odd.found}"),
        )


def of_texts(texts: "ReadTexts") -> Understood:
    """Tell the encoding, and what speaks for it."""
    why = texts.evidence.why
    samples = "; ".join(f"{before} → {after}" for before, after in texts.evidence.samples[:3])
    shown = f" ({samples})" if samples and texts.encoding not in ("unicode", "ascii") else ""
    return Understood(
        Text("Bảng mã", "Encoding"),
        Text(
            f"{texts.encoding or '?'}: {why.vi}{shown}", f"{texts.encoding or '?'}: {why.en}{shown}"
        ),
    )


def of_place(placed: "Placed", brought: Brought) -> Understood:
    """Tell the CRS, and what speaks for it."""
    declared = brought.crs.authority or ("WKT" if brought.crs.wkt else "–")
    origin = brought.crs.origin.value
    if placed.chosen is None:
        said = Text(f"tệp ghi: {declared} ({origin})", f"the file states: {declared} ({origin})")
        return Understood(Text("Hệ tọa độ", "CRS"), said)
    chosen = placed.chosen
    moved = chosen.moved_m if chosen.moved_m and math.isfinite(chosen.moved_m) else 0.0
    told = Text(*(f"; {format_number(round(moved, 1), lang)} m" for lang in ("vi", "en")))
    is_declared = chosen.crs == (brought.crs.wkt or brought.crs.authority)
    name = declared if is_declared else chosen.crs
    return Understood(
        Text("Hệ tọa độ", "CRS"),
        Text(
            f"{name} ({origin}): {chosen.why.vi}{told.vi if moved else ''}",
            f"{name} ({origin}): {chosen.why.en}{told.en if moved else ''}",
        ),
    )


def of_outside(count: int) -> Iterator[Understood]:
    """Tell how much lies outside the district."""
    if count:
        yield Understood(
            Text("Ngoài huyện", "Outside"),
            Text(f"bỏ qua {count} hình", f"{count} features are left out"),
        )


def nothing_linked(links: Links) -> Problem:
    """Say that the file names nothing of the district."""
    said = ", ".join(said for _, said in links.unlinked[:_MOST_NAMED])
    return Problem(
        column="--match",
        what=Text("không hình nào ứng với một đơn vị", "no feature is a unit of the district"),
        found=said or "–",
        allowed=Text("một cột mang tên hoặc mã đơn vị", "a column with names or codes of units"),
        todo=Text("chọn cột bằng --match", "choose the column with --match"),
    )


def of_repairs(mended: "Mended") -> Iterator[Understood]:
    """Tell each ring that was mended."""
    for feature, reason in mended.repairs:
        yield Understood(
            Text("Sửa hình", "Mended"),
            Text(f"hình {feature}: {reason}", f"feature {feature}: {reason}"),
        )


def of_other_kinds(count: int) -> Iterator[Understood]:
    """Tell of shapes of another kind than the layer takes."""
    if count:
        yield Understood(
            Text("Bỏ qua", "Left out"),
            Text(f"{count} hình khác loại", f"{count} shapes of another kind"),
        )


def of_points(why: Text, count: int) -> Understood:
    """Tell how the coordinates of a table were recognised."""
    return Understood(
        Text("Tọa độ", "Coordinates"),
        Text(f"{why.vi}: {count} điểm", f"{why.en}: {count} points"),
    )


def of_odd_rows(odd: Sequence[Problem]) -> Iterator[Understood]:
    """Tell of rows whose coordinates cannot be read."""
    for problem in odd:
        yield Understood(Text("Bỏ qua", "Left out"), Text(problem.say("vi"), problem.say("en")))


def of_links(
    workspace: "Workspace", links: Links, layer: str | None = None
) -> Iterator[Understood]:
    """Tell which feature is what, what names nothing, and what the file does not have."""
    if layer is None:
        names = workspace.record.unit_names()
        wanted = [unit.unit_code for unit in workspace.record.units]
    else:
        assets = [asset for asset in workspace.record.assets if asset.layer == layer]
        names = {asset.asset_id: asset.name for asset in assets}
        wanted = list(names)
    column, count = links.column or "–", len(links.links)
    yield Understood(
        Text("Cột tên", "Column"), Text(f"{column}: gắn được {count}", f"{column}: {count} linked")
    )
    for link in links.links:
        said = (
            f"{link.feature}: «{link.said}» → {names[link.code]} ({link.code}), {link.sure.value}"
        )
        yield Understood(Text("Là", "Is"), Text(said, said))
    for number, said in links.unlinked[:_MOST_NAMED]:
        yield Understood(Text("Không gắn được", "Not linked"), Text(*[f"{number}: «{said}»"] * 2))
    more = len(links.unlinked) - _MOST_NAMED
    if more > 0:
        yield Understood(
            Text("Không gắn được", "Not linked"), Text(f"và {more} hình khác", f"and {more} more")
        )
    found = {link.code for link in links.links}
    missing = [names[code] for code in wanted if code not in found]
    if missing:
        rest = len(missing) - _MOST_NAMED
        listed = ", ".join(missing[:_MOST_NAMED]) + (f", … (+{rest})" if rest > 0 else "")
        yield Understood(Text("Chưa có trong tệp", "Not in the file"), Text(listed, listed))


def of_later_units(
    workspace: "Workspace", areas_km2: Mapping[int, float], links: Links
) -> Problem | None:
    """Say that the boundaries are those of another day, if they are."""
    record = workspace.record
    start = record.project.plan_date
    day = day_of_units(
        {link.code: areas_km2[link.feature] for link in links.links},
        record.units.rows,
        record.changes.rows,
        start=start,
    )
    if day is None or day == start:
        return None
    since = Text(format_day(day, "vi"), format_day(day, "en"))
    return Problem(
        what=Text(
            f"đây là ranh giới các đơn vị từ {since.vi}, không phải của kế hoạch",
            f"these are the units since {since.en}, not those of the plan",
        ),
        found=", ".join(link.said for link in links.links),
        allowed=Text(
            f"ranh giới còn hiệu lực ngày {format_day(start, 'vi')}",
            f"boundaries valid on {format_day(start, 'en')}",
        ),
        todo=Text("tìm tệp ranh giới trước lần thay đổi", "find boundaries from before the change"),
    )


def of_intake(intake: Intake) -> Iterator[Understood]:
    """Tell what goes into the record, and what it replaces."""
    yield Understood(
        Text("Vào hồ sơ", "Into the record"),
        Text(
            f"{len(intake.taken)} hình; thay {len(intake.replaced)} hình cũ (giữ trong history)",
            f"{len(intake.taken)} features; old ones replaced, and kept: {len(intake.replaced)}",
        ),
    )
    if intake.kept_out:
        keys = ", ".join(one.key for one in intake.kept_out)
        yield Understood(Text("Giữ hình cũ (đo đạc)", "Surveyed ones stay"), Text(keys, keys))
