"""Spellings that the record learns, and only when told."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from ntm_geo.encodings import clean, find_unclean, starts_formula
from ntm_geo.errors import Problem, Text
from ntm_geo.linking.links import Link
from ntm_geo.model import UnitKind
from ntm_geo.names import Named, bare_key, fold, listed, split_kind

LIST_MARK = "|"
"""Stands between the spellings in a cell of the record, so none of them can hold it."""


_MOST_LETTERS = 100


class Alias(NamedTuple):
    """A spelling to add to what is known of a unit or asset."""

    code: str
    spelling: str


class Learned(NamedTuple):
    """New spellings in the order of the links, and those that cannot be learned, each with why."""

    aliases: tuple[Alias, ...]
    refused: tuple[Problem, ...]


def learn(
    links: Iterable[Link],
    named: Sequence[Named],
    *,
    meant_by: Callable[[str], Collection[str]] = lambda _: (),
) -> Learned:
    """Return the spellings of linked features that are new to the record.

    Parameters
    ----------
    links
        As `link_units` or `link_assets` return them, those that are taken; others teach nothing.
    named
        Everything that is known, with its spellings.
    meant_by
        Returns the codes of everything that a spelling is taken for, beyond its bare letters.

    Returns
    -------
    learned
        A spelling that is known already is not among them. One whose bare letters something else
        has, too, is refused: from then on it would mean two things.
    """
    by_code = {thing.code: thing for thing in named}
    found: dict[tuple[str, str], Alias] = {}
    refused: dict[tuple[str, str], Problem] = {}
    for link in links:
        if link.code is None:
            continue
        code = link.code
        is_unit = by_code[code].kind in set(UnitKind)
        spelling = split_kind(link.found)[1] if is_unit else clean(link.found)
        key, bare = fold(spelling), bare_key(spelling)
        known = {fold(text) for text in by_code[code].spellings}
        if not key or key in known or spelling == code:
            continue
        codes = {t.code for t in named if bare in map(bare_key, t.spellings)}
        codes |= {alias.code for alias in found.values() if bare_key(alias.spelling) == bare}
        others = [by_code[other] for other in sorted((codes | {*meant_by(spelling)}) - {code})]
        if others:
            refused[code, key] = _two_meanings(spelling, by_code[code], others)
        elif not _is_name(spelling):
            refused[code, key] = _no_name(spelling)
        else:
            found.setdefault((code, key), Alias(code, spelling))
    return Learned(tuple(found.values()), tuple(refused.values()))


def _is_name(spelling: str) -> bool:
    """Tell whether a cell of the record can hold a spelling among others."""
    has_letters = any(map(str.isalpha, spelling)) and len(spelling) <= _MOST_LETTERS
    is_plain = find_unclean(spelling) is None and not starts_formula(spelling)
    return has_letters and is_plain and LIST_MARK not in spelling


def _two_meanings(spelling: str, thing: Named, others: Sequence[Named]) -> Problem:
    names = listed(dict.fromkeys([thing, *others]))
    return Problem(
        what=Text("cách viết này sẽ chỉ hai mục", "this spelling would mean two things"),
        found=spelling,
        allowed=Text(names, names),
        todo=Text("sửa tên trong tệp, hoặc dùng mã", "mend the name in the file, or use the code"),
    )


def _no_name(spelling: str) -> Problem:
    return Problem(
        what=Text("cách viết này không phải một tên", "this spelling is no name"),
        found=spelling,
        allowed=Text(
            f"chữ, không có dấu | và ký tự ẩn, không như công thức, tối đa {_MOST_LETTERS} chữ",
            f"letters, no | and no hidden ones, no formula, {_MOST_LETTERS} at most",
        ),
        todo=Text("sửa tên trong tệp", "mend the name in the file"),
    )
