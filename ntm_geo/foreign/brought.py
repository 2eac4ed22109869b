"""What a file that people bring holds, told apart; nothing of it is decided yet."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ntm_geo.errors import Problem, RecordError, Text

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import DataFrame

Cell = str | int | float
"""One cell of a table: a figure where the spreadsheet holds one, else what was typed."""


class Format(StrEnum):
    """A format that is opened."""

    GEOJSON = "GeoJSON"
    GEOPACKAGE = "GeoPackage"
    SHAPEFILE = "Shapefile"
    TAB = "MapInfo TAB"
    MIF = "MapInfo MIF"
    DXF = "DXF"
    KML = "KML"
    KMZ = "KMZ"
    GPX = "GPX"
    FLATGEOBUF = "FlatGeobuf"
    GEOPARQUET = "GeoParquet"
    CSV = "CSV"
    EXCEL = "Excel"


class CrsOrigin(StrEnum):
    """Where the declared CRS of a file comes from."""

    PRJ = ".prj"
    GEOPACKAGE = "gpkg_spatial_ref_sys"
    MAPINFO = "CoordSys"
    HEADER = "header"
    CRS_MEMBER = "crs member"
    RFC_7946 = "RFC 7946"
    KML = "OGC KML 2.3"
    GPX = "GPX 1.1"
    NONE = "none"


class EncodingOrigin(StrEnum):
    """What says how the text of a file is written."""

    ASKED = "asked"
    CPG = ".cpg"
    DBF = ".dbf"
    MAPINFO = "Charset"
    DXF = "$DWGCODEPAGE"
    BOM = "BOM"
    CONTENT = "content"
    STANDARD = "standard"
    NONE = "none"


class OddReason(StrEnum):
    """Why a feature has no place on a map."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_FINITE = "not_finite"
    BROKEN = "broken"


@dataclass(frozen=True)
class Recognition:
    """What a file is, as its content says, whatever its name ends in."""

    format: Format
    evidence: str
    """The bytes or words of the content that tell, such as `SQLite format 3, GPKG`."""
    wrong_ending: str = ""
    """How the name ends where that belongs to another format, with its dot."""


@dataclass(frozen=True)
class Layer:
    """One layer of a file."""

    name: str
    count: int
    """Features or rows."""
    kind: str
    """Kind of geometry that the layer declares: `Polygon`, `3D Point`, `Unknown`, `None`."""


@dataclass(frozen=True)
class Column:
    """One attribute as the file declares it."""

    name: str
    type: str
    """Such as `str:80`, `int32`, `date`; empty where the format has no types."""


@dataclass(frozen=True)
class DeclaredCrs:
    """The CRS that the file states, taken at its word."""

    wkt: str | None
    authority: str | None
    """Such as `EPSG:9218`, as the file names it or GDAL knows it by; None where neither does."""
    origin: CrsOrigin


@dataclass(frozen=True)
class DeclaredEncoding:
    """How the text is written, as the file says, and how it was read."""

    name: str | None
    """Such as `UTF-8`, `1258`, `WindowsVietnamese`; None where nothing says."""
    origin: EncodingOrigin
    is_raw: bool
    """Each letter stands for one byte (ISO-8859-1): the text is yet to be decoded."""


@dataclass(frozen=True)
class Odd:
    """A feature that cannot be drawn; its attributes are kept."""

    feature: int
    reason: OddReason
    found: str


@dataclass(frozen=True)
class Table:
    """Rows of a CSV file or a sheet, cells as they are."""

    header: tuple[str, ...]
    """Names of the columns; empty where a column has none."""
    rows: tuple[tuple[Cell, ...], ...]
    """As long as the header each; an empty cell is an empty text."""
    lines: tuple[int, ...]
    """The line of each row as a spreadsheet numbers it."""
    above: tuple[tuple[Cell, ...], ...] = ()
    """Rows above the header, such as a title."""


@dataclass(frozen=True)
class Brought:
    """One layer of a file that people bring, read whole.

    `features` has the columns `feature` and `geometry`, in the CRS that the file states (none
    where it states none), 2D, without curves. `attributes` holds every feature, also those in
    `odd`: its index is named `feature`, its cells are str, int, float, bool or None. Features
    are numbered from 1 in the order of the file. Of a CSV or Excel file there is a `table`
    instead, and both frames are None.
    """

    file: str
    recognition: Recognition
    driver: str
    """What read it: the name of a GDAL driver, or of a Python library."""
    layer: str
    layers: tuple[Layer, ...]
    crs: DeclaredCrs
    encoding: DeclaredEncoding
    columns: tuple[Column, ...]
    attributes: "DataFrame | None" = None
    features: "GeoDataFrame | None" = None
    kinds: dict[str, int] = field(default_factory=dict)
    """How many features there are of each kind of geometry."""
    odd: tuple[Odd, ...] = ()
    table: Table | None = None
    notices: tuple[Problem, ...] = ()
    attribution: str = ""
    """Words that the publisher wants beside every map of it, where the file says so."""
    is_recorded: bool = False
    """A receiver was at each of the places, at a time that the file states."""


def refusal(
    file: str, what: Text, *, found: str | None = None, allowed: Text, todo: Text
) -> RecordError:
    """Return the error of a file that cannot be taken."""
    return RecordError(Problem(file=file, what=what, found=found, allowed=allowed, todo=todo))


def counted(numbers: "list[int]") -> str:
    """Name features by their numbers, the first of them where there are many.

    Examples
    --------
    >>> counted([1, 4])
    '1, 4 (2)'
    """
    most = 20
    shown = ", ".join(str(number) for number in numbers[:most])
    return f"{shown}{', …' if len(numbers) > most else ''} ({len(numbers)})"
