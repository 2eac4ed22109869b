"""Options that say nothing of what a file holds."""

from collections.abc import Collection, Iterator

from ntm_geo.errors import Text
from ntm_geo.model import LINES
from ntm_geo.workspace.matched import Said
from ntm_geo.workspace.told import Understood


def tell_unused(said: Said, kinds: Collection[str], *, are_units: bool) -> Iterator[Understood]:
    """Tell of options that have no effect, for whoever gave one counts on it.

    Parameters
    ----------
    said
        What the user says of the file.
    kinds
        The kinds of geometry that come in.
    are_units
        Whether these are boundaries of units.
    """
    of_lines = {"--pieces": said.pieces, "--alongside": said.alongside}
    if not set(kinds) & set(LINES):
        why = Text("tệp không có hình dạng đường nào", "the file has no lines")
        yield from (_unused(option, why) for option, given in of_lines.items() if given)
    if are_units and said.accepts_near:
        yield _unused("--accept-near", Text("không dùng cho ranh giới xã", "these are boundaries"))
    if not are_units and said.on is not None:
        yield _unused("--on", Text("chỉ dùng cho ranh giới xã", "these are no boundaries"))


def _unused(option: str, why: Text) -> Understood:
    return Understood(
        Text("Lưu ý", "Note"),
        Text(f"{option} không có tác dụng: {why.vi}", f"{option} has no effect: {why.en}"),
    )
