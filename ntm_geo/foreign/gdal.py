"""Layers that GDAL reads: fiona looks into them, pyogrio reads them."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.foreign.brought import Column, Format, Layer, refusal
from ntm_geo.foreign.geometry import Shapes, linearised, sort_shapes
from ntm_geo.foreign.layers import choose, offered
from ntm_geo.foreign.staging import MAX_FEATURES, Parcel, too_many

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRIVERS = {
    Format.GEOPACKAGE: "GPKG",
    Format.SHAPEFILE: "ESRI Shapefile",
    Format.TAB: "MapInfo File",
    Format.MIF: "MapInfo File",
    Format.DXF: "DXF",
    Format.GPX: "GPX",
    Format.FLATGEOBUF: "FlatGeobuf",
}
"""The only drivers that are opened; all others could reach other files or hosts."""

RAW = "ISO-8859-1"
"""Each byte becomes one letter, so that no byte is lost."""

_RAW_FORMATS = (Format.SHAPEFILE, Format.TAB, Format.MIF)
_OWN_LAYER = (Format.SHAPEFILE, Format.TAB, Format.MIF)
_CURVED = (Format.GEOPACKAGE, Format.FLATGEOBUF)
_PLAIN = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
_SETTINGS = {
    "DXF_ENCODING": RAW,
    # Nothing that is read may reach a host; the discard port answers nobody.
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_TIMEOUT": "1",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}",
    "SHAPE_RESTORE_SHX": "NO",
}


class Look(NamedTuple):
    """What fiona sees in one layer."""

    layer: Layer
    columns: tuple[Column, ...]


class Content(NamedTuple):
    """A layer, read."""

    names: list[str]
    """Names of the attributes."""
    cells: list[list[Any]]
    """A list of values for each attribute."""
    geometry: "NDArray[np.object_] | None"
    """WKB of each feature; None where the layer has none."""
    crs: str | None
    """As GDAL states it: a code, or WKT."""
    size: int
    """How many features there are."""
    is_raw: bool
    """Each letter of the text stands for one byte."""
    notices: list[Problem]


class Found(NamedTuple):
    """What a data set holds, and one layer of it."""

    layers: tuple[Layer, ...]
    layer: Layer
    columns: tuple[Column, ...]
    content: Content
    remarks: list[Problem]
    """What GDAL warned of."""


def survey(parcel: Parcel, names: Sequence[str] | None, asked: str | None) -> Found:
    """Look into a data set, choose a layer, and read it.

    Parameters
    ----------
    parcel
        The data set.
    names
        Its layers where they are known already.
    asked
        The layer that was asked for.

    Raises
    ------
    RecordError
        What is wrong with the file, or that there is no such layer, or more than one.
    """
    with isolated(parcel) as caught:
        looks = look(parcel, names)
        layers = tuple(one.layer for one in looks.values())
        format = parcel.recognition.format
        chosen = choose(offered(format, layers, asked), asked, parcel.file)
        name = next(name for name, one in looks.items() if one.layer is chosen)
        content = read(parcel, name, looks[name])
    return Found(layers, chosen, looks[name].columns, content, remarks(parcel, caught))


@contextmanager
def isolated(parcel: Parcel) -> Iterator[list[warnings.WarningMessage]]:
    """Let GDAL reach no host, and turn its errors into one that says what to do.

    Yields
    ------
    caught
        What GDAL warns of, as it comes.
    """
    import fiona
    import pyogrio

    before = {name: pyogrio.get_gdal_config_option(name) for name in _SETTINGS}
    pyogrio.set_gdal_config_options(_SETTINGS)
    try:
        with fiona.Env(**_SETTINGS), warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield caught
    except RecordError:
        raise
    except Exception as error:  # of damaged files fiona and pyogrio raise anything
        raise refusal(
            parcel.file,
            Text("không đọc được nội dung tệp", "the content of the file cannot be read"),
            found=str(error).replace(str(parcel.path), parcel.file) or type(error).__name__,
            allowed=Text("một tệp nguyên vẹn", "a whole file"),
            todo=Text(
                "mở thử trong QGIS; nếu mở được, xuất sang GeoPackage rồi nhập lại",
                "try it in QGIS; if it opens there, export it as GeoPackage and import that",
            ),
        ) from error
    finally:
        pyogrio.set_gdal_config_options(before)


def look(parcel: Parcel, names: Sequence[str] | None) -> dict[str, Look]:
    """Look into each layer, its driver being the only one that may open the file.

    Parameters
    ----------
    parcel
        The data set.
    names
        Its layers where they are known already.

    Returns
    -------
    looks
        By the name that GDAL has for each layer.

    Raises
    ------
    RecordError
        A layer claims more features than are read, or than there are bytes.
    """
    import fiona

    driver = DRIVERS[parcel.recognition.format]
    if names is None:
        with fiona.open(parcel.path, driver=driver):  # the gate: listlayers takes any driver
            names = list(fiona.listlayers(parcel.path))
    looks = {}
    for name in names:
        with fiona.open(parcel.path, layer=name, driver=driver, encoding=RAW) as source:
            schema = source.schema
        is_own = parcel.recognition.format in _OWN_LAYER
        layer = Layer(
            parcel.stem if is_own else name, _count(parcel, name), str(schema["geometry"])
        )
        columns = tuple(Column(key, str(type)) for key, type in schema["properties"].items())
        looks[name] = Look(layer, columns)
    return looks


def _count(parcel: Parcel, name: str) -> int:
    import pyogrio

    info = pyogrio.read_info(parcel.path, layer=name, force_feature_count=True)
    count = int(info["features"])
    # A header may claim any number; a feature takes a byte at least, unless a block is repeated.
    is_counted = parcel.recognition.format is Format.DXF
    if count > MAX_FEATURES or (not is_counted and count > parcel.path.stat().st_size):
        raise too_many(parcel.file, count)
    return count


def read(parcel: Parcel, name: str, looked: Look) -> Content:
    """Read one layer whole.

    Parameters
    ----------
    parcel
        The data set.
    name
        The layer as GDAL calls it.
    looked
        What was seen of it.

    Returns
    -------
    content
        Text of shapefiles, MapInfo tables and drawings is raw, one letter for each byte.

    Raises
    ------
    RecordError
        Fewer features come than were claimed, or more than are read.
    """
    import pyogrio

    format = parcel.recognition.format
    options = {"encoding": RAW} if format in _RAW_FORMATS else {}
    meta, _, geometry, fields = pyogrio.raw.read(
        parcel.path,
        layer=name,
        max_features=MAX_FEATURES + 1,
        datetime_as_string=True,
        **options,
    )
    count = len(geometry) if geometry is not None else len(fields[0]) if fields else 0
    if count > MAX_FEATURES:
        raise too_many(parcel.file, count)
    if count < looked.layer.count:
        raise _cut_off(parcel.file, count, looked.layer.count)
    curved = _curved(parcel, name, looked.layer.kind) if format in _CURVED else []
    notices = [linearised(parcel.file, curved)] if curved else []
    cells = [_plain(values, type) for values, type in zip(fields, meta["ogr_types"], strict=True)]
    names = [str(name) for name in meta["fields"]]
    is_raw = format in (*_RAW_FORMATS, Format.DXF)
    return Content(names, cells, geometry, meta["crs"], count, is_raw, notices)


def shapes_of(file: str, content: Content) -> Shapes:
    """Make the shapes of a layer."""
    import numpy as np

    with np.errstate(invalid="ignore"):  # NaN is named, not warned of
        return _shapes(file, content.geometry, content.size, content.crs)


def _shapes(
    file: str, geometry: "NDArray[np.object_] | None", count: int, crs: str | None
) -> Shapes:
    """Make shapes of WKB, one by one where all at once fails: the broken ones are named."""
    import shapely

    if geometry is None:
        return sort_shapes([None] * count, file=file, crs=None)
    bad = (shapely.errors.ShapelyError, ValueError, TypeError)
    with suppress(*bad):
        return sort_shapes(shapely.from_wkb(geometry), file=file, crs=stated_crs(crs))
    shapes: list[Any] = []
    broken: dict[int, str] = {}
    for number, data in enumerate(geometry, start=1):
        try:
            shapes.append(shapely.from_wkb(data))
        except bad as error:
            shapes.append(None)
            broken[number] = str(error)
    return sort_shapes(shapes, file=file, crs=stated_crs(crs), broken=broken)


def stated_crs(crs: str | None) -> str | None:
    """Return a CRS as WKT; None where it says nothing of the Earth, or nothing at all."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if not crs:
        return None
    try:
        known = CRS.from_user_input(crs)
    except CRSError:
        return None
    return None if known.is_engineering else known.to_wkt()


