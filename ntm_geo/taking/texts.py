"""The text of a file's attributes, out of whatever encoding its words are in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from ntm_geo.encodings import clean
from ntm_geo.errors import OptionError, Problem, Text
from ntm_geo.legacy import Encoding, Evidence, decode_as, detect

if TYPE_CHECKING:
    from pandas import DataFrame

_AS_IT_STANDS: tuple[Encoding, ...] = ("ascii", "unicode")
_KNOWN = ", ".join((*get_args(Encoding), "utf-8", "cp1258"))


@dataclass(frozen=True)
class ReadTexts:
    """Attributes whose text can be read.

    Parameters
    ----------
    attributes
        The same rows and columns, in Unicode (NFC).
    encoding
        What the text was in.
    evidence
        What its words say; also where the encoding was asked for.
    question
        What has to be answered before the text can be read; None where nothing has to.
    """

    attributes: "DataFrame"
    encoding: str
    evidence: Evidence
    question: Problem | None = None


def read_texts(attributes: "DataFrame", *, is_raw: bool, asked: str | None) -> ReadTexts:
    """Read the text of attributes.

    Parameters
    ----------
    attributes
        All features, with cells of str, int, float, bool or None.
    is_raw
        Whether each letter stands for a byte (ISO-8859-1).
    asked
        The encoding that the user gives: one that `legacy` knows, or, of raw text, one that Python
        knows; None where the words are to decide.

    Raises
    ------
    OptionError
        `asked` is no encoding, or the text cannot be in it.
    """
    columns = [str(name) for name in attributes.columns]
    values = attributes.to_numpy().ravel()
    texts = [*columns, *(value for value in values if isinstance(value, str))]
    evidence = detect(texts, is_unicode=not is_raw)
    chosen = asked or evidence.encoding
    if chosen is None:
        return ReadTexts(attributes, "", evidence, _question(evidence))
    frame = attributes.rename(columns=lambda name: _read(str(name), chosen, is_raw=is_raw))
    frame = frame.map(
        lambda value: _read(value, chosen, is_raw=is_raw) if isinstance(value, str) else value
    )
    return ReadTexts(frame, chosen, evidence)


def require_encoding(asked: str | None) -> None:
    """Refuse an encoding that nobody knows, before anything is read by it.

    Parameters
    ----------
    asked
        The encoding that the user gives; None where the words are to decide.

    Raises
    ------
    OptionError
        Neither `legacy` nor Python knows it.
    """
    if asked is None or asked in get_args(Encoding):
        return
    try:
        b"a".decode(asked)
    except UnicodeError:  # a letter of several bytes
        return
    except (LookupError, ValueError) as error:
        raise OptionError(
            Problem(
                column="--encoding",
                what=Text("không có bảng mã này", "there is no such encoding"),
                found=asked,
                allowed=Text(_KNOWN, _KNOWN),
                todo=Text(
                    "chọn một bảng mã, hoặc bỏ --encoding để chương trình tự nhận",
                    "choose one of these, or leave it out, so that it is looked for",
                ),
            )
        ) from error


def _read(text: str, encoding: str, *, is_raw: bool) -> str:
    if encoding in _AS_IT_STANDS:
        return clean(text)
    for known in get_args(Encoding):
        if encoding == known:
            return clean(decode_as(text, known))
    if not is_raw:
        return clean(text)  # the file was read by its own encoding already
    try:
        return clean(text.encode("latin-1").decode(encoding))
    except (LookupError, UnicodeError) as error:
        raise OptionError(_wrong(encoding, str(error))) from error


def _question(evidence: Evidence) -> Problem:
    shown = "; ".join(f"{before} → {after}" for before, after in evidence.samples)
    allowed = ", ".join(evidence.candidates or (x for x in get_args(Encoding)))
    return Problem(
        column="--encoding",
        what=Text("không rõ bảng mã của chữ trong tệp", "the encoding of the text is not clear"),
        found=shown or evidence.why.en,
        allowed=Text(allowed, allowed),
        todo=Text("chạy lại với --encoding", "run it again with --encoding"),
    )


def _wrong(encoding: str, reason: str) -> Problem:
    return Problem(
        column="--encoding",
        what=Text("chữ trong tệp không theo bảng mã này", "the text is not in this encoding"),
        found=f"{encoding}: {reason}",
        allowed=Text(_KNOWN, _KNOWN),
        todo=Text("bỏ --encoding, hoặc chọn bảng mã khác", "leave it out, or choose another one"),
    )
