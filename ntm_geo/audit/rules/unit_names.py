"""Names of units: several for one, another's at the head of a row, two without a comma."""

import re
from collections.abc import Iterable, Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.rules.odd_names import odd_names
from ntm_geo.audit.words import cite, fill, gather, join, quote, slug, unique
from ntm_geo.errors import Text
from ntm_geo.labels import LABELS
from ntm_geo.model import Statement, Subject, Unit, UnitKind
from ntm_geo.names import (
    Named,
    fold,
    kind_of_word,
    names_in,
    split_kind,
)


def find_unit_spellings(plan: Plan) -> Iterator[Finding]:
    """Look for units that the plan spells otherwise than the record: blanks and case aside."""
    labels = _odd_labels(plan)
    in_words = odd_names(plan)
    for unit in plan.record.units:
        alike = [a for a in unit.aliases if fold(a) == fold(unit.name)]
        official = _spelt(plan, [unit.name, *alike])
        others = {
            spelling: found
            for spelling in unit.aliases
            if spelling not in alike and (found := _spelt(plan, [spelling]))
        }
        for label, clauses in labels.get(unit.unit_code, {}).items():
            others.setdefault(label, unique((*clauses, *_labelled(plan, label))))
        for spelling, clauses in in_words.get(unit.unit_code, {}).items():
            others.setdefault(spelling, clauses)
        if others:
            yield _spelling_finding(unit, others, official)
    yield from _other_kinds(plan)


def _labelled(plan: Plan, label: str) -> tuple[str, ...]:
    """Return the places in which a name stands that the record does not know, and no other."""
    units = [Named(u.unit_code, u.kind, (u.name, *u.aliases)) for u in plan.record.units]
    unknown = Named("", "", (label,))
    said = plan.record.statements
    return unique(s.clause for s in said if unknown in names_in(s.text, [unknown, *units]))


def _other_kinds(plan: Plan) -> Iterator[Finding]:
    """Look for units that the plan calls a commune where they are a town, and the like."""
    names = [name for unit in plan.record.units for name in (unit.name, *unit.aliases)]
    spelled = [r"[\s-]*".join(map(re.escape, n.split())) for n in sorted(names, key=len)]
    called = re.compile(
        rf"(?<!\w)(?<!thị )(xã|phường|thị trấn|tt)\s+({'|'.join(reversed(spelled))})(?!\w)(\s+\w)?",
        re.IGNORECASE,
    )
    known = _known_names(plan)
    astray: dict[tuple[str, str], list[Statement]] = {}
    for s in plan.record.statements if names else ():
        for word, name, after in called.findall(s.text):
            alike = [u for u in plan.record.units if fold(name) in known[u.unit_code]]
            # A name that goes on with a capital is another, longer one.
            goes_on = after[-1:].isupper()
            if alike and not goes_on and all(u.kind != kind_of_word(word) for u in alike):
                astray.setdefault((alike[0].unit_code, word.casefold()), []).append(s)
    for (code, word), statements in astray.items():
        unit = next(u for u in plan.record.units if u.unit_code == code)
        yield Finding(
            rule="unit-spelling",
            severity=Severity.NOTE,
            clauses=unique(s.clause for s in statements),
            title=fill(
                "{name}: kế hoạch gọi là {word}, danh mục ghi {kind}",
                "{name}: the plan calls it {word}, the record has {kind}",
                name=unit.name, word=quote(word), kind=LABELS[UnitKind, unit.kind],
            ),
            statement_a=cite(*statements),
            statement_b=fill(
                "Danh mục: {kind} {name}.",
                "In the record: {kind} {name}.",
                kind=LABELS[UnitKind, unit.kind], name=unit.name,
            ),
            unit_codes=(code,),
            hint=Text(
                "Ghi đúng loại đơn vị, hoặc sửa units.csv.",
                "Write the right kind of unit, or mend units.csv.",
            ),
            about=slug(code, "kind"),
            key=(word,),
        )  # fmt: skip


def _odd_labels(plan: Plan) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what rows of tables call units, where the record knows no such name, with places."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    known = _known_names(plan)
    for s in plan.said(Subject.UNIT_NAMED):
        _, name = split_kind(s.text)
        keys = {fold(name), fold(s.text)}
        if s.unit_code in known and not any(keys & names for names in known.values()):
            of_unit = found.setdefault(s.unit_code, {})
            of_unit[name] = unique((*of_unit.get(name, ()), s.clause))
    return found


def _known_names(plan: Plan) -> dict[str, set[str]]:
    return {u.unit_code: {fold(name) for name in (u.name, *u.aliases)} for u in plan.record.units}


