"""What tells the documents that a plan cites apart: number, kind, symbol and issuer."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ntm_geo.audit.plan import Plan
from ntm_geo.audit.words import gather
from ntm_geo.model import Statement, Subject
from ntm_geo.model.facts import facts_of
from ntm_geo.names import bare_key, split_kind, write_out

_CALLED = {"ttg": "thutuong", "hdnd": "hoidongnhandan", "ubnd": "uybannhandan"}
"""Whose documents carry which letters (Decree 30/2020/NĐ-CP on clerical work)."""
_SYMBOL = re.compile(r"\s*0*(\d+)\s*(?:/\s*((?:19|20)\d\d)\s*(?=/))?(.*)")
"""A number, the year that binding documents carry, and the letters of kind and organ."""


class Document(NamedTuple):
    """A document as one citation names it.

    Parameters
    ----------
    number
        Without leading zeros; the whole symbol where that begins with no number.
    year
        The year in its symbol, empty where there is none.
    letters
        Bare letters of its kind, its organ and whoever drew it up.
    issuer
        The issuer's key, empty where none is named.
    """

    number: str
    year: str
    letters: tuple[str, ...]
    issuer: str

    @property
    def kind(self) -> str:
        """The letters of its kind: decision, resolution, plan."""
        return self.letters[0] if self.letters else ""

    @property
    def organ(self) -> str | None:
        """The letters of the organ whose symbol it is, None where they are not known."""
        return next((each for each in self.letters[:2] if each in _CALLED), None)

    @property
    def symbol(self) -> str:
        """The symbol, whose dashes, case and leading zeros do not count."""
        return "".join((self.number, self.year, *self.letters))

    @property
    def is_of_other(self) -> bool:
        """Whether its symbol is another organ's than its issuer's."""
        return bool(self.organ and self.issuer) and _CALLED[self.organ or ""] not in self.issuer

    @property
    def told_issuer(self) -> str:
        """The key of its issuer, or of the organ that its symbol tells where none is named."""
        return self.issuer or _CALLED.get(self.organ or "", "")


def dated(plan: Plan) -> Iterator[Statement]:
    """Yield the citations of which symbol and day are known."""
    wanted = {"symbol", "date"}
    return (s for s in plan.said(Subject.DECISION_CITATION) if wanted <= set(facts_of(s)))


def document_of(plan: Plan, s: Statement) -> Document:
    """Return the document that a citation names."""
    facts = facts_of(s)
    found = _SYMBOL.fullmatch(facts["symbol"])
    number, year, rest = found.groups() if found else (bare_key(facts["symbol"]), None, "")
    letters = tuple(bare_key(each) for each in re.findall(r"\w+", rest))
    return Document(number, year or "", letters, _issuer_key(plan, facts.get("issuer", "")))


def _issuer_key(plan: Plan, name: str) -> str:
    """Return an issuer written out, without its head's title and this district's own names."""
    key = bare_key(write_out(name)).removeprefix("chutich")
    district = plan.record.project.district
    province = re.sub("^(tinh|thanhpho)", "", bare_key(district.province))
    for own in (bare_key(split_kind(district.name)[1]), province):
        key = key.removesuffix(own)
    return key


def is_part_of(shorter: str, longer: str) -> bool:
    """Whether an issuer's key may be a shorter name of another: "UBND", of any committee.

    "UBND tỉnh", "UBND huyện" without a name are those of this district, and of no other.
    """
    return longer.startswith(shorter) and not shorter.endswith(("tinh", "huyen"))


def by_issuer(plan: Plan, statements: Sequence[Statement]) -> list[list[Statement]]:
    """Put citations of one issuer together; a shorter name goes with the longer one.

    It goes with none where it can be that of several; so does a symbol without an issuer.
    """
    said = gather(statements, lambda s: document_of(plan, s).told_issuer)
    longer = {key: [each for each in said if each != key and is_part_of(key, each)] for key in said}
    groups = {key: list(said[key]) for key in said if not longer[key]}
    for key, of in said.items():
        homes = [each for each in longer[key] if each in groups]
        if len(homes) == 1:
            groups[homes[0]] += of
    return list(groups.values())


def issuer_of(plan: Plan, statements: Iterable[Statement]) -> str:
    """Return the key of the issuer of one document: the longest of those that are told."""
    keys = sorted(document_of(plan, s).told_issuer for s in statements)
    return max(keys, key=len)
