"""KML and KMZ, as Google Earth and phones write them."""

from collections import Counter
from pathlib import Path
from typing import Any

from ntm_geo.errors import Problem, Text
from ntm_geo.foreign import markup, zips
from ntm_geo.foreign.brought import (
    Brought,
    Column,
    CrsOrigin,
    DeclaredCrs,
    DeclaredEncoding,
    EncodingOrigin,
    Layer,
    refusal,
)
from ntm_geo.foreign.columns import attribute_frame, told_values
from ntm_geo.foreign.geometry import flattened, sort_shapes
from ntm_geo.foreign.layers import choose
from ntm_geo.foreign.placemarks import Key, Picker, Placemark, build
from ntm_geo.foreign.staging import MAX_FEATURES, MAX_TEXT_BYTES, Parcel, check_text_size, too_many

_WGS_84 = "EPSG:4326"
_MAIN = "doc.kml"
_UNREAD = ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay")


def unpack_kmz(parcel: Parcel, folder: Path) -> tuple[Path, list[Problem]]:
    """Unpack the document of a KMZ, and nothing else.

    Returns
    -------
    path, notices
        The copy of doc.kml, or of the only .kml there is; and which others are not read.

    Raises
    ------
    RecordError
        The archive is unsafe or damaged, has no .kml, or several and none is doc.kml.
    """
    file = parcel.file
    with zips.opened(parcel.path, file) as archive:
        members = zips.check_members(archive, file)
        documents = [info for info in members if info.filename.lower().endswith(".kml")]
        main = [info for info in documents if info.filename.lower() == _MAIN] or documents
        if len(main) != 1:
            raise refusal(
                file,
                Text("không rõ tài liệu chính của KMZ", "the KMZ has no single main document"),
                found=", ".join(info.filename for info in main) or "-",
                allowed=Text(_MAIN, _MAIN),
                todo=Text("lưu lại từ Google Earth", "save it from Google Earth again"),
            )
        copy = folder / "document.kml"
        zips.unpack_member(archive, main[0], copy, file=file, limit=MAX_TEXT_BYTES)
    others = [info.filename for info in documents if info is not main[0]]
    what = Text("tệp KML khác trong KMZ không được đọc", "other KML files in it are not read")
    return copy, [Problem(file=file, what=what, found=", ".join(others))] if others else []


def read_kml(parcel: Parcel, path: Path, layer: str | None) -> Brought:
    """Read the placemarks of one folder of a KML document.

    Parameters
    ----------
    parcel
        What was brought.
    path
        The document: the parcel's own file, or what a KMZ held.
    layer
        The path of a folder (`Roads/Planned`); None where only one holds placemarks.

    Returns
    -------
    brought
        Columns are named as elements (`name`, `description`) and extended data are; data of the
        same name as an element get ` (Data)` behind it.

    Raises
    ------
    RecordError
        Unsafe or damaged XML, no placemarks, several folders and none chosen, names alike.
    """
    check_text_size(parcel)
    picker = Picker()
    with path.open("rb") as stream:
        elements = markup.parse(
            stream, parcel.file, start=picker.start, end=picker.end, text=picker.text
        )
    if len(picker.placemarks) > MAX_FEATURES:
        raise too_many(parcel.file, len(picker.placemarks))
    names = [placemark.layer(parcel.stem) for placemark in picker.placemarks]
    layers = tuple(Layer(name, count, "Unknown") for name, count in Counter(names).items())
    unread = _told_unread(elements, parcel.file)
    if not layers and unread:
        raise refusal(
            parcel.file,
            Text("KML chỉ dẫn tới dữ liệu ở nơi khác", "the KML only points to data elsewhere"),
            found=unread[0].found,
            allowed=Text("<Placemark> trong chính tệp này", "<Placemark> in the file itself"),
            todo=Text(
                "trong Google Earth lưu chính thư mục dữ liệu thành KML",
                "save the folder with the data itself as KML in Google Earth",
            ),
        )
    chosen = choose(layers, layer, parcel.file)
    mine = [p for p, name in zip(picker.placemarks, names, strict=True) if name == chosen.name]
    return _brought(parcel, mine, chosen, layers, unread)


def _brought(
    parcel: Parcel,
    placemarks: list[Placemark],
    chosen: Layer,
    layers: tuple[Layer, ...],
    notices: list[Problem],
) -> Brought:
    from pyproj import CRS

    file = parcel.file
    wkt = CRS(_WGS_84).to_wkt()
    geometry, broken, high = _shapes(placemarks)
    shapes = sort_shapes(geometry, file=file, crs=wkt, broken=broken)
    keys = list(dict.fromkeys(key for placemark in placemarks for key in placemark.fields))
    keys.sort(key=lambda key: key[0])  # what every placemark may have comes first
    names = _named(keys)
    cells: list[list[Any]] = [[p.fields.get(key) for p in placemarks] for key in keys]
    return Brought(
        file=file,
        recognition=parcel.recognition,
        driver="expat",
        layer=chosen.name,
        layers=layers,
        crs=DeclaredCrs(wkt, _WGS_84, CrsOrigin.KML),
        encoding=DeclaredEncoding("UTF-8", EncodingOrigin.STANDARD, is_raw=False),
        columns=tuple(Column(name, "") for name in names),
        attributes=attribute_frame(names, cells, len(placemarks), file),
        features=shapes.frame,
        kinds=shapes.kinds,
        odd=shapes.odd,
        notices=(
            *notices,
            *([flattened(file, high)] if high else []),
            *shapes.notices,
            *told_values(names, cells, file),
        ),
    )


def _shapes(placemarks: list[Placemark]) -> tuple[list[Any], dict[int, str], list[int]]:
    import numpy as np
    from shapely.errors import ShapelyError

    geometry: list[Any] = []
    broken: dict[int, str] = {}
    high: list[int] = []
    for number, placemark in enumerate(placemarks, start=1):
        made = None
        if placemark.shape is not None:
            try:
                with np.errstate(invalid="ignore"):  # NaN is named later
                    made, is_high = build(placemark.shape)
                high += [number] if is_high else []
            except (ValueError, ShapelyError) as error:
                broken[number] = str(error)
        geometry.append(made)
    return geometry, broken, high


def _named(keys: list[Key]) -> list[str]:
    elements = {name.casefold() for is_data, name in keys if not is_data}
    return [
        f"{name} (Data)" if is_data and name.casefold() in elements else name
        for is_data, name in keys
    ]


def _told_unread(elements: Counter[str], file: str) -> list[Problem]:
    found = ", ".join(f"{name} {elements[name]}" for name in _UNREAD if elements[name])
    what = Text(
        "liên kết và ảnh phủ trong KML không được đọc", "links and overlays of the KML are not read"
    )
    return [Problem(file=file, what=what, found=found)] if found else []