def _curved(parcel: Parcel, name: str, kind: str) -> list[int]:
    """Return the numbers of features that hold arcs; GDAL has made lines of them already."""
    import pyogrio

    if kind.removeprefix("3D ") in _PLAIN:
        return []
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    _, _, _, fields = pyogrio.raw.read(
        parcel.path,
        sql=f'SELECT OGR_GEOMETRY FROM "{quoted}"',  # noqa: S608 (OGR's own SQL, which reads only)
        sql_dialect="OGRSQL",
        read_geometry=False,
    )
    curves = ("CIRCULAR", "COMPOUND", "CURVE", "MULTICURVE", "MULTISURFACE")
    return [n for n, word in enumerate(fields[0], start=1) if str(word).startswith(curves)]


def _plain(values: Any, ogr_type: str) -> list[Any]:  # noqa: ANN401 (an array of any type)
    """Return values as Python has them; a whole number stays one beside an empty cell."""
    is_whole = ogr_type in ("OFTInteger", "OFTInteger64")
    plain: list[Any] = []
    for value in values.tolist():
        if value is None or value != value:  # noqa: PLR0124 (NaN stands for an empty cell)
            plain.append(None)
        elif is_whole and isinstance(value, float):
            plain.append(int(value))
        elif isinstance(value, str | int | float | bool):
            plain.append(value)
        else:  # lists and bytes: nothing is matched by them, but they are shown
            plain.append(str(value))
    return plain


def remarks(parcel: Parcel, caught: list[warnings.WarningMessage]) -> list[Problem]:
    """Return a notice for each thing that GDAL warned of."""
    messages = dict.fromkeys(str(w.message).replace(str(parcel.path), parcel.file) for w in caught)
    what = Text("GDAL lưu ý", "GDAL remarks")
    return [Problem(file=parcel.file, what=what, found=message) for message in messages]


def _cut_off(file: str, count: int, claim: int) -> RecordError:
    return refusal(
        file,
        Text("tệp hứa nhiều đối tượng hơn số đọc được", "fewer features than the file claims"),
        found=f"{count} / {claim}",
        allowed=Text("một tệp nguyên vẹn", "a whole file"),
        todo=Text("sao chép lại tệp từ nguồn", "copy the file from its source again"),
    )
