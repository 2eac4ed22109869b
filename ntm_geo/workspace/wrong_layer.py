"""What is said where a file holds no shapes of the kind that a layer takes."""

from typing import TYPE_CHECKING

from ntm_geo.errors import Problem, Text
from ntm_geo.model import LINES, POINTS, Layer, kinds_that_fit

if TYPE_CHECKING:
    from collections.abc import Collection

    from ntm_geo.foreign import Brought


def no_shapes(brought: "Brought", layer: str | None) -> Problem:
    """Say that a file holds no shapes of a layer's kind; None stands for the units.

    Points and lines are no boundaries, but most likely assets: then their layers are named.
    """
    fitting = [] if layer is not None else _layers_of(_kinds_in(brought))
    if fitting:
        words = ", ".join(fitting)
        example = Layer.ROADS if _has_lines(brought) else Layer.SCHOOLS
        return Problem(
            file=brought.file,
            what=Text(
                "tệp không có vùng nào, nên không phải ranh giới xã",
                "the file holds no areas, so these are no boundaries of communes",
            ),
            found=_found(brought),
            allowed=Text(f"--layer: {words}", f"--layer: {words}"),
            todo=Text(
                f"nói tệp ghi gì, ví dụ --layer {example}",
                f"say what the file holds, such as --layer {example}",
            ),
        )
    allowed = ", ".join(kinds_that_fit(layer))
    return Problem(
        file=brought.file,
        what=Text("tệp không có hình loại này", "the file holds no shapes of this kind"),
        found=_found(brought),
        allowed=Text(allowed, allowed),
        todo=Text("chọn tệp, lớp hoặc --layer khác", "choose another file, layer or --layer"),
    )


def _layers_of(kinds: "Collection[str]") -> list[str]:
    """Return the layers of assets that take shapes of some kinds.

    Examples
    --------
    >>> "roads" in _layers_of(["Point"]), "roads" in _layers_of(["Polygon"])
    (True, False)
    """
    return [layer.value for layer in Layer if set(kinds) & set(kinds_that_fit(layer))]


def _kinds_in(brought: "Brought") -> set[str]:
    """Return the kinds of shapes that a file holds; each row of a table is a point."""
    return set(POINTS) if brought.table is not None else set(brought.kinds)


def _has_lines(brought: "Brought") -> bool:
    return bool(_kinds_in(brought) & set(LINES))


def _found(brought: "Brought") -> str:
    if brought.table is not None:
        return brought.recognition.format.value
    return ", ".join(f"{kind} {count}" for kind, count in brought.kinds.items()) or "–"
