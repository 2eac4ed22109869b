"""The files of the record: found and read as text."""

from collections.abc import Iterator
from pathlib import Path

from ntm_geo.encodings import Decoded, decode
from ntm_geo.errors import Problem, RecordError, Text, cannot_open
from ntm_geo.schemas import TABLES

PROJECT_FILE = "gis/project.toml"
CRITERIA_FOLDER = "gis/criteria"
VIEWS_FOLDER = "gis/views"
_STYLES_FOLDER = "gis/qgis"
_LISTED = {"gis": "", "gis/plan": "", CRITERIA_FOLDER: ".toml", VIEWS_FOLDER: ".toml"}
"""Folders whose files are known by name, or by the ending given."""

_NO_DATA = ("readme.md", "desktop.ini", "thumbs.db")


def find_workspace(start: Path) -> Path:
    """Return the folder that holds gis/project.toml: `start` or the nearest one above it.

    Raises
    ------
    RecordError
        There is none.
    """
    folders = (start.absolute(), *start.absolute().parents) if start.exists() else ()
    for folder in folders:
        if (folder / PROJECT_FILE).is_file():
            return folder
    raise RecordError(
        Problem(
            file=PROJECT_FILE,
            what=Text("không tìm thấy hồ sơ của huyện", "no district's record found"),
            found=str(start),
            allowed=Text(
                "một thư mục có tệp gis/project.toml", "a folder that holds gis/project.toml"
            ),
            todo=Text(
                "chạy lệnh trong thư mục đó, hoặc chỉ ra bằng --project",
                "run the command there, or name the folder with --project",
            ),
        )
    )


def is_data(path: Path) -> bool:
    """Say whether a path is a file that somebody brought, not a trace of a program.

    Examples
    --------
    >>> is_data(Path("gis/.gitkeep")), is_data(Path("pyproject.toml"))
    (False, True)
    """
    hidden = path.name.startswith((".", "~$")) or path.name.lower() in _NO_DATA
    return not hidden and path.is_file()


def read_text(root: Path, file: str) -> Decoded:
    """Read one file of the record as an editor has left it.

    Raises
    ------
    RecordError
        It is missing, cannot be opened, or is no UTF-8.
    """
    try:
        data = (root / file).read_bytes()
    except FileNotFoundError as error:
        raise RecordError(
            Problem(
                file=file,
                what=Text("thiếu tệp", "the file is missing"),
                allowed=Text("một tệp văn bản UTF-8", "a text file in UTF-8"),
                todo=Text("đặt lại tệp vào chỗ này", "put the file back in its place"),
            )
        ) from error
    except OSError as error:
        raise RecordError(cannot_open(file, error)) from error
    return decode(data, file=file)


def unread_notices(root: Path) -> Iterator[Problem]:
    """Name files beside the record's own that nobody reads, such as a working copy in Excel."""
    known = {PROJECT_FILE, *(table.file for table in TABLES)}
    for folder, ending in _LISTED.items():
        for path in sorted(p for p in (root / folder).glob("*") if is_data(p)):
            file = path.relative_to(root).as_posix()
            if file not in known and not (ending and path.suffix == ending):
                yield Problem(
                    file=file,
                    what=Text("tệp này không được đọc", "this file is not read"),
                    found=path.name,
                    allowed=Text("các tệp của hồ sơ", "the files of the record"),
                    todo=Text(
                        "lưu số liệu vào tệp của hồ sơ, chuyển tệp này đi chỗ khác",
                        "save its figures in the record's own file, move this one elsewhere",
                    ),
                )


def read_styles(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read the styles for QGIS, by layer or by kind of geometry."""
    styles: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted((root / _STYLES_FOLDER).glob("*.qml")):
        try:
            styles[path.stem] = read_text(root, path.relative_to(root).as_posix()).text
        except RecordError as error:
            problems += error.problems
    return styles, problems
