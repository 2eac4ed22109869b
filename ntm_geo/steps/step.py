"""A step: which files a command has written, how they were before, how they were then."""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from ntm_geo.errors import Problem, RecordError, Text, cannot_open
from ntm_geo.model import GEOMETRY_FOLDER
from ntm_geo.schemas import TABLES, problem_of

STEPS_FOLDER = "gis/undo"
NOTE = "step.json"
LAST_NUMBER = 9999
"""The folders of steps are named by four digits; any other name is no step."""

BEFORE, AFTER = "before", "after"
"""Folders of a step: what it replaced, and what undoing it took away."""

_TABLES = frozenset(table.file for table in TABLES)
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"}
)
"""Names that Windows keeps for devices, whatever ending follows.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""


def _of_record(file: str) -> str:
    """Return a path as it is, if `digests` can hold it and it means the same on each system."""
    parts = file.split("/")
    is_plain = file.isprintable() and not set(file) & set('\\:*?"<>|')
    is_geometry = file.startswith(f"{GEOMETRY_FOLDER}/") and not any(
        # Windows drops a dot or a space at the end.
        not part or part.endswith((".", " ")) or part.split(".")[0].strip().upper() in _DEVICES
        for part in parts
    )
    if file not in _TABLES and not (is_plain and is_geometry):
        message = f"no file of the record: {file}"
        raise ValueError(message)
    return file


_File = Annotated[str, AfterValidator(_of_record)]
_Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Change(BaseModel):
    """What a step made of a file, by the SHA-256 of its content; None where there was no file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: _Digest | None
    after: _Digest


class Step(BaseModel):
    """One write of a command.

    Parameters
    ----------
    number
        The steps count from 1 to 9999; the name of its folder.
    follows
        The last step that stood when it was written; 0 where none did.
    command
        The command that wrote, such as "import".
    about
        What was taken in: the name of a file, as a rule.
    at
        When.
    files
        What became of each file; paths below the workspace.
    is_undone
        Whether it was taken back.
    undone_as
        Its place in the order in which steps were undone; 0 where it stands, and in notes written
        before this was kept.
    undone_after
        The highest number that a step had then: with a higher one, something was written since.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int = Field(ge=1, le=LAST_NUMBER)
    follows: int = Field(ge=0)
    command: str
    about: str
    at: datetime
    files: dict[_File, Change]
    is_undone: bool = False
    undone_as: int = Field(default=0, ge=0)
    undone_after: int = Field(default=0, ge=0)

    @property
    def folder(self) -> str:
        """Its folder, below the workspace."""
        return f"{STEPS_FOLDER}/{self.number:04d}"


def last_standing(steps: Iterable[Step]) -> int:
    """Return the number of the last step that is not undone; 0 where there is none."""
    return max((step.number for step in steps if not step.is_undone), default=0)


def step_numbers(root: Path) -> list[int]:
    """Return the numbers of all steps, also of one that was broken off before its note stood."""
    folder = root / STEPS_FOLDER
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(int(name) for name in names if re.fullmatch("[0-9]{4}", name))


def read_steps(root: Path) -> tuple[Step, ...]:
    """Return the steps, the oldest first.

    Parameters
    ----------
    root
        The folder that holds gis/.

    Raises
    ------
    RecordError
        The note of a step cannot be read.
    """
    read = (_read_step(root, number) for number in step_numbers(root))
    return tuple(step for step in read if step is not None)


def steps_that_read(root: Path) -> tuple[Step, ...]:
    """Return the steps, the oldest first, but those whose note cannot be read."""
    found = []
    for number in step_numbers(root):
        with suppress(RecordError):
            found.append(_read_step(root, number))
    return tuple(step for step in found if step is not None)


def _read_step(root: Path, number: int) -> Step | None:
    """Return a step; None where its note was never written.

    Raises
    ------
    RecordError
        Its note cannot be read.
    """
    file = f"{STEPS_FOLDER}/{number:04d}/{NOTE}"
    content = content_of(root, file)
    if content is None:
        return None
    try:
        step = Step.model_validate_json(content)
    except ValidationError as error:
        raise RecordError(*(_broken(file, problem_of(one)) for one in error.errors())) from error
    if step.number != number:
        wrong = Problem(
            what=Text("số khác với tên thư mục", "the number is not that of the folder"),
            found=str(step.number),
            column="number",
        )
        raise RecordError(_broken(file, wrong))
    return step


def _broken(file: str, wrong: Problem) -> Problem:
    return Problem(
        file=file,
        column=wrong.column,
        what=Text(
            f"không đọc được ghi chép của bước này: {wrong.what.vi}",
            f"the note of this step cannot be read: {wrong.what.en}",
        ),
        found=wrong.found,
        allowed=Text("tệp như ntm-geo đã ghi", "the file as ntm-geo has written it"),
        todo=Text(
            "lấy lại tệp từ bản sao, hoặc chuyển cả thư mục của bước đi chỗ khác",
            "get it back from a copy, or move the folder of the step elsewhere",
        ),
    )


def content_of(root: Path, file: str) -> bytes | None:
    """Return what a file holds; None where there is none.

    Raises
    ------
    RecordError
        It cannot be opened.
    """
    try:
        return (root / file).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise RecordError(cannot_open(file, error)) from error


def digest(content: bytes | None) -> str | None:
    """Return the SHA-256 of a file's content; None of no file."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def digests(root: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that commands may write anew: tables and geometry.

    Parameters
    ----------
    root
        The folder that holds gis/.

    Returns
    -------
    digests
        By path below the workspace. A file that cannot be opened is left out: who reads the record
        says so.
    """
    files = [table.file for table in TABLES]
    brought = (root / GEOMETRY_FOLDER).rglob("*")
    files += sorted(path.relative_to(root).as_posix() for path in brought if path.is_file())
    found = {}
    for file in files:
        try:
            content = content_of(root, file)
        except RecordError:
            continue
        if content is not None:
            found[file] = hashlib.sha256(content).hexdigest()
    return found
