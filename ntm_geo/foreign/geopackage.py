"""A GeoPackage looked at as the database that it is, before GDAL opens it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from ntm_geo.errors import Text
from ntm_geo.foreign.brought import refusal
from ntm_geo.foreign.staging import Parcel

_PAGES_AT = 28
_PAGE_SIZE_AT = 16
_LARGEST_PAGE = 65536


def check_not_open(path: Path, file: str) -> None:
    """Refuse a file that another program is writing: its latest rows lie in a side file.

    Raises
    ------
    RecordError
        There is a `-wal` or `-journal` beside it that is not empty.
    """
    for ending in ("-wal", "-journal"):
        side = path.with_name(path.name + ending)
        if side.is_file() and side.stat().st_size:
            raise refusal(
                file,
                Text("tệp đang mở trong chương trình khác", "the file is open in another program"),
                found=side.name,
                allowed=Text("một GeoPackage đã đóng", "a GeoPackage that is closed"),
                todo=Text(
                    "lưu và đóng lớp trong QGIS (nếu QGIS đã bị tắt ngang: mở tệp rồi đóng lại)",
                    "save and close the layer in QGIS (after a crash: open it once and close it)",
                ),
            )


def read_layer_names(parcel: Parcel) -> list[str]:
    """Return the feature tables of a GeoPackage, in their order.

    Raises
    ------
    RecordError
        The file is shorter than its header says, the database is damaged, or a layer is a view,
        which could run any query, also one without an end.
    """
    _check_pages(parcel)
    try:
        uri = f"{parcel.path.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            views = {
                name.casefold()
                for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='view'")
            }
            own = [name for name in views if name.startswith(("gpkg_", "rtree_"))]
            layers = [] if own else _registered(database)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise refusal(
            parcel.file,
            Text("cơ sở dữ liệu GeoPackage bị hỏng", "the GeoPackage's database is damaged"),
            found=str(error),
            allowed=Text("một GeoPackage nguyên vẹn", "a whole GeoPackage"),
            todo=Text("xuất lại từ QGIS", "export it from QGIS again"),
        ) from error
    seen = own + [name for name in layers if name.casefold() in views]
    if seen:
        raise refusal(
            parcel.file,
            Text("lớp là một khung nhìn (view)", "a layer is a view"),
            found=", ".join(seen),
            allowed=Text("lớp là bảng thật", "layers that are tables"),
            todo=Text("xuất lớp sang GeoPackage mới", "export the layer to a new GeoPackage"),
        )
    return layers


def _registered(database: sqlite3.Connection) -> list[str]:
    query = "SELECT table_name FROM gpkg_contents WHERE data_type='features' ORDER BY rowid"
    return [str(name) for (name,) in database.execute(query)]


def _check_pages(parcel: Parcel) -> None:
    with parcel.path.open("rb") as stream:
        head = stream.read(100)
    page = int.from_bytes(head[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 2], "big")
    page = _LARGEST_PAGE if page == 1 else page
    claim = page * int.from_bytes(head[_PAGES_AT : _PAGES_AT + 4], "big")
    size = parcel.path.stat().st_size
    if claim > size:
        raise refusal(
            parcel.file,
            Text("tệp bị cắt cụt hoặc có phần đầu sai", "the file is cut off, or its header lies"),
            found=f"{size} / {claim} byte",
            allowed=Text("độ dài đúng như phần đầu tệp ghi", "as long as the header says"),
            todo=Text("sao chép lại tệp từ nguồn", "copy the file from its source again"),
        )
