"""XML, looked through before any other program sees it: no DTD, no depth, no surprises."""

from collections import Counter
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from ntm_geo.errors import RecordError, Text
from ntm_geo.foreign.brought import refusal

MAX_DEPTH = 100
"""Deepest nesting; folders of a real KML reach ten."""

MAX_TAG_BYTES = 4 * 2**20
"""Longest tag or comment: expat reads one again from its start with every piece [byte]."""

_CHUNK = 2**16


class _RefusedError(Exception):
    """Raised inside expat's callbacks, where nothing else gets through unchanged."""

    def __init__(self, what: Text, found: str) -> None:
        super().__init__(found)
        self.what = what
        self.found = found


Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def local(name: str) -> str:
    """Return an element's name without its namespace.

    Examples
    --------
    >>> local("http://www.opengis.net/kml/2.2 Placemark")
    'Placemark'
    """
    return name.rpartition(" ")[2]


class _Checked:
    """An expat parser that refuses what could do harm."""

    def __init__(self, start: Start | None, end: End | None) -> None:
        self.elements: Counter[str] = Counter()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._on_doctype
        self.parser.StartElementHandler = self._on_start
        self.parser.EndElementHandler = self._on_end
        self._start = start
        self._end = end
        self._depth = 0

    def _on_doctype(self, name: str, *_: object) -> None:
        what = Text("tệp XML có khai báo DTD (DOCTYPE, ENTITY)", "the XML holds a DTD or entities")
        raise _RefusedError(what, f"<!DOCTYPE {name}")

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _RefusedError(Text("XML lồng quá sâu", "the XML is nested too deeply"), name)
        self.elements[local(name)] += 1
        if self._start is not None:
            self._start(local(name), {local(key): value for key, value in attributes.items()})

    def _on_end(self, name: str) -> None:
        self._depth -= 1
        if self._end is not None:
            self._end(local(name))

    def feed(self, stream: IO[bytes]) -> None:
        """Take all bytes, a piece at a time."""
        fed = 0
        while chunk := stream.read(_CHUNK):
            self.parser.Parse(chunk, False)  # noqa: FBT003 (expat takes no keywords)
            fed += len(chunk)
            if fed - self.parser.CurrentByteIndex > MAX_TAG_BYTES:
                what = Text("một thẻ XML dài bất thường", "a tag of the XML is far too long")
                raise _RefusedError(what, f"> {MAX_TAG_BYTES >> 20} MB")
        self.parser.Parse(b"", True)  # noqa: FBT003


def parse(
    stream: IO[bytes],
    file: str,
    *,
    start: Start | None = None,
    end: End | None = None,
    text: Callable[[str], None] | None = None,
) -> Counter[str]:
    """Stream XML through expat, a piece at a time.

    Parameters
    ----------
    stream
        The bytes; they are read to their end.
    file
        The file's name, for messages.
    start, end, text
        Called for each element's start (local name, attributes by local name) and end, and for
        text.

    Returns
    -------
    elements
        How often each element occurs, by local name.

    Raises
    ------
    RecordError
        Any DTD or entity, XML that is not well-formed, nesting deeper than MAX_DEPTH, a tag
        longer than MAX_TAG_BYTES.
    """
    checked = _Checked(start, end)
    if text is not None:
        checked.parser.CharacterDataHandler = text
    try:
        checked.feed(stream)
    except _RefusedError as error:
        raise _bad_xml(file, error.what, error.found) from error
    except (expat.ExpatError, LookupError, ValueError) as error:
        what = Text("tệp XML bị hỏng hoặc bị cắt cụt", "the XML is damaged or cut off")
        raise _bad_xml(file, what, str(error)) from error
    return checked.elements


def _bad_xml(file: str, what: Text, found: str) -> RecordError:
    return refusal(
        file,
        what,
        found=found,
        allowed=Text("XML đúng cú pháp, không có DTD", "well-formed XML without a DTD"),
        todo=Text(
            "mở tệp trong QGIS hoặc Google Earth rồi lưu lại",
            "open it in QGIS or Google Earth and save it again",
        ),
    )