def find_labels_of_others(plan: Plan) -> Iterator[Finding]:
    """Look for rows of tables at whose head the name of another unit stands."""
    known = _known_names(plan)
    said = gather(plan.said(Subject.UNIT_NAMED), lambda s: (s.unit_code, fold(s.text)))
    for (code, label), statements in said.items():
        keys = {label, fold(split_kind(statements[0].text)[1])}
        named = [other for other, names in known.items() if keys & names]
        if code in known and named and code not in named:
            yield Finding(
                rule="row-label",
                severity=Severity.CONTRADICTION,
                clauses=unique(s.clause for s in statements),
                title=fill(
                    "Dòng của {unit} ghi tên {other}",
                    "The row of {unit} is headed {other}",
                    unit=plan.name(code), other=plan.names(named),
                ),
                statement_a=cite(*statements),
                statement_b=fill(
                    "Bản ghi hiểu dòng này là của {unit}.",
                    "The record takes it for the row of {unit}.",
                    unit=plan.name(code),
                ),
                unit_codes=plan.ordered((code, *named)),
                hint=Text(
                    "Xem lại tên ở đầu dòng và mã đơn vị trong bản ghi.",
                    "Check the name at the row's head, and the unit's code in the record.",
                ),
                about=slug(code),
                key=(label,),
            )  # fmt: skip


def _spelt(plan: Plan, spellings: Iterable[str]) -> tuple[str, ...]:
    """Return the places of the plan in which a name stands."""
    names = "|".join(re.escape(name) for name in spellings)
    word = re.compile(rf"(?<!\w)({names})(?!\w)", re.IGNORECASE)
    return unique(s.clause for s in plan.record.statements if word.search(s.text))


def _spelling_finding(
    unit: Unit, others: dict[str, tuple[str, ...]], official: tuple[str, ...]
) -> Finding:
    found = unique(clause for clauses in others.values() for clause in clauses)
    return Finding(
        rule="unit-spelling",
        severity=Severity.NOTE,
        clauses=unique((*official, *found)),
        title=fill(
            "Một đơn vị, nhiều tên: {name} và {others}",
            "One unit, several names: {name} and {others}",
            name=unit.name, others=join(others),
        ),
        statement_a=fill(
            "Tên trong danh mục: {name} (kế hoạch dùng ở {n} chỗ).",
            "Official name: {name} (places of the plan that use it: {n}).",
            name=unit.name, n=len(official),
        ),
        statement_b=fill(
            "Tên khác: {others} (kế hoạch dùng ở {n} chỗ).",
            "Other names: {others} (places of the plan that use them: {n}).",
            others=join(others), n=len(found),
        ),
        unit_codes=(unit.unit_code,),
        hint=fill("Dùng một tên: {name}.", "Use one name: {name}.", name=unit.name),
        about=slug(unit.unit_code),
        key=tuple(fold(name) for name in others),
    )  # fmt: skip


def find_unseparated_units(plan: Plan) -> Iterator[Finding]:
    """Look for lists in which nothing but a blank stands between two units."""
    codes = {name: u.unit_code for u in plan.record.units for name in (u.name, *u.aliases)}
    longest_first = sorted(codes, key=len, reverse=True)
    names = "|".join(re.escape(name) for name in longest_first)
    pair = re.compile(rf"(?<!\w)({names})\s+({names})(?!\w)")
    runs: dict[tuple[str, str], list[tuple[Statement, str, str]]] = {}
    for s in plan.record.statements:
        found = pair.search(s.text) if codes else None
        if found and codes[found[1]] != codes[found[2]]:
            run = (codes[found[1]], codes[found[2]])
            runs.setdefault(run, []).append((s, found[1], found[2]))
    for units, seen in runs.items():
        _, one, two = seen[0]
        yield Finding(
            rule="list-unseparated",
            severity=Severity.NOTE,
            clauses=unique(s.clause for s, _, _ in seen),
            title=fill(
                "Thiếu dấu phẩy giữa {a} và {b}", "No comma between {a} and {b}", a=one, b=two
            ),
            statement_a=cite(*(s for s, _, _ in seen)),
            statement_b=fill(
                "{a} và {b} là hai đơn vị.",
                "{a} and {b} are two units.",
                a=plan.name(units[0]), b=plan.name(units[1]),
            ),
            unit_codes=plan.ordered(units),
            hint=fill("Ghi {a}, {b}.", "Write {a}, {b}.", a=one, b=two),
            about=slug(*units),
        )  # fmt: skip


RULES = (
    Rule(
        "unit-spelling",
        Text("Một đơn vị, nhiều tên", "One unit, several names"),
        Text(
            "Tên và loại đơn vị trong kế hoạch phải như trong danh mục, không kể cách và chữ hoa.",
            "The plan must call a unit by its official name and kind, blanks and case aside.",
        ),
        find_unit_spellings,
        reads=(Subject.UNIT_NAMED,),
    ),
    Rule(
        "row-label",
        Text("Tên ở đầu dòng", "Names at the heads of rows"),
        Text(
            "Tên ở đầu một dòng phải là tên của đơn vị mà dòng đó nói đến.",
            "The name at the head of a row is that of the unit that the row is of.",
        ),
        find_labels_of_others,
        reads=(Subject.UNIT_NAMED,),
    ),
    Rule(
        "list-unseparated",
        Text("Thiếu dấu phẩy", "A missing comma"),
        Text(
            "Giữa hai đơn vị trong một danh sách phải có dấu phẩy hoặc chữ.",
            "Between two units of a list there must be a comma or a word.",
        ),
        find_unseparated_units,
    ),
)
