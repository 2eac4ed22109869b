"""How findings are worded: figures, quotes and lists in both languages."""

import itertools
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from ntm_geo.errors import Lang, Text
from ntm_geo.labels import format_clause, format_number
from ntm_geo.model import Statement
from ntm_geo.names import search_key

_LONGEST_QUOTE = 110
_MOST_QUOTES = 3
_Thing = TypeVar("_Thing")
_Key = TypeVar("_Key", bound=Hashable)

Part = Text | str | float
"""What a sentence is filled with: a text, a name or quote, or a figure."""


def _say(part: Part, lang: Lang) -> str:
    if isinstance(part, Text):
        return part.say(lang)
    return part if isinstance(part, str) else format_number(part, lang)


def fill(vi: str, en: str, **parts: Part) -> Text:
    """Fill the named fields of a sentence; figures are written as each language does.

    Examples
    --------
    >>> fill("{n} km", "{n} km", n=15.13)
    Text(vi='15,13 km', en='15.13 km')
    """
    return Text(
        vi.format(**{name: _say(part, "vi") for name, part in parts.items()}),
        en.format(**{name: _say(part, "en") for name, part in parts.items()}),
    )


def join(parts: Iterable[Part], mark: str = ", ") -> Text:
    """Put parts one after the other."""
    parts = tuple(parts)
    return Text(*(mark.join(_say(part, lang) for part in parts) for lang in ("vi", "en")))


def capital(text: Text) -> Text:
    """Begin a line with a capital letter."""
    return Text(text.vi[:1].upper() + text.vi[1:], text.en[:1].upper() + text.en[1:])


def sentences(*texts: Text | None) -> Text:
    """Put whole sentences one after the other, leaving out what is not there."""
    there = [text for text in texts if text is not None]
    return Text(" ".join(t.vi for t in there), " ".join(t.en for t in there))


def unique(things: Iterable[str]) -> tuple[str, ...]:
    """Return each thing once, in the order of the first time."""
    return tuple(dict.fromkeys(things))


def split_clauses(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the places that cells name, each once: a row may stand in several places."""
    return unique(part.strip() for cell in cells for part in cell.split(";") if part.strip())


def places(clauses: Iterable[str]) -> Text:
    """Name places of the plan, each once, as a sentence names them."""
    each = (Text(format_clause(c, "vi"), format_clause(c, "en")) for c in split_clauses(clauses))
    return join(each, "; ")


def quote(text: str) -> str:
    """Quote the plan: its words stay Vietnamese in both languages, a long sentence is cut."""
    cut = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rstrip()}…"
    return f"«{cut}»"


def cite(*statements: Statement, figure: Part | None = None) -> Text:
    """Say where the plan states something, each place with the words that stand there.

    Parameters
    ----------
    statements
        Those that state the same.
    figure
        What they state: a figure that stands in their words.
    """
    said = gather(statements, lambda s: quote(s.text))
    quoted = [
        fill("{clauses}: {words}", "{clauses}: {words}", clauses=places(_clauses(of)), words=words)
        for words, of in itertools.islice(said.items(), _MOST_QUOTES)
    ]
    rest = [s for of in itertools.islice(said.values(), _MOST_QUOTES, None) for s in of]
    if rest:
        quoted.append(fill("{c}: …", "{c}: …", c=places(_clauses(rest))))
    (words, of), *more = said.items()
    first = fill(
        "{clauses} ghi {words}" if figure is None else "{clauses} ghi {figure}: {words}",
        "{clauses} says {words}" if figure is None else "{clauses} states {figure}: {words}",
        clauses=places(_clauses(of)), words=words, figure="" if figure is None else figure,
    )  # fmt: skip
    text = join((first, *quoted[1:]) if more else (first,), "; ")
    return capital(Text(f"{text.vi}.", f"{text.en}."))


def _clauses(statements: Iterable[Statement]) -> tuple[str, ...]:
    return unique(s.clause for s in statements)


def gather(things: Iterable[_Thing], key: Callable[[_Thing], _Key]) -> dict[_Key, list[_Thing]]:
    """Put things with one key together, in the order of the first of each."""
    found: dict[_Key, list[_Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


def slug(*parts: object) -> str:
    """Return what a finding is about as a slug; diacritics and case do not count.

    Examples
    --------
    >>> slug("commune", 9, "710/QĐ-TTg", None)
    'commune-9-710-qd-ttg'
    """
    words = search_key(" ".join(str(part) for part in parts if part is not None)).split()
    return "-".join(word for word in words if word.isascii())
