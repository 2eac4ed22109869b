"""Names of units in sentences, spelled as neither the record nor any alias has them."""

import re
from collections.abc import Iterable

from ntm_geo.audit.plan import Plan
from ntm_geo.audit.words import unique
from ntm_geo.encodings import clean
from ntm_geo.names import bare_key, fold

_OTHER_PLACES = re.compile(
    r"(?:tỉnh|huyện|thị xã|thành phố|thôn|làng|bản|buôn|bon|plei)\s+$", re.IGNORECASE
)
"""After these words stands the name of no commune: other places may be called nearly alike."""
_KIND = re.compile(r"(?:xã|phường|thị trấn)\s+$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s+(?=\w)")
_NEW_TONES = {
    old: new
    for olds, news in (("oàoáoảoãoạ", "òaóaỏaõaọa"), ("oèoéoẻoẽoẹ", "òeóeỏeõeọe"),
                       ("uỳuýuỷuỹuỵ", "ùyúyủyũyụy"))
    for old, new in zip(re.findall("..", olds), re.findall("..", news), strict=True)
}  # fmt: skip
_OLD_TONE = re.compile(rf"(?<!q)({'|'.join(_NEW_TONES)})(?!\w)")


def odd_names(plan: Plan) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return spellings of units' names that only tones and marks tell from the record's.

    Where a tone stands ("Hoà", "Hòa") is a matter of style. A name of one word must have the word
    for its kind before it: "đồng" is most often no "Đông". Names that two units share without their
    tones are left out.

    Returns
    -------
    spellings
        By unit, each spelling with the clauses in which it stands.
    """
    owners: dict[str, set[str]] = {}
    known: set[str] = set()
    for unit in plan.record.units:
        for name in (unit.name, *unit.aliases):
            known.add(_key(name))
            owners.setdefault(_plain(clean(name)), set()).add(unit.unit_code)
    alone = _of_one_unit(owners)
    if not alone:
        return {}
    longest_first = sorted(alone, key=len, reverse=True)
    names = "|".join(f"({_pattern(name)})" for name in longest_first)
    called = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for s in plan.record.statements:
        text = clean(s.text)
        for match in called.finditer(_plain(text)):
            spelled = text[match.start() : match.end()]
            if _key(spelled) not in known and _is_of_unit(text, match.start(), match.end()):
                name = longest_first[(match.lastindex or 1) - 1]
                of_unit = found.setdefault(alone[name], {})
                of_unit[spelled] = unique((*of_unit.get(spelled, ()), s.clause))
    return found


def _of_one_unit(owners: dict[str, set[str]]) -> dict[str, str]:
    """Return the names that without tones are those of one unit, with its code."""
    codes: dict[str, set[str]] = {}
    for name, units in owners.items():
        codes.setdefault(bare_key(name), set()).update(units)
    return {name: min(of) for name, of in owners.items() if len(codes[bare_key(name)]) == 1}


def _plain(text: str) -> str:
    """Return text without case, tones and marks, letter for letter."""
    return "".join(bare if len(bare := bare_key(c)) == 1 else c for c in text)


def _key(name: str) -> str:
    lower = clean(name).casefold()
    return fold(_OLD_TONE.sub(lambda found: _NEW_TONES[found[1]], lower))


def _pattern(name: str) -> str:
    words: Iterable[str] = (re.sub(r"[^\w]", "['’-]?", word) for word in name.split())
    return r"[\s-]*".join(words)


def _is_of_unit(text: str, start: int, end: int) -> bool:
    """Whether what stands there is meant as the name of a commune, ward or town."""
    before, spelled = text[:start], text[start:end]
    goes_on = _GOES_ON.match(text, end)
    if not spelled[0].isupper() or (goes_on and text[goes_on.end()].isupper()):
        return False
    is_told = bool(_KIND.search(before)) or len(spelled.split()) > 1
    return is_told and not _OTHER_PLACES.search(before)
