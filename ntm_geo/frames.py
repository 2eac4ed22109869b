"""Frames as plain values, for everything that leaves the program as text."""

from typing import Any

import pandas as pd


def plain_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain Python values, without geometry.

    Parameters
    ----------
    frame
        Any frame. Columns that end in `_m` hold metres and are rounded to 0.1 m.

    Returns
    -------
    records
        One mapping a row, columns in order; what is missing is None.

    Examples
    --------
    >>> plain_records(pd.DataFrame({"length_m": [1234.56, float("nan")]}))
    [{'length_m': 1234.6}, {'length_m': None}]
    """
    plain = pd.DataFrame(frame.drop(columns="geometry", errors="ignore"))
    for column in plain.columns:
        if str(column).endswith("_m"):
            plain[column] = plain[column].round(1)
    rows = plain.astype(object).to_dict(orient="records")
    return [{str(name): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:  # noqa: ANN401 (a cell)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value
