"""Spellings that the record learns, and only when told."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ntm_geo.encodings import clean
from ntm_geo.errors import OptionError, Problem, Text, raise_all
from ntm_geo.linking.links import Link
from ntm_geo.names import Named, fold, listed, split_kind


class Alias(NamedTuple):
    """A spelling to add to what is known of a unit or asset."""

    code: str
    spelling: str


def learn(
    links: Iterable[Link], accepted: Mapping[Hashable, str], named: Sequence[Named]
) -> tuple[Alias, ...]:
    """Return the spellings that are new to the record, of the features that somebody has accepted.

    Parameters
    ----------
    links
        As `link_units` or `link_assets` return them.
    accepted
        For each feature that a person has decided, the code of what it is.
    named
        Everything that is known, with its spellings.

    Returns
    -------
    aliases
        In the order of the links; a spelling that is known already is not among them.

    Raises
    ------
    OptionError
        A code that there is not, or a spelling that would mean two things from then on.
    """
    by_code = {thing.code: thing for thing in named}
    found: dict[tuple[str, str], Alias] = {}
    problems: list[Problem] = []
    for link in links:
        code = accepted.get(link.feature)
        if code is None:
            continue
        spelling = clean(split_kind(link.found)[1])
        key = fold(spelling)
        if code not in by_code:
            problems.append(_no_such(code, named))
            continue
        known = {fold(text) for text in by_code[code].spellings}
        if not key or key in known or spelling == code:
            continue
        others = [t for t in named if t.code != code and key in {fold(s) for s in t.spellings}]
        others += [by_code[a.code] for a in found.values() if a.code != code and fold(a[1]) == key]
        if others:
            problems.append(_two_meanings(spelling, by_code[code], others))
        found.setdefault((code, key), Alias(code, spelling))
    raise_all(OptionError, problems)
    return tuple(found.values())


def _no_such(code: str, named: Sequence[Named]) -> Problem:
    codes = ", ".join(thing.code for thing in named)
    return Problem(
        what=Text("không có mã này", "there is no such code"),
        found=code,
        allowed=Text(codes, codes),
        todo=Text("chọn một mã trong danh sách", "choose one of the codes"),
    )


def _two_meanings(spelling: str, thing: Named, others: Sequence[Named]) -> Problem:
    names = listed(dict.fromkeys([thing, *others]))
    return Problem(
        what=Text("cách viết này sẽ chỉ hai mục", "this spelling would mean two things"),
        found=spelling,
        allowed=Text(names, names),
        todo=Text("sửa tên trong tệp, hoặc dùng mã", "mend the name in the file, or use the code"),
    )
