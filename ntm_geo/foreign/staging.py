"""A private copy of what people bring, under a name that the program chose.

Nothing is opened where it lies: a driver may write beside a file, follow its name elsewhere, or
see other bytes than those that were checked.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ntm_geo.errors import RecordError, Text, cannot_open
from ntm_geo.foreign.brought import Recognition, refusal

MAX_BYTES = 512 * 2**20
"""Most that one data set may weigh, all parts together and unpacked [byte]."""

MAX_TEXT_BYTES = 128 * 2**20
"""The same of a format in plain text, which grows when it is parsed [byte]."""

MAX_FEATURES = 1_000_000
"""Most features of one layer; a district has some ten thousand."""

PARTS = {
    ".shp": (".shp", ".shx", ".dbf", ".prj", ".cpg"),
    ".tab": (".tab", ".dat", ".map", ".id", ".ind"),
    ".mif": (".mif", ".mid"),
}
"""Files that make up one data set, by the ending of the one that is named."""

_CHUNK = 2**20


@dataclass(frozen=True)
class Parcel:
    """One data set in the temporary folder: `data` with the ending of each part."""

    file: str
    """How people call it, for messages; behind a zip its path inside."""
    stem: str
    """The name without its ending, as layers of some formats are called."""
    path: Path
    """The main part."""
    recognition: Recognition

    def part(self, ending: str) -> Path:
        """Return the path of another part of the same data set, there or not."""
        return self.path.with_suffix(ending)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder that is removed again, whatever happens."""
    # On Windows a virus scanner may hold a file for a moment: no reason to lose what was read.
    with tempfile.TemporaryDirectory(prefix="ntm-geo-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def check_file(path: Path) -> None:
    """Refuse what is no file with something in it, before any byte is read.

    Raises
    ------
    RecordError
        No such file, a folder, a device, or an empty file.
    """
    file = path.name or str(path)
    try:
        if not path.exists():
            raise refusal(
                file,
                Text("không có tệp này", "there is no such file"),
                found=str(path),
                allowed=Text("một tệp có thật", "a file that is there"),
                todo=Text("kiểm tra lại đường dẫn", "check the path"),
            )
        if not path.is_file():
            raise refusal(
                file,
                Text("đây là thư mục, không phải tệp", "a folder or a device, not a file"),
                found=str(path),
                allowed=Text("một tệp", "one file"),
                todo=Text(
                    "chọn một tệp trong thư mục (với shapefile: tệp .shp)",
                    "choose a file inside it (of a shapefile the .shp)",
                ),
            )
        size = path.stat().st_size
    except OSError as error:
        raise locked(file, error) from error
    if size == 0:
        raise refusal(
            file,
            Text("tệp rỗng", "the file is empty"),
            found="0 byte",
            allowed=Text("một tệp có dữ liệu", "a file with data"),
            todo=Text("xuất hoặc tải lại tệp", "export or download the file again"),
        )


def copy_parts(path: Path, main: Path) -> None:
    """Copy the parts that belong to a file to where its own copy lies.

    Parameters
    ----------
    path
        The file that was named.
    main
        Its copy; the copies of the parts differ from it in their ending only.

    Raises
    ------
    RecordError
        A part cannot be read, or all of them are larger than MAX_BYTES.
    """
    left = MAX_BYTES - main.stat().st_size
    for part, ending in _siblings(path, set(PARTS.get(main.suffix, ())) - {main.suffix}):
        left -= copy_bounded(part, main.with_suffix(ending), left)


def _siblings(path: Path, wanted: set[str]) -> Iterator[tuple[Path, str]]:
    """Find files beside one that differ in their ending only, however it is spelled."""
    if not wanted:
        return
    try:
        beside = sorted(path.parent.iterdir())
    except OSError as error:
        raise locked(path.parent.name, error) from error
    for part in beside:
        ending = part.suffix.lower()
        if ending in wanted and part.stem.casefold() == path.stem.casefold() and part.is_file():
            wanted = wanted - {ending}
            yield part, ending


def copy_bounded(path: Path, copy: Path, limit: int) -> int:
    """Copy a file of at most `limit` bytes, and return its size [byte]."""
    size = 0
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise too_large(path.name, path.stat().st_size, MAX_BYTES)
                target.write(chunk)
    except OSError as error:
        raise locked(path.name, error) from error
    return size


def check_text_size(parcel: Parcel) -> None:
    """Refuse a file in plain text that is too large to parse."""
    size = parcel.path.stat().st_size
    if size > MAX_TEXT_BYTES:
        raise too_large(parcel.file, size, MAX_TEXT_BYTES)


def too_large(file: str, size: int, limit: int) -> RecordError:
    """Return the error of a file that is too large [byte]."""
    return refusal(
        file,
        Text("tệp quá lớn", "the file is too large"),
        found=f"{size / 2**20:.0f} MB",
        allowed=Text(f"nhiều nhất {limit >> 20} MB", f"{limit >> 20} MB at most"),
        todo=Text(
            "cắt lấy phần của huyện trong QGIS rồi xuất lại (GeoPackage)",
            "cut out the district in QGIS and export it again (GeoPackage)",
        ),
    )


def too_many(file: str, count: int | str) -> RecordError:
    """Return the error of a layer with more features than are read."""
    return refusal(
        file,
        Text("lớp có quá nhiều đối tượng", "the layer has too many features"),
        found=str(count),
        allowed=Text(f"nhiều nhất {MAX_FEATURES:,}", f"{MAX_FEATURES:,} at most"),
        todo=Text("cắt lấy phần của huyện trong QGIS", "cut out the district in QGIS"),
    )


def locked(file: str, error: OSError) -> RecordError:
    """Return the error of a file that the system does not let us read."""
    return RecordError(cannot_open(file, error))
