"""Any file of geodata that people bring, opened safely and told apart; nothing is decided here.

Whatever it claims to be, a file is copied to a temporary folder, recognised by its content,
looked through for what could do harm, and only then read. What cannot be drawn is named.
"""

from dataclasses import replace
from pathlib import Path

from ntm_geo.foreign.apart import MOST_SECONDS
from ntm_geo.foreign.arrival import take_in
from ntm_geo.foreign.brought import (
    Brought,
    Cell,
    Column,
    CrsOrigin,
    DeclaredCrs,
    DeclaredEncoding,
    EncodingOrigin,
    Format,
    Layer,
    Odd,
    OddReason,
    Recognition,
    Table,
)
from ntm_geo.foreign.readers import read_parcel
from ntm_geo.foreign.staging import temporary_folder

__all__ = [
    "MOST_SECONDS",
    "Brought",
    "Cell",
    "Column",
    "CrsOrigin",
    "DeclaredCrs",
    "DeclaredEncoding",
    "EncodingOrigin",
    "Format",
    "Layer",
    "Odd",
    "OddReason",
    "Recognition",
    "Table",
    "open_foreign",
]


def open_foreign(
    path: Path,
    *,
    layer: str | None = None,
    encoding: str | None = None,
    seconds: float | None = None,
) -> Brought:
    """Read one layer of a file that people bring.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, shapefile, MapInfo TAB or MIF, DXF, KML, KMZ, GPX, FlatGeobuf,
        GeoParquet (where pyarrow is installed), CSV or Excel; or a zip that holds such files.
        The file is only read, and nothing is written beside it.
    layer
        Name of a layer, sheet, KML folder or file in a zip; None where only one holds anything.
    encoding
        How people say that the text is written. `UTF-8` is decoded here. Anything else leaves
        the text of shapefiles, MapInfo, DXF and CSV raw, one letter for each byte, as it is
        without: GDAL's own decoding of Vietnamese encodings cuts letters off.
    seconds
        The time that GDAL has, in a process of its own [s]; None reads in this one, however long
        it takes.

    Returns
    -------
    brought
        Features and attributes, or a table; see `Brought`. Coordinates are those of the file,
        in the units of the CRS that it states.

    Raises
    ------
    RecordError
        What is wrong with the file, what would be right and what to do.
    """
    with temporary_folder() as folder:
        arrival = take_in(path, folder, layer)
        brought = read_parcel(arrival.parcel, folder, arrival.layer, encoding, seconds)
    return replace(brought, notices=(*arrival.notices, *brought.notices))
