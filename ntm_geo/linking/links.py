"""One feature and what it was found to be, in words that an answer can be given to."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from ntm_geo.errors import Text
from ntm_geo.names import Named, bare_key, listed, split_kind


class By(StrEnum):
    """What a link goes by; the first that there is counts."""

    TOLD = "told"
    CODE = "code"
    NAME = "name"
    PLACE = "place"


class Sure(StrEnum):
    """How sure a link is.

    Certain: somebody has said so, two kinds of evidence agree, or the name is spelled as it is
    known and no other is like it. Likely: one kind of evidence, and nothing speaks against it.
    Ambiguous: it fits several things, or one thing in part, and only a person can say. Close:
    nothing fits, and what is spelled nearly so or lies near is named, no more. None: there is not
    even that.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    CLOSE = "close"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Link:
    """One feature and the unit or asset that it was found to be.

    Parameters
    ----------
    feature
        Its label in the index of the features.
    found
        What the file calls it; empty where it has no name.
    code
        The unit's code or the asset's id; None where only a person can say, or nothing fits.
    by
        What it was found by; None where nothing fits.
    sure
        How sure that is.
    why
        The reason; where it is ambiguous, the question.
    candidates
        Codes of everything that it can be, the likeliest first.
    rivals
        Other features that claim the same unit or asset.
    far_from
        Codes of the units that it should lie in, so far off that its CRS may be wrong.
    """

    feature: Hashable
    found: str
    code: str | None = None
    by: By | None = None
    sure: Sure = Sure.NONE
    why: Text
    candidates: tuple[str, ...] = ()
    rivals: tuple[Hashable, ...] = ()
    far_from: frozenset[str] = frozenset()


_MOST_NEAR = 3
_CLOSE = 0.75
"""Share of letters that two spellings have in common, from which on one may be meant for the
other: a candidate, never more."""


def close_spellings(text: str, named: Sequence[Named]) -> tuple[Named, ...]:
    """Return what is spelled nearly like a text, the closest first: candidates, no more.

    Examples
    --------
    >>> close_spellings("Sơn Hạa", [Named("1", "commune", ("Sơn Hạ",))])[0].code
    '1'
    """
    by_key: dict[str, list[Named]] = defaultdict(list)
    for thing in named:
        for spelling in thing.spellings:
            by_key[bare_key(spelling)].append(thing)
    wanted = bare_key(split_kind(text)[1])
    near = get_close_matches(wanted, by_key, n=_MOST_NEAR, cutoff=_CLOSE)
    return tuple(dict.fromkeys(thing for key in near for thing in by_key[key]))


def told_link(feature: Hashable, found: str, code: str | None) -> Link:
    """Return what somebody has said of a feature; None says that it is nothing of the district."""
    if code is None:
        why = Text("bỏ ra theo lệnh", "left out as told")
        return Link(feature=feature, found=found, by=By.TOLD, why=why)
    why = Text("theo lệnh", "as told")
    return link_to(feature, found, code, by=By.TOLD, sure=Sure.CERTAIN, why=why)


def link_to(  # noqa: PLR0913 (what a link says)
    feature: Hashable, found: str, code: str, *, by: By, sure: Sure, why: Text
) -> Link:
    """Return the link of a feature to the one thing that it can be."""
    return Link(
        feature=feature, found=found, code=code, by=by, sure=sure, why=why, candidates=(code,)
    )


def ask_which(feature: Hashable, found: str, codes: Iterable[str], *, by: By, why: Text) -> Link:
    """Return the question that a feature is where only a person can say, the likeliest first."""
    candidates = tuple(dict.fromkeys(codes))
    return Link(
        feature=feature, found=found, by=by, sure=Sure.AMBIGUOUS, why=why, candidates=candidates
    )


Clash = Callable[[Sequence[Hashable]], Text | None]
"""Says why features cannot be one thing together; None where they can."""


def which_one(features: Sequence[Hashable]) -> Text | None:
    """Say that only one of several features can be a thing."""
    return Text("giữ đối tượng nào?", "which one is to be kept?") if len(features) > 1 else None


def with_conflicts(
    links: Sequence[Link], names: Mapping[str, Named], clash: Clash = which_one
) -> tuple[Link, ...]:
    """Take back all links to what several features claim that clash; each shows the others."""
    claims: dict[str, list[Hashable]] = defaultdict(list)
    for link in links:
        if link.code is not None:
            claims[link.code].append(link.feature)
    clashes = {code: why for code, features in claims.items() if (why := clash(features))}
    return tuple(
        _conflict(link, claims[link.code], names[link.code], clashes[link.code])
        if link.code in clashes
        else link
        for link in links
    )


def _conflict(link: Link, features: Sequence[Hashable], thing: Named, why: Text) -> Link:
    rivals = tuple(feature for feature in features if feature != link.feature)
    numbers = ", ".join(str(feature) for feature in features)
    name = listed([thing])
    return replace(
        link,
        code=None,
        sure=Sure.AMBIGUOUS,
        why=Text(
            f"{len(features)} đối tượng ({numbers}) cùng là {name}: {why.vi}",
            f"{len(features)} features ({numbers}) are all {name}: {why.en}",
        ),
        candidates=(thing.code,),
        rivals=rivals,
    )
