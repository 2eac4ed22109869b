"""The asset that a feature is by its name within its unit, and how far off its place may speak."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ntm_geo.errors import Text
from ntm_geo.labels import format_number
from ntm_geo.linking.asset_names import unit_in_name
from ntm_geo.linking.links import By, Link, Sure, ask_which, link_to
from ntm_geo.names import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ntm_geo.errors import Lang
    from ntm_geo.linking.known_assets import Arrival, Called, KnownAsset, KnownAssets

FAR_M = 1000.0
"""What lies so far outside of its unit speaks against an id or a name, and for a wrong CRS: the
boundaries that are at hand are off by some hundred metres [m]."""

_MOST_UNITS = 3
"""So many units are named in a question."""

_MOST_LISTED = 4
"""So many assets are named in a question; its answers list all."""


def by_name(one: Arrival, known: KnownAssets) -> Link | None:
    """Return what a feature is by its name, or the question; None where nothing is called so."""
    pool = known.of_kind(one)
    here = known.called(one.name, [asset for asset in pool if known.is_in(asset, one.units)])
    if len(here.assets) != 1:
        meant = _open(one, known, here) or _open(one, known, known.called(one.name, pool))
        if not meant:
            return None
        return _none_in_this_part(one, meant, known) or _which(one, meant, known)
    (asset,) = here.assets
    # Where the file says one unit and the place another, both are looked at.
    there = [other for other in pool if known.is_in(other, one.places)]
    others = known.called(one.name, there).assets
    if others and asset not in others and not one.is_in_name:
        return _here_or_there(one, asset, others, known)
    says_another = here.is_bare(asset) and unit_in_name(one.name) and not one.is_in_name
    if says_another or (here.names.is_open and not known.lies_in(one, asset)):
        return _which(one, [asset], known)
    return _named(one, known, asset, here)


def _open(one: Arrival, known: KnownAssets, called: Called) -> list[KnownAsset]:
    """Return what a question can be about.

    What has its name only but for its unit, such as every health station, is not meant where the
    file speaks of another unit, or where the feature is known to lie far from it.
    """
    says_none = one.said is None and not unit_in_name(one.name)
    spoken = one.before | (one.said or frozenset())

    def is_meant(asset: KnownAsset) -> bool:
        is_near = known.away_m(asset, one.shape) <= FAR_M
        is_there = known.lies_in(one, asset)
        return asset.unit in spoken or is_there or (says_none and is_near)

    return [asset for asset in called.assets if not called.is_bare(asset) or is_meant(asset)]


def _which(one: Arrival, assets: Sequence[KnownAsset], known: KnownAssets) -> Link:
    assets = list(dict.fromkeys(assets))
    far_m = {asset.id: known.away_m(asset, one.shape) for asset in assets}
    if min(far_m.values()) > FAR_M:
        why = far_off(one, known, assets[0]) if len(assets) == 1 else _all_far(assets, far_m)
        return asked(one, By.NAME, assets, why or Text("", ""), far=assets)
    listed = some_assets(assets)
    if len(assets) == 1 and far_m[assets[0].id] > 0:
        unit = known.unit(assets[0].unit)
        why = Text(
            f"tên «{one.name}» là của {listed}, nhưng hình nằm ngoài {unit}: có đúng không?",
            f"the name '{one.name}' is that of {listed}, but it lies outside of {unit}: is it so?",
        )
        return asked(one, By.NAME, assets, why)
    units = ", ".join(known.unit(code) for code in sorted(one.said or ()))
    # Where no boundary is known, it may be any of them: no use in a list.
    at = (
        Text(f", theo tệp ở {units},", f", in {units} as the file has it,")
        if 0 < len(one.said or ()) <= _MOST_UNITS
        else Text("", "")
    )
    why = Text(
        f"tên «{one.name}»{at.vi} có thể là {listed}: là đối tượng nào?",
        f"the name '{one.name}'{at.en} can be {listed}: which one is it?",
    )
    return asked(one, By.NAME, assets, why)


def _none_in_this_part(
    one: Arrival, assets: Sequence[KnownAsset], known: KnownAssets
) -> Link | None:
    """Name what the other parts of a later unit have, where the feature's own part has nothing.

    It lies where the file says, so that nothing speaks for a wrong CRS.
    """
    part = _part_at(one, known)
    if part is None or min(known.away_m(asset, one.shape) for asset in assets) <= FAR_M:
        return None
    others = some_assets(assets)
    why = Text(
        f"hình {part.vi}, một phần của đơn vị ghi trong tệp; ở đó hồ sơ không có gì tên "
        f"«{one.name}»; các phần khác có {others}",
        f"it {part.en}, a part of the unit that the file says; the record has nothing called "
        f"'{one.name}' there; the other parts have {others}",
    )
    link = ask_which(one.label, one.found, (asset.id for asset in assets), by=By.NAME, why=why)
    return replace(link, sure=Sure.CLOSE)


def _part_at(one: Arrival, known: KnownAssets) -> Text | None:
    """Say in which part of the later unit that the file says a feature lies; None where in none."""
    parts = [
        code
        for code in one.places & one.before
        if code in known.unit_names and known.away_of_unit_m(code, one.shape) == 0
    ]
    if not parts:
        return None
    unit = listed(named for named in known.named if named.code in parts)
    if known.drawn.keys() >= set(parts):
        return Text(f"nằm ở {unit}", f"lies in {unit}")
    return Text(f"có thể nằm ở {unit}", f"may lie in {unit}")


def _here_or_there(
    one: Arrival, asset: KnownAsset, others: Sequence[KnownAsset], known: KnownAssets
) -> Link:
    """Ask which of two units counts: the one that the file says, or the one that it lies in."""
    far = far_off(one, known, asset)
    if far is None:
        return _which(one, [asset, *others], known)
    listed = some_assets(others)
    why = Text(f"{far.vi} Hay là {listed}?", f"{far.en} Or is it {listed}?")
    return asked(one, By.NAME, [asset, *others], why, far=[asset])


def _all_far(assets: Sequence[KnownAsset], far_m: dict[str, float]) -> Text:
    def told(lang: Lang) -> str:
        some = [f"{listed_assets([a])} {_km(far_m[a.id], lang)} km" for a in assets[:_MOST_LISTED]]
        return ", ".join(some) + _more(assets)

    return Text(
        f"nằm xa mọi đơn vị có tên này: {told('vi')}; sai hệ tọa độ, hay là một trong số đó?",
        f"it lies far from all units that have the name: {told('en')}; is the CRS wrong, or is it "
        "one of them?",
    )


def far_off(one: Arrival, known: KnownAssets, asset: KnownAsset) -> Text | None:
    """Ask about what lies far outside of its unit; None where it does not."""
    away_m = known.away_m(asset, one.shape)
    if away_m <= FAR_M:
        return None
    vi, en = (_km(away_m, lang) for lang in ("vi", "en"))
    name, unit = listed_assets([asset]), known.unit(asset.unit)
    part = _part_at(one, known)
    if part is not None:
        return Text(
            f"ghi là {name}, nhưng {part.vi}, cũng là một phần của đơn vị ghi trong tệp: có đúng "
            "không?",
            f"it is said to be {name}, but {part.en}, which is a part of the unit that the file "
            "says, too: is it so?",
        )
    where = Text(f"cách ranh giới {unit} {vi} km", f"{en} km from the boundary of {unit}")
    if asset.unit not in known.drawn:
        where = Text(
            f"xa {unit}, ít nhất {vi} km theo sơ họa", f"at least {en} km off the sketch of {unit}"
        )
    return Text(
        f"ghi là {name}, nhưng nằm {where.vi}: sai hệ tọa độ, hay đúng chỗ này?",
        f"it is said to be {name}, but lies {where.en}: is the CRS wrong, or is the place right?",
    )


def _named(one: Arrival, known: KnownAssets, asset: KnownAsset, called: Called) -> Link:
    far = far_off(one, known, asset)
    if far is not None:
        return asked(one, By.NAME, [asset], far, far=[asset])
    if not known.is_in(asset, one.places):
        unit = known.unit(asset.unit)
        why = Text(
            f"tên và đơn vị ghi trong tệp khớp, nhưng hình nằm ngoài {unit}",
            f"name and unit fit as the file has them, but it lies outside of {unit}",
        )
        return found(one, asset, By.NAME, Sure.LIKELY, why)
    is_said = asset.unit in (one.said or ())
    if called.names.is_exact:
        return found(one, asset, By.NAME, Sure.CERTAIN, _why_exact(one, known, asset, is_said))
    where = Text("không tên nào khác khớp", "no other name fits")
    if is_said:
        where = Text("đơn vị theo tệp", "the file says the unit")
    elif known.lies_in(one, asset):
        where = Text("hình nằm trong đơn vị", "it lies in the unit")
    if called.names.is_short:
        kind = Text(
            f"tên «{one.name}» là «{asset.name}» viết gọn: cùng loại, đúng tên đơn vị, và đơn vị "
            "ấy chỉ có một",
            f"'{one.name}' is short for '{asset.name}': of the same kind, just the unit's name, "
            "and the only one of that unit",
        )
    else:
        kind = Text(
            f"tên «{one.name}» gần khớp «{asset.name}»",
            f"the name '{one.name}' fits '{asset.name}' but for tones or a word",
        )
    why = Text(f"{kind.vi}; {where.vi}", f"{kind.en}; {where.en}")
    return found(one, asset, By.NAME, Sure.LIKELY, why)


def _why_exact(one: Arrival, known: KnownAssets, asset: KnownAsset, is_said: bool) -> Text:
    if is_said:
        return Text("tên và đơn vị ghi trong tệp khớp", "name and unit fit as the file has them")
    if known.lies_in(one, asset):
        return Text("tên khớp, và hình nằm trong đơn vị", "the name fits, and it lies in the unit")
    return Text("tên khớp, và không tên nào giống", "the name fits, and no other is like it")


def listed_assets(assets: Iterable[KnownAsset]) -> str:
    """Return assets with their ids, as a message lists them."""
    return ", ".join(f"{asset.name} ({asset.id})" for asset in assets)


def some_assets(assets: Sequence[KnownAsset]) -> str:
    """Return the first of some assets with their ids, and how many more there are."""
    return listed_assets(assets[:_MOST_LISTED]) + _more(assets)


def _more(assets: Sequence[KnownAsset]) -> str:
    return f", … (+{len(assets) - _MOST_LISTED})" if len(assets) > _MOST_LISTED else ""


def _km(metres: float, lang: Lang) -> str:
    return format_number(round(metres / 1000, 1), lang)


def found(one: Arrival, asset: KnownAsset, by: By, sure: Sure, why: Text) -> Link:
    """Return the link of a feature to an asset."""
    return link_to(one.label, one.found, asset.id, by=by, sure=sure, why=why)


def asked(
    one: Arrival,
    by: By,
    assets: Sequence[KnownAsset],
    why: Text,
    *,
    far: Sequence[KnownAsset] = (),
) -> Link:
    """Return the question which of some assets a feature is; it lies far off the units of some."""
    link = ask_which(one.label, one.found, (asset.id for asset in assets), by=by, why=why)
    return replace(link, far_from=frozenset(asset.unit for asset in far))
