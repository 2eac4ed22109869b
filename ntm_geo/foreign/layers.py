"""Which layer of a file is meant, where that needs no guess."""

from collections.abc import Sequence

from ntm_geo.errors import RecordError, Text
from ntm_geo.foreign.brought import Format, Layer, refusal

_DERIVED = ("route_points", "track_points")
"""Layers that GDAL makes of a GPX file beside those whose points they are."""


def offered(format: Format, layers: Sequence[Layer], asked: str | None) -> Sequence[Layer]:
    """Return the layers that a file offers where none was asked for."""
    if asked is None and format is Format.GPX:
        return [layer for layer in layers if layer.name not in _DERIVED]
    return layers


def choose(layers: Sequence[Layer], asked: str | None, file: str) -> Layer:
    """Return the layer that was asked for, or the only one with something in it.

    Parameters
    ----------
    layers
        All layers of the file.
    asked
        The name that was given; None where none was.
    file
        The file's name, for messages.

    Returns
    -------
    layer
        One with at least one feature or row.

    Raises
    ------
    RecordError
        No layer, an empty one, several and none asked for, or none of that name.
    """
    if not layers:
        raise refusal(
            file,
            Text("tệp không có lớp nào", "the file has no layer"),
            allowed=Text("một lớp bản đồ", "one layer with geometry"),
            todo=Text("xuất lại lớp từ QGIS", "export the layer from QGIS again"),
        )
    full = [layer for layer in layers if layer.count]
    if asked is not None:
        return _asked(layers, asked, file)
    if not full:
        raise _empty(file, layers)
    if len(full) > 1:
        raise refusal(
            file,
            Text("tệp có nhiều lớp", "the file has several layers"),
            allowed=_listed(full),
            todo=Text("chọn một lớp bằng --sublayer", "choose one of them with --sublayer"),
        )
    return full[0]


def _asked(layers: Sequence[Layer], asked: str, file: str) -> Layer:
    exact = [layer for layer in layers if layer.name == asked]
    found = exact or [layer for layer in layers if layer.name.casefold() == asked.casefold()]
    if len(found) != 1:
        raise refusal(
            file,
            Text("tệp không có lớp này", "the file has no such layer"),
            found=asked,
            allowed=_listed(layers),
            todo=Text("chọn một trong các lớp đó", "choose one of those"),
        )
    if not found[0].count:
        raise _empty(file, found)
    return found[0]


def _listed(layers: Sequence[Layer]) -> Text:
    names = ", ".join(f"{layer.name} ({layer.count})" for layer in layers)
    return Text(names, names)


def _empty(file: str, layers: Sequence[Layer]) -> RecordError:
    return refusal(
        file,
        Text("lớp rỗng", "the layer is empty"),
        found=", ".join(layer.name for layer in layers),
        allowed=Text("ít nhất một đối tượng", "at least one feature"),
        todo=Text(
            "kiểm tra tệp trong QGIS (bộ lọc? xuất nhầm?)",
            "look at it in QGIS (a filter? the wrong export?)",
        ),
    )
