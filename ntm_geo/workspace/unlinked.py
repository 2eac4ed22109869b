"""What helps where a file holds nothing that is surely of the record."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ntm_geo.errors import Problem, Text
from ntm_geo.linking import By, Sure, text_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from ntm_geo.linking import Columns, Link

_MOST_ANSWERS = 3
"""So many features are named with what comes closest to them."""


def columns_besides(features: "DataFrame", columns: "Columns") -> list[str]:
    """Return the columns that hold words and that nothing was linked by."""
    used = {"geometry", columns.name, columns.code, columns.unit, columns.kind}
    return [
        str(name)
        for name in features.columns
        if name not in used and any(map(_has_letters, features[name]))
    ]


def _has_letters(value: object) -> bool:
    return any(map(str.isalpha, text_of(value)))


def nothing_linked(
    links: "Sequence[Link]",
    besides: Sequence[str],
    layer: str | None = None,
    others: Sequence[str] = (),
) -> Problem:
    """Say that the file holds nothing of the record that could be taken, and what helps.

    Parameters
    ----------
    links
        None of which is taken or a question.
    besides
        Columns that names may stand in, too.
    layer
        The layer of assets; None stands for units.
    others
        Other layers that know some of the names, the best first.
    """
    found = ", ".join(link.found for link in links if link.found)
    close = [link for link in links if link.sure == Sure.CLOSE]
    answers = [f"--link {one.feature}={one.candidates[0]}" for one in close if one.candidates]
    allowed = ", ".join(answers[:_MOST_ANSWERS]) + (", …" if len(answers) > _MOST_ANSWERS else "")
    return Problem(
        what=Text("không hình nào gắn chắc được vào hồ sơ", "no feature is surely of the record"),
        found=found or "–",
        allowed=Text(f"nếu đúng: {allowed}", f"if it is so: {allowed}") if answers else None,
        todo=_todo(links, besides, layer, others),
    )


def _todo(
    links: "Sequence[Link]", besides: Sequence[str], layer: str | None, others: Sequence[str]
) -> Text:
    near = [link for link in links if link.code is not None and link.by == By.PLACE]
    if near:
        numbers = ", ".join(str(link.feature) for link in near)
        return Text(
            f"nhận các đề nghị ({numbers}) bằng --accept-near, hoặc từng hình bằng --link",
            f"take what is proposed ({numbers}) with --accept-near, or one by one with --link",
        )
    left = [link for link in links if link.by != By.TOLD]
    if not left:
        return Text(
            "bớt số hình bị loại ra (--leave-out)", "leave out fewer features (--leave-out)"
        )
    if others:
        layers = ", ".join(f"--layer {other}" for other in others)
        return Text(f"tên có trong lớp khác: {layers}", f"another layer has the names: {layers}")
    table = "gis/units.csv" if layer is None else f"gis/plan/assets.csv, {layer}"
    link = Text(
        f"nói hình nào là gì, như --link {left[0].feature}=MÃ (mã: {table})",
        f"say what a feature is, such as --link {left[0].feature}=ID (ids: {table})",
    )
    if not besides:
        return link
    names = ", ".join(besides)
    return Text(
        f"{link.vi}; nếu tên hoặc mã ở cột khác thì --match CỘT (còn có: {names})",
        f"{link.en}; where names or ids stand in another column, --match COLUMN (there are: "
        f"{names})",
    )
