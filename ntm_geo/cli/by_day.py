"""What stands around a table by the units of a later day, and how such units are told in it."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from ntm_geo.cli.options import chosen_language
from ntm_geo.errors import Text

if TYPE_CHECKING:
    import pandas as pd

    from ntm_geo.changes import Formation

_UNHELD = Text("không xét", "not held against it")


def with_units_told(
    table: str, formation: "Formation | None", keys: Collection[str] | None = None
) -> str:
    """Return a table for people that says above and below by which units it stands.

    Parameters
    ----------
    table
        The table, lines that end.
    formation
        The units of the day; None where these are the plan's: then nothing is added.
    keys
        Units that the table speaks of; None for all.
    """
    if formation is None:
        return table
    from ntm_geo.changes import heading_of, told_of

    lang = chosen_language()
    lines = "".join(f"{text.say(lang)}\n" for text in told_of(formation, keys))
    return f"{heading_of(formation).say(lang)}\n{table}{lines}"


def with_rests_named(frame: "pd.DataFrame", formation: "Formation | None") -> "pd.DataFrame":
    """Return a frame for people that calls what is left of divided units in their language.

    Parameters
    ----------
    frame
        Rows with `unit_code`, and the name of that unit in `unit_name`, else in `name`.
    formation
        The units of the day; None where these are the plan's.
    """
    if formation is None:
        return frame
    lang, rests = chosen_language(), formation.rests
    column = "unit_name" if "unit_name" in frame else "name"
    named = frame["unit_code"].map({key: title.say(lang) for key, title in rests.items()})
    return frame.assign(**{column: named.where(named.notna(), frame[column])})


def with_former_units(frame: "pd.DataFrame", formation: "Formation") -> "pd.DataFrame":
    """Return criteria in which `parts` tells people how each former unit stands.

    Parameters
    ----------
    frame
        Criteria by the units of the day.
    formation
        These units.
    """
    import pandas as pd

    cells = zip(frame["parts"], frame["unheld"], strict=True)
    told = (_told(parts, unheld, formation) for parts, unheld in cells)
    return frame.assign(parts=pd.Series(list(told), index=frame.index, dtype=object))


def later_cells(formation: "Formation | None", codes: Collection[str]) -> dict[str, str]:
    """Return columns that say what the plan's units are in on the day; none by the plan's units.

    Parameters
    ----------
    formation
        The units of the day.
    codes
        Units of the plan; the district among them stays what it is.
    """
    if formation is None:
        return {}
    keys = list(dict.fromkeys(formation.keys[code] for code in codes if code in formation.keys))
    return {
        "later_unit_codes": "|".join(keys),
        "later_unit_names": "|".join(formation.names[key] for key in keys),
        "units_day": formation.day.isoformat(),
    }


def _told(parts: str, unheld: Any, formation: "Formation") -> str | None:  # noqa: ANN401 (a cell)
    """Return "Lơ Ku: duy trì đạt; thị trấn Kbang: không xét", nothing for a unit by itself."""
    from ntm_geo.changes import called
    from ntm_geo.labels import word_of

    lang = chosen_language()
    held = [part.split("=") for part in parts.split("|")]
    pairs = [(code, word_of("status", status, lang)) for code, status in held]
    if isinstance(unheld, str):
        pairs += [(code, _UNHELD.say(lang)) for code in unheld.split("|")]
    units = formation.plan_units
    named = [(called(units[code]).say(lang), word) for code, word in pairs if code in units]
    return "; ".join(f"{name}: {word}" for name, word in named) if len(named) > 1 else None
