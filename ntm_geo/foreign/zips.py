"""Zip archives: looked through before anything is unpacked, unpacked under names of our own."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ntm_geo.errors import Problem, RecordError, Text
from ntm_geo.foreign.brought import refusal
from ntm_geo.foreign.staging import MAX_BYTES, PARTS, locked, too_large

MAX_MEMBERS = 2000
MAX_RATIO = 250
"""Times that an archive may grow; blank columns of a .dbf reach 200."""

_SMALL_BYTES = 32 * 2**20
"""Below this an archive may grow at any ratio: it does no harm [byte]."""

_CHUNK = 2**20
_MAIN = (
    ".shp", ".tab", ".mif", ".gpkg", ".geojson", ".json", ".kml", ".gpx", ".fgb", ".dxf",
    ".parquet", ".csv",
)  # fmt: skip
_ARCHIVES = (".zip", ".kmz", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".xlsx")
_ENCRYPTED = 1
_WINDOWS_DRIVE = 2
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, LookupError)
"""What zipfile raises where an archive is cut off, false, or packed in a way it does not know."""


@contextmanager
def opened(path: Path, file: str) -> Iterator[zipfile.ZipFile]:
    """Open an archive, and turn whatever is wrong with it into an error that says so.

    Raises
    ------
    RecordError
        The archive is cut off, broken, or packed in an unknown way.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except RecordError:
        raise
    except _DAMAGED as error:
        raise refusal(
            file,
            Text("tệp nén bị hỏng hoặc bị cắt cụt", "the zip is damaged or cut off"),
            found=str(error),
            allowed=Text("một tệp zip nguyên vẹn", "a whole zip file"),
            todo=Text("tải lại, hoặc nén lại", "download it again, or zip it again"),
        ) from error
    except OSError as error:
        raise locked(file, error) from error


def check_members(
    archive: zipfile.ZipFile, file: str, *, may_nest: bool = False
) -> list[zipfile.ZipInfo]:
    """Look through the list of an archive, which costs nothing.

    Parameters
    ----------
    archive
        The open archive.
    file
        Its name, for messages.
    may_nest
        Archives inside are left alone instead of refused.

    Returns
    -------
    members
        Files that may be unpacked; without folders and what macOS adds.

    Raises
    ------
    RecordError
        Too many members, too large, a name that leads elsewhere, a link, a password, an archive
        inside the archive, two members of one name.
    """
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise _unsafe(file, Text("quá nhiều tệp bên trong", "too many files inside"), len(infos))
    _check_growth(infos, file)
    seen: set[str] = set()
    members = []
    for info in infos:
        _check_member(info, file, may_nest=may_nest)
        path = PurePosixPath(info.filename)
        if info.is_dir() or "__MACOSX" in path.parts or path.name.startswith("."):
            continue
        if info.filename.casefold() in seen:
            what = Text("hai tệp trùng tên bên trong", "two files of one name inside")
            raise _unsafe(file, what, info.filename)
        seen.add(info.filename.casefold())
        members.append(info)
    return members


def _check_growth(infos: list[zipfile.ZipInfo], file: str) -> None:
    claimed = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if claimed > MAX_BYTES:
        raise too_large(file, claimed, MAX_BYTES)
    if claimed > _SMALL_BYTES and claimed > MAX_RATIO * packed:
        what = Text("tệp nén phình ra bất thường (bom zip)", "the zip swells like a zip bomb")
        raise _unsafe(file, what, f"x {claimed // max(packed, 1)}")


def _check_member(info: zipfile.ZipInfo, file: str, *, may_nest: bool) -> None:
    name = info.filename.replace("\\", "/")  # zipfile does it on Windows only
    parts = name.split("/")
    has_drive = len(name) >= _WINDOWS_DRIVE and name[1] == ":"
    if name.startswith("/") or has_drive or ".." in parts or info.orig_filename.startswith("\\"):
        what = Text("tên bên trong dẫn ra ngoài tệp nén", "a name inside leads out of the zip")
        raise _unsafe(file, what, info.filename)
    if stat.S_ISLNK(info.external_attr >> 16):
        what = Text("bên trong có liên kết tượng trưng", "a symbolic link inside")
        raise _unsafe(file, what, info.filename)
    if info.flag_bits & _ENCRYPTED:
        what = Text("tệp nén có mật khẩu", "the zip has a password")
        raise _unsafe(file, what, info.filename)
    if not may_nest and PurePosixPath(name).suffix.lower() in _ARCHIVES:
        raise nested(file, info.filename)


