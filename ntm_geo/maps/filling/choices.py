"""What each filter of the page can be set to: nothing that would leave no row in any case."""

from collections.abc import Iterable, Mapping

from ntm_geo.errors import Text
from ntm_geo.join import District
from ntm_geo.maps.filling.tables import layers_of, offices_of, sets_of
from ntm_geo.maps.page_data import ChoiceData, SetData
from ntm_geo.maps.texts import TEXTS

IDLE = "none"
"""Stands for the status of what has no work this year."""


def choices(
    district: District, *, words: Mapping[str, Mapping[str, Text]], name: Text
) -> dict[str, tuple[ChoiceData, ...]]:
    """Return the choices of each filter, in the record's order.

    Parameters
    ----------
    district
        What the page shows.
    words
        Words of the closed lists.
    name
        How the district as a whole is called.
    """
    works, assets, units = district.works, district.assets, district.units
    idle = assets.loc[~assets["asset_id"].isin(works["asset_id"]), "unit_code"]
    places = {*works["unit_code"], *idle}
    units_by_code = dict(zip(units["unit_code"], units["name"], strict=True))
    named = {code: Text(unit, unit) for code, unit in units_by_code.items()}
    if district.formation is not None:
        named |= {key: title for key, title in district.formation.rests.items() if key in named}
    named[district.project.district.code] = name
    kinds = set(works["kind"])
    answering = {office for cell in works["office"].dropna() for office in cell.split("|")}
    return {
        "status": _of([*words["status"].items(), (IDLE, TEXTS["no_works"])]),
        "layer": _of((one.layer, words["layer"][one.layer]) for one in layers_of(district)),
        "unit": _of((code, named[code]) for code in named if code in places),
        "kind": _of((kind, words["kind"][kind]) for kind in words["kind"] if kind in kinds),
        "criterion": _of(_criteria(sets_of(district), set(district.criteria["criterion"]))),
        "office": _of(
            (o.office_id, o.name) for o in offices_of(district) if o.office_id in answering
        ),
    }


def _of(pairs: Iterable[tuple[str, Text]]) -> tuple[ChoiceData, ...]:
    return tuple(ChoiceData(value=value, label=label) for value, label in pairs)


def _criteria(sets: Iterable[SetData], planned: set[str]) -> Iterable[tuple[str, Text]]:
    """Yield each set as a whole, and those of its criteria that the plan speaks of."""
    for one in sets:
        yield one.set_id, one.name
        for number in range(1, one.count + 1):
            key = f"{one.set_id}:{number}"
            if key in planned:
                yield key, _criterion(one, number)


def _criterion(of: SetData, number: int) -> Text:
    """Return "2. Giao thông (Xã nông thôn mới)", as `criterion` in static/words.js."""
    name = of.criteria[number - 1] if of.criteria else None
    vi, en = (f"{number}. {name.vi}", f"{number}. {name.en}") if name else (f"{number}",) * 2
    return Text(f"{vi} ({of.name.vi})", f"{en} ({of.name.en})")
