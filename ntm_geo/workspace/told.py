"""What is told of a file that comes in: how each question was answered, and why."""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_geo.errors import Lang, Problem, Text
from ntm_geo.labels import format_number
from ntm_geo.linking import Sure

if TYPE_CHECKING:
    from pandas import DataFrame

    from ntm_geo.coverage import Repair, Repaired
    from ntm_geo.foreign import Brought
    from ntm_geo.linking import Column, Learned, Link, Recognised
    from ntm_geo.taking import Mixed, Placed, ReadTexts

MOST_LISTED = 100
"""So many features that are nothing of the district are listed; of more there is the number, and
how to list them all."""

SURE = {
    Sure.CERTAIN: Text("chắc chắn", "certain"),
    Sure.LIKELY: Text("khá chắc", "likely"),
    Sure.AMBIGUOUS: Text("không rõ", "ambiguous"),
    Sure.CLOSE: Text("chỉ gần giống", "close"),
    Sure.NONE: Text("không có", "none"),
}


@dataclass(frozen=True)
class Understood:
    """One thing that was understood of a file, or done to it."""

    topic: Text
    said: Text


def of_file(brought: "Brought") -> Iterator[Understood]:
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
        yield _left_out(
            Text(f"hình {odd.feature}: {odd.found}", f"feature {odd.feature}: {odd.found}")
        )


def _left_out(said: Text) -> Understood:
    return Understood(Text("Bỏ qua", "Left out"), said)


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


def of_place(placed: "Placed", brought: "Brought") -> Understood:
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


def of_collapsed(key: str) -> Understood:
    """Tell of a shape of which nothing is left when it is rounded."""
    return _left_out(
        Text(f"{key}: hình suy biến, không còn gì khi làm tròn", f"{key}: the shape collapses")
    )


def of_outside(features: Sequence[object], most: int | None = MOST_LISTED) -> Iterator[Understood]:
    """Tell what lies outside the district, by number; `most` None lists all."""
    if features:
        numbers = _numbers(features, most)
        yield Understood(
            Text("Ngoài huyện", "Outside"),
            Text(
                f"bỏ qua {len(features)} hình: {numbers}",
                f"{len(features)} features are left out: {numbers}",
            ),
        )


def of_other_kinds(
    kinds: Mapping[object, str], most: int | None = MOST_LISTED
) -> Iterator[Understood]:
    """Tell of shapes of another kind than the layer takes: the kind of each, by number."""
    for kind in sorted(set(kinds.values())):
        numbers = _numbers([number for number, other in kinds.items() if other == kind], most)
        yield _left_out(
            Text(f"hình khác loại ({kind}): {numbers}", f"of another kind ({kind}): {numbers}")
        )


def of_mixed(mixed: "Mapping[Hashable, Mixed]") -> Iterator[Understood]:
    """Tell what was taken out of features of several kinds, and what was left, by number."""
    for number, one in mixed.items():
        taken, left = (
            ", ".join(f"{kind} {count}" for kind, count in parts.items()) or "–" for parts in one
        )
        yield Understood(
            Text("Hình nhiều loại", "Of several kinds"),
            Text(
                f"hình {number}: lấy {taken}; bỏ qua {left}",
                f"feature {number}: taken {taken}; left out {left}",
            ),
        )


def _numbers(features: Sequence[object], most: int | None) -> str:
    shown = features[:most]
    listed = ", ".join(str(one) for one in shown)
    return f"{listed}, … ({len(features)}; --list-all)" if len(shown) < len(features) else listed


