"""How findings are worded: figures, quotes and lists in both languages."""

from collections.abc import Iterable

from ntm_geo.errors import Lang, Text
from ntm_geo.labels import format_clause, format_number
from ntm_geo.model import Statement

_LONGEST_QUOTE = 110

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


def places(clauses: Iterable[str]) -> Text:
    """Name places of the plan, each once, as a sentence names them."""
    each = (Text(format_clause(c, "vi"), format_clause(c, "en")) for c in unique(clauses))
    return join(each, "; ")


def quote(text: str) -> str:
    """Quote the plan: its words stay Vietnamese in both languages, a long sentence is cut."""
    cut = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rstrip()}…"
    return f"«{cut}»"


def cite(*statements: Statement, figure: float | str | None = None) -> Text:
    """Say where the plan states something, in its own words.

    Parameters
    ----------
    statements
        Those that state the same; the first one is quoted.
    figure
        What they state.
    """
    first = statements[0]
    clauses, words = places(s.clause for s in statements), quote(first.text)
    if figure is None:
        return fill(
            "{clauses} ghi {words}.", "{clauses} says {words}.", clauses=clauses, words=words
        )
    said = fill(
        "{clauses} ghi {figure}: {words}.",
        "{clauses} states {figure}: {words}.",
        clauses=clauses,
        figure=figure,
        words=words,
    )
    return capital(said)


def slug(*parts: object) -> str:
    """Return what a finding is about as a slug."""
    text = "-".join(str(part) for part in parts if part is not None).lower()
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in text).strip("-")