def _unsafe(file: str, what: Text, found: object) -> RecordError:
    return refusal(
        file,
        what,
        found=str(found),
        allowed=Text(
            "tệp zip thường, chỉ chứa dữ liệu bản đồ, không mật khẩu",
            "a plain zip with map data only, without a password",
        ),
        todo=Text(
            "giải nén rồi nhập thẳng tệp bên trong", "unpack it and import the file that is inside"
        ),
    )


def unpack_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, *, file: str, limit: int
) -> int:
    """Unpack one member, counting what really comes out.

    Parameters
    ----------
    archive, info
        The open archive and the member.
    target
        The file to write.
    file
        The archive's name, for messages.
    limit
        Most that may come out [byte].

    Returns
    -------
    size
        What came out [byte].

    Raises
    ------
    RecordError
        More comes out than `limit`.
    """
    size = 0
    with archive.open(info) as source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise too_large(file, size, MAX_BYTES)
            copy.write(chunk)
    return size


def unpack(path: Path, file: str, folder: Path) -> tuple[list[tuple[str, Path]], list[Problem]]:
    """Unpack every data set of an archive.

    Parameters
    ----------
    path
        The archive.
    file
        Its name, for messages.
    folder
        An empty folder; each data set gets a folder of its own in it.

    Returns
    -------
    data_sets, notices
        For each data set its path inside the archive and the copy of its main part; and what
        was left packed.

    Raises
    ------
    RecordError
        The archive is unsafe or damaged, or there is no data set in it.
    """
    with opened(path, file) as archive:
        members = check_members(archive, file)
        mains = [info for info in members if _ending(info) in _MAIN]
        if not mains:
            raise _nothing_inside(file, members)
        found, taken, left = [], set(), MAX_BYTES
        for number, main in enumerate(mains):
            own = folder / str(number)
            own.mkdir()
            for info in [main, *_parts(main, members)]:
                left -= unpack_member(
                    archive, info, own / f"data{_ending(info)}", file=file, limit=left
                )
                taken.add(info.filename)
            found.append((main.filename, own / f"data{_ending(main)}"))
    unread = [info.filename for info in members if info.filename not in taken]
    return found, [_left_packed(file, unread)] if unread else []


def pick(
    found: list[tuple[str, Path]], asked: str | None, file: str
) -> tuple[str, Path, str | None]:
    """Choose one of the data sets of an archive.

    Parameters
    ----------
    found
        What `unpack` gave.
    asked
        A layer that was asked for: the name of a data set where there are several.
    file
        The archive's name, for messages.

    Returns
    -------
    inside, copy, asked
        The path inside the archive, the copy, and the layer that is still to be chosen in it.

    Raises
    ------
    RecordError
        There are several and none is chosen.
    """
    if len(found) == 1:
        return (*found[0], asked)
    wanted = (asked or "").casefold()
    chosen = [
        (inside, copy)
        for inside, copy in found
        if wanted in (inside.casefold(), PurePosixPath(inside).stem.casefold())
    ]
    if len(chosen) == 1:
        return (*chosen[0], None)
    names = ", ".join(inside for inside, _ in found)
    raise refusal(
        file,
        Text("tệp nén chứa nhiều bộ dữ liệu", "the zip holds several data sets"),
        found=asked,
        allowed=Text(names, names),
        todo=Text("chọn một bộ như chọn lớp", "choose one of them as a layer"),
    )


def nested(file: str, inside: str) -> RecordError:
    """Return the error of an archive inside an archive."""
    return _unsafe(file, Text("tệp nén nằm trong tệp nén", "an archive inside the archive"), inside)


def _ending(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename).suffix.lower()


def _parts(main: zipfile.ZipInfo, members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    wanted = PARTS.get(_ending(main), ())
    stem = main.filename[: -len(_ending(main))].casefold()
    return [
        info
        for info in members
        if info is not main
        and _ending(info) in wanted
        and info.filename[: -len(_ending(info))].casefold() == stem
    ]


def _nothing_inside(file: str, members: list[zipfile.ZipInfo]) -> RecordError:
    names = ", ".join(info.filename for info in members[:8])
    endings = ", ".join(_MAIN)
    return refusal(
        file,
        Text("tệp nén không chứa dữ liệu bản đồ nào", "there is no map data in the zip"),
        found=names,
        allowed=Text(f"một trong các tệp {endings}", f"one of {endings}"),
        todo=Text(
            "kiểm tra lại tệp nén; Excel và KMZ thì nhập thẳng",
            "check the zip; import Excel and KMZ files as they are",
        ),
    )


def _left_packed(file: str, names: list[str]) -> Problem:
    return Problem(
        file=file,
        what=Text("có tệp trong zip không được đọc", "files in the zip that are not read"),
        found=", ".join(names),
    )
