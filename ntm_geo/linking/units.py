"""Link the features of a file to units: by code, by name, or by size and place."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ntm_geo.errors import Text
from ntm_geo.labels import format_number
from ntm_geo.linking.columns import find_columns, text_of
from ntm_geo.linking.evidence import gather
from ntm_geo.linking.links import (
    By,
    Link,
    Sure,
    ask_which,
    close_spellings,
    link_to,
    told_link,
    which_one,
    with_conflicts,
)
from ntm_geo.linking.recognition import recognise
from ntm_geo.names import find_fits, listed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    import geopandas as gpd

    from ntm_geo.linking.columns import Columns
    from ntm_geo.linking.evidence import Evidence
    from ntm_geo.linking.sets import KnownUnit, UnitSet
    from ntm_geo.names import Named


def link_units(
    features: gpd.GeoDataFrame,
    units: UnitSet,
    *,
    others: Sequence[UnitSet] = (),
    columns: Columns | None = None,
    told: Mapping[Hashable, str | None] = MappingProxyType({}),
) -> tuple[Link, ...]:
    """Find the unit that each feature is.

    Parameters
    ----------
    features
        In any CRS: polygons, or points such as seats.
    units
        The units that are expected. A name is looked for among these only: leave the district out.
    others
        The units of other days. Where the file holds those, nothing is linked; to take them under
        their own validity, ask again with that set as `units`.
    columns
        Where code, name and kind stand; None finds them.
    told
        What somebody has said of features by label: a code of `units`, or None for no unit.
        Several that are all said to be one unit are its parts.

    Returns
    -------
    links
        One for each feature, in the order of the frame. A code is only ever set where the evidence
        has one answer; a unit that two features claim is given to neither.

    Raises
    ------
    CrsError
        The features do not state their CRS.
    KeyError
        The frame has not the columns that were given.
    """
    sets = (units, *others)
    if columns is None:
        columns = find_columns(features, [named for one in sets for named in one.named])
    evidence = gather(features, columns)
    recognised = recognise(evidence, sets)
    if recognised.units is not units:
        sure = Sure.AMBIGUOUS if recognised.units is None else Sure.NONE
        return tuple(
            Link(feature=one.feature, found=one.found, sure=sure, why=recognised.why)
            for one in evidence
        )
    links = [
        told_link(one.feature, one.found, told[one.feature])
        if one.feature in told
        else _with_other_column(_link(one, units), one, units, cells)
        for one, cells in zip(evidence, _cells(features, columns), strict=True)
    ]
    names = {named.code: named for named in units.named}
    linked = with_conflicts(
        links, names, lambda some: None if set(some) <= told.keys() else which_one(some)
    )
    return _without_namesakes(linked, evidence, units)


def units_without_feature(links: Iterable[Link], units: UnitSet) -> tuple[str, ...]:
    """Return the codes of the units that no feature is, and that none is a candidate for."""
    seen = {code for link in links for code in (link.code, *link.candidates)}
    return tuple(unit.code for unit in units.units if unit.code not in seen)


LEAST_NAMESAKE_SHARE = 0.2
"""What is smaller than this share of a unit may be a part of it that lies apart, not a namesake."""


def _without_namesakes(
    links: Sequence[Link], evidence: Sequence[Evidence], units: UnitSet
) -> tuple[Link, ...]:
    """Ask nothing about units elsewhere that are called like one that another feature is."""
    areas_km2 = {unit.code: unit.area_km2 for unit in units.units}
    by_code = {link.code: link.feature for link in links if link.code is not None}

    def is_namesake(link: Link, one: Evidence) -> bool:
        if link.sure != Sure.AMBIGUOUS or link.rivals or one.area_km2 is None:
            return False
        sizes = [areas_km2[code] for code in link.candidates]
        return all(code in by_code for code in link.candidates) and all(
            size is not None and one.area_km2 > LEAST_NAMESAKE_SHARE * size for size in sizes
        )

    def other(link: Link) -> Link:
        taken = ", ".join(str(by_code[code]) for code in link.candidates)
        why = Text(
            f"đơn vị khác cùng tên: đơn vị của huyện là đối tượng {taken}",
            f"another unit of this name: the district's is feature {taken}",
        )
        return replace(link, sure=Sure.NONE, by=None, why=why, candidates=())

    pairs = zip(links, evidence, strict=True)
    return tuple(other(link) if is_namesake(link, one) else link for link, one in pairs)


def _link(one: Evidence, units: UnitSet) -> Link:
    coded = one.unit_of_code(units)
    if coded is not None:
        return _by_code(one, coded, units)
    fits = one.fits(units)
    if fits.things:
        return _by_name(one, units, fits.things, is_exact=fits.is_exact)
    return _by_place(one, units)


def _cells(features: gpd.GeoDataFrame, columns: Columns) -> Iterable[dict[str, object]]:
    """Return what each feature has in the columns that it is not linked by."""
    used = {features.geometry.name, columns.name, columns.code, columns.kind}
    besides = [name for name in features.columns if name not in used]
    rows = features[besides].itertuples(index=False, name=None)
    return (dict(zip(map(str, besides), row, strict=True)) for row in rows)


def _with_other_column(
    link: Link, one: Evidence, units: UnitSet, cells: Mapping[str, object]
) -> Link:
    """Add to a question the column that names another unit, which is the one at this place."""
    if link.sure != Sure.AMBIGUOUS:
        return link
    own = one.fits(units).things
    there = [unit.named for unit in units.units if one.is_at(unit)]
    for column, value in cells.items():
        things = find_fits(text_of(value), there).things
        if things and not set(things) & set(own):
            name = listed(things)
            why = Text(
                f"{link.why.vi} Cột «{column}» ghi {name}: nếu tên ở cột ấy thì --match {column}",
                f"{link.why.en} Column '{column}' has {name}: if names stand there, --match "
                f"{column}",
            )
            return replace(link, why=why)
    return link


def _by_code(one: Evidence, coded: KnownUnit, units: UnitSet) -> Link:
    things = one.fits(units).things
    if things and coded.code not in {thing.code for thing in things}:
        said, meant = listed([coded.named]), listed(things)
        why = Text(
            f"mã là của {said} nhưng tên là của {meant}: mã hay tên đúng?",
            f"the code is that of {said}, but the name that of {meant}: which of them is right?",
        )
        return _ambiguous(one, By.CODE, [coded.named, *things], why)
    place = one.is_at(coded)
    if place is False:
        return _elsewhere(one, By.CODE, coded, units)
    if things and place:
        why = Text("mã, tên, diện tích và vị trí khớp", "code, name, size and place agree")
    elif things:
        why = Text("mã và tên khớp", "code and name agree")
    elif place:
        why = Text("mã, diện tích và vị trí khớp", "code, size and place agree")
    else:
        why = Text("chỉ có mã khớp", "only the code fits")
        return _found(one, coded, By.CODE, Sure.LIKELY, why)
    return _found(one, coded, By.CODE, Sure.CERTAIN, why)


def _by_name(one: Evidence, units: UnitSet, things: Sequence[Named], *, is_exact: bool) -> Link:
    # A tone that was lost makes one name of the other: all that differ by tones only are meant.
    codes = [*(thing.code for thing in things), *sorted(one.twins(units))]
    pool = [unit for code in dict.fromkeys(codes) for unit in units.units if unit.code == code]
    there = [unit for unit in pool if one.is_at(unit)]
    open_ = [unit for unit in pool if one.is_at(unit) is not False]
    if len(pool) == 1:
        if not open_:
            return _elsewhere(one, By.NAME, pool[0], units)
        if is_exact or there:
            why = (
                Text("tên, diện tích và vị trí khớp", "name, size and place agree")
                if there
                else Text("tên khớp, và không tên nào giống", "the name fits, and no other is like")
            )
            return _found(one, pool[0], By.NAME, Sure.CERTAIN, why)
        why = Text("tên khớp khi bỏ dấu", "the name fits without its tones")
        return _found(one, pool[0], By.NAME, Sure.LIKELY, why)
    names = listed(unit.named for unit in pool)
    if len(there) == 1 and open_ == there:
        why = Text(
            f"tên có thể là {names}; diện tích và vị trí chỉ khớp một đơn vị",
            f"the name can be {names}; size and place fit one of them only",
        )
        return _found(one, there[0], By.NAME, Sure.LIKELY, why)
    why = Text(
        f"tên «{one.name}» có thể là {names}: là đơn vị nào?",
        f"the name '{one.name}' can be {names}: which one is it?",
    )
    return _ambiguous(one, By.NAME, [unit.named for unit in pool], why)


def _by_place(one: Evidence, units: UnitSet) -> Link:
    there = [unit.named for unit in units.units if one.is_at(unit)]
    kind_of = [named for named in units.named if one.kind in (None, named.kind)]
    near = close_spellings(one.name, kind_of) or close_spellings(one.name, units.named)
    # A point lies near the centres of several units; only a size can tell them apart.
    is_clear = len(there) == 1 and one.area_km2 is not None
    if is_clear and (not one.name or there[0] in near):
        known = next(unit for unit in units.units if unit.named in there)
        why = (
            Text("tên viết gần giống; diện tích và vị trí khớp", "a close name; size and place fit")
            if one.name
            else Text("không có tên; diện tích và vị trí khớp", "no name; size and place fit")
        )
        return _found(one, known, By.PLACE, Sure.LIKELY, why)
    what = (
        Text(f"không có đơn vị nào tên «{one.found}»", f"no unit is called '{one.found}'")
        if one.found
        else Text("không có tên và mã", "there is neither name nor code")
    )
    if not there and not near:
        size = _size(one)
        why = Text(
            f"{what.vi}, và không đơn vị nào có diện tích và vị trí này{size.vi}",
            f"{what.en}, and no unit has this size and place{size.en}",
        )
        return Link(feature=one.feature, found=one.found, why=why)
    open_ = {unit.code for unit in units.units if one.is_at(unit) is not False}
    if not there and not open_ & {named.code for named in near}:
        names = listed(near)
        why = Text(
            f"{what.vi}; viết gần giống có {names}, nhưng diện tích hoặc vị trí không khớp",
            f"{what.en}; spelled nearly so is {names}, but size or place do not fit",
        )
        codes = tuple(thing.code for thing in near)
        return Link(
            feature=one.feature, found=one.found, sure=Sure.CLOSE, why=why, candidates=codes
        )
    candidates = list(dict.fromkeys([*near, *there]))
    names = listed(candidates)
    why = Text(f"{what.vi}; có phải {names} không?", f"{what.en}; is it {names}?")
    return _ambiguous(one, By.NAME if near else By.PLACE, candidates, why)


def _size(one: Evidence) -> Text:
    """Return how large a feature is, to go behind a sentence; nothing where it is no area."""
    if one.area_km2 is None:
        return Text("", "")
    figures = (format_number(round(one.area_km2, 3), lang) for lang in ("vi", "en"))
    return Text(*(f" ({figure} km²)" for figure in figures))


def _elsewhere(one: Evidence, by: By, unit: KnownUnit, units: UnitSet) -> Link:
    """Ask about a feature that is called a unit, but has not its size or place."""
    there = [other.named for other in units.units if one.is_at(other)]
    name = listed([unit.named])
    vi, en = _size(one)
    what, also = ("mã", "code") if by == By.CODE else ("tên", "name"), listed(there)
    why = Text(
        f"{what[0]} là của {name}, nhưng diện tích hoặc vị trí không khớp{vi}"
        + (f"; có phải {also} không?" if there else ": có đúng đơn vị này không?"),
        f"the {what[1]} is that of {name}, but size or place do not fit{en}"
        + (f"; is it {also}?" if there else ": is it this unit?"),
    )
    return _ambiguous(one, by, [unit.named, *there], why)


def _found(one: Evidence, unit: KnownUnit, by: By, sure: Sure, why: Text) -> Link:
    return link_to(one.feature, one.found, unit.code, by=by, sure=sure, why=why)


def _ambiguous(one: Evidence, by: By, things: Iterable[Named], why: Text) -> Link:
    return ask_which(one.feature, one.found, (thing.code for thing in things), by=by, why=why)
