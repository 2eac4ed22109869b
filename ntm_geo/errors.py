"""What the program says when something is wrong: one problem, or all of them at once.

Every message stands in Vietnamese and English and holds the same facts: where, what was found,
what is allowed, what to do next.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Lang = Literal["vi", "en"]


class Text(NamedTuple):
    """One sentence in the two languages of the program.

    Examples
    --------
    >>> Text("không có tệp", "no such file").say("en")
    'no such file'
    """

    vi: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the sentence in one language."""
        return self.vi if lang == "vi" else self.en

    def format(self, **values: object) -> "Text":
        """Fill the named fields of both sentences."""
        return Text(self.vi.format(**values), self.en.format(**values))


_FILE = Text("{file}", "{file}")
_ROW = Text("dòng {row}", "row {row}")
_COLUMN = Text("cột {column}", "column {column}")
_OPTION = Text("tùy chọn {column}", "option {column}")
_ARGUMENT = Text("tham số {column}", "argument {column}")
_FOUND = Text("Gặp: {found}.", "Found: {found}.")
_ALLOWED = Text("Cho phép: {allowed}", "Allowed: {allowed}")
_TODO = Text("Cách sửa: {todo}", "To do: {todo}")
_STOPS = (".", "?", "!", "…")
_LONGEST_FOUND = 120


def printable(text: str) -> str:
    """Return text on one line, in which nothing moves the cursor or hides."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def stopped(sentence: str) -> str:
    """Return a sentence with a stop behind it, unless it ends in one.

    Examples
    --------
    >>> stopped("there is no such layer"), stopped("which one is it?")
    ('there is no such layer.', 'which one is it?')
    """
    return sentence if sentence.endswith(_STOPS) else f"{sentence}."


def _shown(value: str) -> str:
    """Quote what people typed, cut where it is very long."""
    text = printable(value)
    return f"«{text[:_LONGEST_FOUND]}…»" if len(text) > _LONGEST_FOUND else f"«{text}»"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong, and where.

    Parameters
    ----------
    what
        What is wrong, without the place and without the value.
    found
        The value as it was typed; None where there is none to show.
    allowed
        What would have been right.
    todo
        What the reader can do next.
    file
        Path relative to the workspace, with forward slashes.
    row
        Line of the file as a spreadsheet numbers it (the header is 1).
    column
        Name of the column or field; of an option with its dashes, as `--crs`; of an argument in
        capitals, as `STEP`, without file and row.
    """

    what: Text
    found: str | None = None
    allowed: Text | None = None
    todo: Text | None = None
    file: str = ""
    row: int | None = None
    column: str = ""

    def at(self, *, file: str = "", row: int | None = None, column: str = "") -> "Problem":
        """Return the same problem with its place filled in where it was open."""
        return replace(
            self,
            file=self.file or file,
            row=row if self.row is None else self.row,
            column=self.column or column,
        )

    def _kind_of_place(self) -> Text:
        """Return how `column` is called: what is typed behind a command stands in no file."""
        if self.column.startswith("--"):
            return _OPTION
        is_typed = not self.file and self.row is None
        return _ARGUMENT if is_typed and self.column.isupper() else _COLUMN

    def say(self, lang: Lang) -> str:
        """Return the whole message on one line."""
        place = ", ".join(
            text.format(file=self.file, row=self.row, column=self.column).say(lang)
            for text, there in (
                (_FILE, self.file),
                (_ROW, self.row is not None),
                (self._kind_of_place(), self.column),
            )
            if there
        )
        what = self.what.say(lang)
        parts = [stopped(f"{place}: {what}" if place else what)]
        if self.found is not None:
            parts.append(_FOUND.format(found=_shown(self.found)).say(lang))
        if self.allowed is not None:
            parts.append(stopped(_ALLOWED.say(lang).replace("{allowed}", self.allowed.say(lang))))
        if self.todo is not None:
            parts.append(stopped(_TODO.say(lang).replace("{todo}", self.todo.say(lang))))
        return printable(" ".join(parts))


def cannot_open(file: str, error: OSError) -> Problem:
    """Return what to say of a file that the system does not let us read."""
    return Problem(
        file=file,
        what=Text("không mở được tệp", "the file cannot be opened"),
        found=error.strerror or str(error),
        allowed=Text("một tệp đọc được", "a file that can be read"),
        todo=Text(
            "đóng chương trình đang mở tệp (QGIS, MapInfo, Excel), kiểm tra quyền đọc",
            "close the program that has it open (QGIS, MapInfo, Excel), check the permission",
        ),
    )


class NtmGeoError(Exception):
    """Base of all errors that the program raises on purpose.

    Parameters
    ----------
    problems
        Everything that is wrong, in the order in which it was found; at least one.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def say(self, lang: Lang) -> str:
        """Return all messages, a line each."""
        return "\n".join(problem.say(lang) for problem in self.problems)

    def __str__(self) -> str:
        return self.say("en")


class RecordError(NtmGeoError, ValueError):
    """The record under gis/ cannot be taken as it is."""


class NameUnknownError(NtmGeoError, LookupError):
    """A name or code stands for nothing in this district."""


class NameAmbiguousError(NtmGeoError, LookupError):
    """A name stands for two things, and only a person can say which."""


class CrsError(NtmGeoError, ValueError):
    """A frame has no CRS, or two frames have different ones."""


class SketchError(NtmGeoError, ValueError):
    """No sketch can be drawn from these figures."""


class OptionError(NtmGeoError, ValueError):
    """A question was asked in a way that has no answer."""


class DownloadError(NtmGeoError, ConnectionError):
    """A file could not be had from the net, or is not what it should be; nothing was kept of it."""


class OutputError(NtmGeoError, OSError):
    """A file could not be written; what was there before is untouched, or named as replaced."""


def raise_all(error: type[NtmGeoError], problems: Iterable[Problem]) -> None:
    """Raise one error with every problem, or return where there is none."""
    found = tuple(problems)
    if found:
        raise error(*found)
