"""What is told wherever figures stand by the units of a later day."""

from collections.abc import Collection, Mapping

from ntm_geo.changes.formation import Divided, Formation
from ntm_geo.changes.trace import LaterUnit, Successor
from ntm_geo.errors import Lang, Text
from ntm_geo.labels import LABELS, format_day, format_number
from ntm_geo.model import ChangePart, Unit, UnitKind

_HEADING = Text(
    "Theo đơn vị hành chính ngày {day}, quy đổi từ các đơn vị của kế hoạch; không phải kết quả "
    "thẩm định.",
    "By the administrative units of {day}, re-expressed from the plan's units; no official "
    "appraisal.",
)
_FORMED = Text("{name} ({code}): gồm {parts}", "{name} ({code}): formed of {parts}")
_PART = Text("một phần {name}", "a part of {name}")
AS_PLANNED = Text("Không khác các đơn vị của kế hoạch.", "No other units than the plan's.")
_OPEN = Text(
    "{name} ({code} của kế hoạch) đã chia vào {into}. Những gì khác mà hồ sơ không ghi thuộc phần "
    "nào để riêng ở «{row}», không tính vào các đơn vị ấy.",
    "{name} ({code} of the plan) was divided into {into}. All else that the record gives to no "
    "part stands apart under “{row}” and is in none of these units.",
)
_AREA = Text("{n} km²", "{n} km²")
_PEOPLE = Text("{n} người", "{n} people")
_NOW = Text("{name} (nay {now})", "{name} (now {now})")
_NOW_DIVIDED = Text("{name} (nay chia vào {now})", "{name} (now divided into {now})")
_BEFORE = Text(
    "{name} ({code} của kế hoạch) nay thuộc {now} ({now_code}).",
    "{name} ({code} of the plan) is in {now} ({now_code}) now.",
)


def heading_of(formation: Formation) -> Text:
    """Return the sentence that stands above every table and on every page."""
    day = formation.day
    return Text(
        _HEADING.vi.format(day=format_day(day, "vi")), _HEADING.en.format(day=format_day(day, "en"))
    )


def told_of(formation: Formation, keys: Collection[str] | None = None) -> tuple[Text, ...]:
    """Return what units were formed of and which ones are divided, a sentence each.

    Parameters
    ----------
    formation
        The units of the day.
    keys
        Codes and keys of the units that are spoken of; None for all.
    """
    if not formation.changed and not formation.divided:
        return (AS_PLANNED,)
    formed = [
        formed_text(formation, one) for one in formation.changed if keys is None or one.code in keys
    ]
    return (
        *formed,
        *(open_text(formation, one) for one in formation.divided if _concerns(one, keys)),
    )


def _concerns(divided: Divided, keys: Collection[str] | None) -> bool:
    return keys is None or any(
        key in keys for key in (divided.key, *(s.code for s in divided.into))
    )


def formed_text(formation: Formation, one: LaterUnit) -> Text:
    """Return what a unit was formed of: "Kbang (23638): gồm thị trấn Kbang, Lơ Ku"."""
    parts = [_part(formation.plan_units[code], part) for code, part in one.formed_of]
    listed = Text(", ".join(part.vi for part in parts), ", ".join(part.en for part in parts))
    return Text(
        _FORMED.vi.format(name=one.name, code=one.code, parts=listed.vi),
        _FORMED.en.format(name=one.name, code=one.code, parts=listed.en),
    )


def _part(unit: Unit, part: ChangePart) -> Text:
    name = called(unit)
    if part == ChangePart.WHOLE:
        return name
    return Text(_PART.vi.format(name=name.vi), _PART.en.format(name=name.en))


def called(unit: Unit) -> Text:
    """Return a unit's name, with its kind where it is no commune."""
    if unit.kind == UnitKind.COMMUNE:
        return Text(unit.name, unit.name)
    kind = LABELS[UnitKind, unit.kind]
    return Text(f"{kind.vi} {unit.name}", f"{unit.name} {kind.en}")


def before_text(formation: Formation, unit: Unit) -> Text:
    """Return where a unit of the plan is now, for whoever asks for it by its name."""
    for divided in formation.divided:
        if divided.unit == unit:
            return open_text(formation, divided)
    key, name = formation.keys[unit.unit_code], called(unit)
    words = {"code": unit.unit_code, "now": formation.names[key], "now_code": key}
    return Text(_BEFORE.vi.format(name=name.vi, **words), _BEFORE.en.format(name=name.en, **words))


def now_text(formation: Formation, code: str) -> Text:
    """Return a unit of the plan by name, and what it is in now: "Lơ Ku (nay Kbang)".

    Parameters
    ----------
    formation
        The units of the day.
    code
        Of the plan's unit.
    """
    unit, key = formation.plan_units[code], formation.keys[code]
    name = called(unit)
    if (key, formation.names[key]) == (code, unit.name):
        return name
    into = [d.into for d in formation.divided if d.key == key]
    now = ", ".join(f"{one.name} {one.code}" for one in into[0]) if into else formation.names[key]
    now = f"{now} {key}" if now == unit.name else now
    words = _NOW_DIVIDED if into else _NOW
    return Text(words.vi.format(name=name.vi, now=now), words.en.format(name=name.en, now=now))


def names_now(formation: Formation, names: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """Return names by code, each unit of the plan told with what it is in now.

    Parameters
    ----------
    formation
        The units of the day.
    names
        How the record calls its units and the district, which stays what it is.
    lang
        The language.
    """
    return {**names, **{code: now_text(formation, code).say(lang) for code in formation.plan_units}}


def open_text(formation: Formation, divided: Divided) -> Text:
    """Return what a unit was divided into, and where what is of no part stands."""
    name, code = called(divided.unit), divided.unit.unit_code
    said = {}
    for lang in ("vi", "en"):
        into = ", ".join(_into(formation, code, one, lang) for one in divided.into)
        words = {"name": name.say(lang), "code": code, "into": into, "row": divided.title.say(lang)}
        said[lang] = _OPEN.say(lang).format(**words)
    return Text(**said)


def _into(formation: Formation, code: str, one: Successor, lang: Lang) -> str:
    """Return a part with as much of its figures as is known: "Nghĩa An (23662: 6,217 km²)"."""
    area, people = formation.areas[code][one.code], formation.people[code][one.code]
    figures = [
        _AREA.say(lang).format(n=format_number(area, lang)) if area is not None else "",
        _PEOPLE.say(lang).format(n=format_number(people, lang)) if people is not None else "",
    ]
    known = ", ".join(figure for figure in figures if figure)
    return f"{one.name} ({one.code}: {known})" if known else f"{one.name} ({one.code})"