def of_closed(count: int) -> Understood:
    """Tell that areas were made of the lines of a drawing."""
    return Understood(
        Text("Khép vùng", "Closed"),
        Text(
            f"{count} vùng do các đường của bản vẽ khép lại, đánh số từ 1",
            f"{count} areas that the lines of the drawing enclose, numbered from 1",
        ),
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
        yield _left_out(Text(problem.say("vi"), problem.say("en")))


def of_gpx(brought: "Brought") -> Understood:
    """Tell how the places of a GPX file are known, and why."""
    said = Text(
        "có điểm không ghi giờ, như hình vẽ trên máy: coi là số hóa; nếu đi đo thật: --position "
        "surveyed",
        "points without a time, as what is drawn has: taken as digitised; where somebody was "
        "there: --position surveyed",
    )
    if brought.is_recorded:
        said = Text("mọi điểm có giờ đo: coi là đo đạc", "each point has its time: surveyed")
    return Understood(Text("Vị trí", "Position"), said)


def of_columns(columns: "Iterable[Column | None]", match: str | None) -> Iterator[Understood]:
    """Tell which columns things are linked by, and what speaks for them."""
    topic = Text("Cột", "Column")
    if match is not None:
        said = Text(f"cột «{match}»: theo --match", f"column '{match}': by --match")
        yield Understood(topic, said)
    for column in columns:
        if column is not None:
            others = ", ".join(column.others)
            vi = f"; cũng có tên, mã: {others}" if others else ""
            en = f"; others that hold some: {others}" if others else ""
            yield Understood(topic, Text(column.why.vi + vi, column.why.en + en))


def of_day(recognised: "Recognised") -> Iterator[Understood]:
    """Tell of which day the units are, where they are not the plan's."""
    units = recognised.units
    if units is None or units.since is None:
        return
    yield Understood(
        Text("Hiệu lực", "Validity"),
        Text(
            f"{recognised.why.vi}; giữ riêng, không đụng đến ranh giới của kế hoạch",
            f"{recognised.why.en}; kept apart, the plan's boundaries stay as they are",
        ),
    )


def of_links(
    links: "Sequence[Link]",
    taken: "Sequence[Link]",
    names: Mapping[str, str],
    most: int | None = MOST_LISTED,
) -> Iterator[Understood]:
    """Tell which feature is what and how sure that is, and what is nothing of the district.

    Parameters
    ----------
    links
        All of them; what is ambiguous is left to the questions.
    taken
        Those of them that come in.
    names
        Names of everything that could have been in the file, by code.
    most
        So many that are nothing of the district are listed; None lists all.
    """
    numbers = {link.feature for link in taken}
    for link in taken:
        yield _link(Text("Là", "Is"), link, names)
    for link in links:
        if link.code is not None and link.feature not in numbers:
            yield _link(Text("Đề nghị", "Proposed"), link, names)
    unlinked = [link for link in links if link.code is None and link.sure != Sure.AMBIGUOUS]
    topic = Text("Không gắn được", "Not linked")
    for link in unlinked[:most]:
        said = f"{_feature(link)}: "
        yield Understood(topic, Text(said + link.why.vi, said + link.why.en))
    more = len(unlinked[len(unlinked[:most]) :])
    if more:
        vi, en = "xem hết bằng --list-all", "list all with --list-all"
        yield Understood(topic, Text(f"và {more} hình khác ({vi})", f"and {more} more ({en})"))
    seen = {code for link in links for code in (link.code, *link.candidates)}
    missing = [name for code, name in names.items() if code not in seen]
    if missing:
        rest = len(missing) - MOST_LISTED
        listed = ", ".join(missing[:MOST_LISTED]) + (f", … (+{rest})" if rest > 0 else "")
        yield Understood(Text("Chưa có trong tệp", "Not in the file"), Text(listed, listed))


def _link(topic: Text, link: "Link", names: Mapping[str, str]) -> Understood:
    code = link.code or ""
    said = f"{_feature(link)} → {names[code]} ({code}): "
    sure = SURE[link.sure]
    return Understood(
        topic, Text(f"{said}{sure.vi}, {link.why.vi}", f"{said}{sure.en}, {link.why.en}")
    )


def _feature(link: "Link") -> str:
    return f"{link.feature}: «{link.found}»" if link.found else f"{link.feature}"


def questions_of(links: "Sequence[Link]", names: Mapping[str, str]) -> list[Problem]:
    """Put what only a person can say as questions, with how to answer them."""

    def question(link: "Link") -> Problem:
        allowed = ", ".join(f"{names[code]} ({code})" for code in link.candidates)
        leave = f"--leave-out {link.feature}"
        code = link.candidates[0] if len(link.candidates) == 1 else "…"
        answer = f"--link {link.feature}={code}"
        todo = Text(
            f"trả lời bằng {answer}, hoặc bỏ hình bằng {leave}",
            f"answer with {answer}, or leave it out with {leave}",
        )
        if link.rivals:
            todo = Text(f"bỏ hình thừa, như {leave}", f"leave out the others, such as {leave}")
        return Problem(
            what=Text(
                f"hình {link.feature}: {link.why.vi}", f"feature {link.feature}: {link.why.en}"
            ),
            found=link.found or "–",
            allowed=Text(allowed, allowed),
            todo=todo,
        )

    return [question(link) for link in links if link.sure == Sure.AMBIGUOUS]


def of_repairs(repaired: "Repaired") -> Iterator[Understood]:
    """Tell each thing that was mended, and what was left as it is."""
    for repair in repaired.repairs:
        yield Understood(Text("Sửa hình", "Mended"), repair.say())
    if len(repaired.repairs) > 1:
        km2 = sum(repair.area_m2 for repair in repaired.repairs) / 1e6
        count, area = len(repaired.repairs), round(km2, 3)
        yield Understood(
            Text("Sửa hình", "Mended"),
            Text(
                f"tổng cộng {count} chỗ, {format_number(area, 'vi')} km²",
                f"{count} places in all, {format_number(area, 'en')} km²",
            ),
        )
    for repair in repaired.left:
        yield Understood(Text("Để nguyên", "Left as it is"), repair.say())


def of_beside(found: "Sequence[Repair]") -> Iterator[Understood]:
    """Tell gaps and overlaps with boundaries that stand; nothing of them was mended."""
    topic = Text("Với hình đang có", "Beside the record")
    for one in found:
        yield Understood(topic, one.say_found())
    if found:
        km2 = round(sum(one.area_m2 for one in found) / 1e6, 3)
        vi, en = (format_number(km2, lang) for lang in ("vi", "en"))
        yield Understood(
            topic,
            Text(
                f"tổng cộng {len(found)} chỗ, {vi} km², ĐỂ NGUYÊN: nhập mọi đơn vị trong một tệp "
                "thì chúng được sửa cùng nhau",
                f"{len(found)} places in all, {en} km², LEFT AS THEY ARE: units that come in one "
                "file are mended together",
            ),
        )


def of_areas(areas: "DataFrame", names: Mapping[str, str]) -> Iterator[Understood]:
    """Tell the area of each unit beside the official one; `areas` as `compare_areas` has it."""
    rows = zip(areas["unit_code"], areas["area_km2"], areas["official_km2"], areas["share"],
               areas["is_odd"], strict=True)  # fmt: skip
    for code, area, official, share, is_odd in rows:
        said = Text(*(_area(names[code], area, official, share, lang) for lang in ("vi", "en")))
        odd = (
            Text(": LỆCH NHIỀU, cần kiểm tra", ": FAR OFF, look at it") if is_odd else Text("", "")
        )
        yield Understood(Text("Diện tích", "Area"), Text(said.vi + odd.vi, said.en + odd.en))


def _area(name: str, area: float, official: float, share: float, lang: Lang) -> str:
    mapped = format_number(round(area, 2), lang)
    if math.isnan(official):
        told = Text(
            "{name}: không có số chính thức, trên bản đồ {mapped} km²",
            "{name}: no official figure, {mapped} km² on the map",
        )
        return told.format(name=name, mapped=mapped).say(lang)
    told = Text(
        "{name}: chính thức {known} km², trên bản đồ {mapped} km² ({percent} %)",
        "{name}: {known} km² officially, {mapped} km² on the map ({percent} %)",
    )
    off = round(100 * share, 2) + 0.0
    percent = ("+" if off > 0 else "") + format_number(off, lang)
    known = format_number(round(official, 2), lang)
    return told.format(name=name, known=known, mapped=mapped, percent=percent).say(lang)


def of_astray(notices: Iterable[Problem]) -> Iterator[Understood]:
    """Tell what lies outside of its unit."""
    for notice in notices:
        yield Understood(
            Text("Ngoài đơn vị", "Outside its unit"), Text(notice.say("vi"), notice.say("en"))
        )


def of_learned(learned: "Learned", names: Mapping[str, str]) -> Iterator[Understood]:
    """Tell the spellings that the record learns, and those that it cannot."""
    for code, spelling in learned.aliases:
        said = f"«{spelling}» = {names[code]} ({code})"
        yield Understood(Text("Học cách viết", "Spelling learned"), Text(said, said))
    for problem in learned.refused:
        yield Understood(
            Text("Không học", "Not learned"), Text(problem.say("vi"), problem.say("en"))
        )
