"""Files of the record written by one command at a time, only over what that command has read."""

import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ntm_geo.errors import OutputError, Problem, RecordError, Text, printable, raise_all
from ntm_geo.files import refused, replacing
from ntm_geo.steps.lock import only_one_writes
from ntm_geo.steps.step import (
    BEFORE,
    LAST_NUMBER,
    NOTE,
    STEPS_FOLDER,
    Change,
    Step,
    content_of,
    digest,
    last_standing,
    step_numbers,
    steps_that_read,
)


def write_step(
    root: Path, contents: Mapping[str, bytes], *, seen: Mapping[str, str], command: str, about: str
) -> Step | None:
    """Write files of the record, and keep beside them what they replace.

    Every draft is written first, then one after the other goes into its place, in the order given;
    what undoes them goes before them all, so that a kill at any moment can be undone.

    Parameters
    ----------
    root
        The folder that holds gis/.
    contents
        The files to write, whole: their path below the workspace and what they are to hold.
    seen
        What files held when they were read, as `digests` returns it: the contents come of that.
    command, about
        Which command writes, and what is taken in.

    Returns
    -------
    step
        What was written: without the files that hold the same already. None where all do.

    Raises
    ------
    OutputError
        A file was changed since it was read, or cannot be written, another command is writing, or
        there is no number left; the record is as it was. Where what was replaced already could not
        be put back, each such file is named, and undoing the step puts it back.
    RecordError
        A file cannot be read.
    """
    with only_one_writes(root):
        before = {file: content_of(root, file) for file in contents}
        raise_all(
            OutputError,
            [_changed(file) for file in contents if digest(before[file]) != seen.get(file)],
        )
        written = {file: new for file, new in contents.items() if new != before[file]}
        if not written:
            return None
        number = max(step_numbers(root), default=0) + 1
        if number > LAST_NUMBER:
            raise OutputError(_full())
        step = Step(
            number=number,
            # A note that cannot be read keeps nobody from writing: its number is taken, no more.
            follows=last_standing(steps_that_read(root)),
            command=command,
            about=printable(about),
            at=datetime.now().astimezone().replace(microsecond=0),
            files={
                file: Change(before=digest(before[file]), after=str(digest(new)))
                for file, new in written.items()
            },
        )
        kept = {f"{step.folder}/{BEFORE}/{file}": before[file] for file in written}
        try:
            replace_all(root, {**_there(kept), **note_of(step), **written})
        except OutputError as error:
            left = _take_back(root, step, {file: before[file] for file in written})
            if left:
                raise OutputError(*error.problems, *left) from error
            raise
    return step


def note_of(step: Step) -> dict[str, bytes]:
    """Return the note of a step as its file holds it, by its path below the workspace."""
    return {f"{step.folder}/{NOTE}": (step.model_dump_json(indent=2) + "\n").encode()}


def replace_all(root: Path, contents: Mapping[str, bytes]) -> None:
    """Replace files one after the other, in the order given, once each draft is written.

    Raises
    ------
    OutputError
        A file cannot be written; it and those after it are as they were.
    """
    with ExitStack() as stack:
        # The last one entered is the first one to be put in its place.
        for file, content in reversed(list(contents.items())):
            stack.enter_context(replacing(root / file)).write_bytes(content)


def remove_all(root: Path, files: Iterable[str]) -> None:
    """Remove files, as far as they are there.

    Raises
    ------
    OutputError
        A file cannot be removed.
    """
    for file in files:
        try:
            (root / file).unlink(missing_ok=True)
        except OSError as error:
            raise refused(root / file, error) from error


def _there(contents: Mapping[str, bytes | None]) -> dict[str, bytes]:
    return {file: content for file, content in contents.items() if content is not None}


def _take_back(root: Path, step: Step, before: Mapping[str, bytes | None]) -> list[Problem]:
    """Put back what was replaced before a file could not be; tell of what stays replaced.

    As long as something does, the step stands, so that it can be undone.
    """
    todo = Text(
        f"khắc phục nguyên nhân, rồi khôi phục bằng lệnh: ntm-geo undo {step.number}",
        f"mend what is in the way, then put it back with: ntm-geo undo {step.number}",
    )
    left: list[Problem] = []
    # What was put first, such as the history, goes last: what it holds is never nowhere.
    for file, content in reversed(list(before.items())):
        found = None
        try:
            if digest(content_of(root, file)) != step.files[file].after:
                continue
            if not left:
                replace_all(root, _there({file: content}))
                remove_all(root, [file] if content is None else [])
                continue
        except RecordError as error:
            left.append(replace(error.problems[0], todo=todo))
            continue
        except OutputError as error:
            found = error.problems[0].found
        what = Text(
            f"tệp này đã được thay ở bước {step.number} và chưa khôi phục được",
            f"this file was replaced by step {step.number} already and could not be put back",
        )
        left.append(Problem(file=file, what=what, found=found, todo=todo))
    if not left:
        shutil.rmtree(root / step.folder, ignore_errors=True)
    return left


def _changed(file: str) -> Problem:
    return Problem(
        file=file,
        what=Text(
            "tệp đã đổi từ lúc lệnh này đọc hồ sơ; chưa ghi gì, phần người khác đã ghi được giữ "
            "nguyên",
            "the file has changed since this command read the record; nothing was written, and the "
            "other's work stands",
        ),
        allowed=Text("tệp như lúc đọc", "the file as it was read"),
        todo=Text("chạy lại lệnh", "run the command again"),
    )


def _full() -> Problem:
    return Problem(
        file=f"{STEPS_FOLDER}/{LAST_NUMBER}",
        what=Text(
            "bước này đã có số lớn nhất, không còn số cho bước sau; chưa ghi gì",
            "this step has the highest number and leaves none for the next; nothing was written",
        ),
        allowed=Text(f"các số từ 1 đến {LAST_NUMBER}", f"numbers from 1 to {LAST_NUMBER}"),
        todo=Text(
            f"chuyển các thư mục trong {STEPS_FOLDER} sang chỗ khác để đánh số lại từ đầu",
            f"move the folders in {STEPS_FOLDER} elsewhere, so that numbers start anew",
        ),
    )
