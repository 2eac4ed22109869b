"""Attributes as the file holds them: names that can be told apart, values that are kept whole."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.foreign.brought import refusal

if TYPE_CHECKING:
    from pandas import DataFrame

LONGEST_VALUE = 10_000
"""Letters of a value from which on it is told: no name and no note is as long."""

MAX_COLUMNS = 2000


def check_names(names: Sequence[str], file: str) -> None:
    """Refuse two columns of one name, capitals or not: nobody could say which is meant.

    Raises
    ------
    RecordError
        Two names alike, or more than MAX_COLUMNS.
    """
    times = Counter(name.strip().casefold() for name in names if name.strip())
    alike = [name for name in names if times[name.strip().casefold()] > 1]
    if alike:
        raise refusal(
            file,
            Text(
                "hai cột trùng tên (không kể chữ hoa)", "two columns of one name (capitals aside)"
            ),
            found=", ".join(alike[:8]),
            allowed=Text("mỗi cột một tên", "one name for each column"),
            todo=Text("đổi tên một cột rồi lưu lại", "rename one of them and save the file"),
        )
    if len(names) > MAX_COLUMNS:
        raise refusal(
            file,
            Text("quá nhiều cột", "too many columns"),
            found=str(len(names)),
            allowed=Text(f"nhiều nhất {MAX_COLUMNS}", f"{MAX_COLUMNS} at most"),
            todo=Text("bỏ bớt cột", "take columns out"),
        )


def attribute_frame(
    names: Sequence[str], cells: Sequence[Sequence[Any]], count: int, file: str
) -> "DataFrame":
    """Return attributes as a frame that changes no value.

    Parameters
    ----------
    names
        A name for each column.
    cells
        `count` values for each column.
    count
        How many features there are.
    file
        The file's name, for messages.

    Returns
    -------
    frame
        All columns of dtype object, the index named `feature`, from 1.

    Raises
    ------
    RecordError
        See `check_names`.
    """
    import pandas as pd

    check_names(names, file)
    index = pd.RangeIndex(1, count + 1, name="feature")
    series = {
        name: pd.Series(list(values), index=index, dtype=object)
        for name, values in zip(names, cells, strict=True)
    }
    return pd.DataFrame(series, index=index, columns=pd.Index(list(names), dtype=object))


def told_values(names: Sequence[str], cells: Sequence[Sequence[Any]], file: str) -> list[Problem]:
    """Return a notice for each column with values that are far too long for a name."""
    notices = []
    for name, values in zip(names, cells, strict=True):
        lengths = [len(value) if isinstance(value, str) else 0 for value in values]
        longest = max(lengths, default=0)
        if longest > LONGEST_VALUE:
            notices.append(_long_value(file, name, lengths.index(longest) + 1, longest))
    return notices


def _long_value(file: str, name: str, feature: int, length: int) -> Problem:
    return Problem(
        file=file,
        column=name,
        what=Text(
            f"giá trị rất dài ở đối tượng số {feature}", f"a very long value in feature {feature}"
        ),
        found=f"{length:,}",
        allowed=Text(
            f"thường không quá {LONGEST_VALUE:,} chữ", f"commonly up to {LONGEST_VALUE:,} letters"
        ),
    )


def decode_raw(
    names: Sequence[str], cells: Sequence[Sequence[Any]]
) -> tuple[list[str], list[list[Any]]]:
    """Turn raw letters that are UTF-8 into text.

    Raises
    ------
    UnicodeError
        They are no UTF-8.
    """
    return [_decode(name) for name in names], [[_decode(v) for v in values] for values in cells]


def _decode(value: Any) -> Any:  # noqa: ANN401 (a cell of any type)
    return value.encode("latin-1").decode("utf-8") if isinstance(value, str) else value


def not_utf_8(file: str, *, declared: bool) -> Problem | RecordError:
    """Return the notice, or where it was asked for the error, of text that is no UTF-8."""
    what = Text("chữ trong tệp không phải UTF-8", "the text of the file is no UTF-8")
    if declared:
        return Problem(
            file=file,
            what=what,
            allowed=Text("UTF-8, như tệp tự ghi", "UTF-8, as the file itself says"),
            todo=Text("cho biết bảng mã (TCVN3, VNI…)", "say which encoding (TCVN3, VNI, ...)"),
        )
    return refusal(
        file,
        what,
        allowed=Text("bảng mã đúng của tệp", "the file's own encoding"),
        todo=Text(
            "bỏ tùy chọn --encoding, hoặc ghi bảng mã khác", "leave --encoding out, or name another"
        ),
    )
