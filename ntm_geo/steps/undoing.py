"""The last step taken back, or done again; what gives way is kept, and nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_geo.errors import OptionError, Problem, RecordError, Text, raise_all
from ntm_geo.steps.lock import only_one_writes
from ntm_geo.steps.step import (
    AFTER,
    BEFORE,
    STEPS_FOLDER,
    Step,
    content_of,
    digest,
    last_standing,
    read_steps,
    step_numbers,
)
from ntm_geo.steps.writing import note_of, remove_all, replace_all

_NAMED = 20
"""So many of the latest steps are named."""


@dataclass(frozen=True)
class Undo:
    """What taking a step back, or doing it again, does to the record.

    Parameters
    ----------
    step
        The step.
    restored
        Files that are replaced, and what they are to hold; paths below the workspace.
    removed
        Files that are taken out: the step had made them.
    kept
        Copies of what gives way, and what they hold.
    """

    step: Step
    restored: Mapping[str, bytes]
    removed: tuple[str, ...]
    kept: Mapping[str, bytes]


def plan_undo(root: Path, number: int | None = None, *, redo: bool = False) -> Undo:
    """Work out what taking back a step does.

    Parameters
    ----------
    root
        The folder that holds gis/.
    number
        The step; None takes the last one, or what was undone last.
    redo
        Do a step that was taken back again.

    Returns
    -------
    undo
        Nothing is restored or removed where the record is as before the step already.

    Raises
    ------
    OptionError
        No step has this number, or it is undone already, or was not.
    RecordError
        There is no step, a file was changed since, or a copy is not what it was.
    """
    steps = read_steps(root)
    step = _last(steps, redo=redo) if number is None else _named(steps, number, redo=redo)
    restored: dict[str, bytes] = {}
    removed: list[str] = []
    kept: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file, change in step.files.items():
        now = content_of(root, file)
        first, last = (change.before, change.after) if redo else (change.after, change.before)
        if digest(now) == last:
            continue
        copy = f"{step.folder}/{AFTER if redo else BEFORE}/{file}"
        if digest(now) != first:
            kept_copy = None if last is None else copy
            earlier = _to_redo_first(steps, step, file, digest(now)) if redo else None
            todo = _todo(steps, step, file, kept_copy) if earlier is None else _redo_first(earlier)
            problems.append(_changed(file, step, todo))
        if now is not None and not redo:
            kept[f"{step.folder}/{AFTER}/{file}"] = now
        if last is None:
            removed.append(file)
            continue
        content = content_of(root, copy)
        if content is None or digest(content) != last:
            problems.append(_damaged(copy))
        else:
            restored[file] = content
    raise_all(RecordError, problems)
    # What a step has put first, such as the history, goes last: what it holds is never nowhere.
    return Undo(step, dict(reversed(restored.items())), tuple(removed), kept)


def undo_step(root: Path, number: int | None = None, *, redo: bool = False) -> Undo:
    """Take back a step that a command has written, or do it again.

    A kill at any moment loses nothing: the same once more brings it to its end.

    Parameters
    ----------
    root, number, redo
        As `plan_undo` takes them.

    Raises
    ------
    OptionError, RecordError
        As `plan_undo`; nothing is written.
    OutputError
        A command is writing, or a file cannot be replaced.
    """
    with only_one_writes(root):
        undo = plan_undo(root, number, redo=redo)
        replace_all(root, {**undo.kept, **undo.restored})
        remove_all(root, undo.removed)
        replace_all(root, note_of(_redone(undo.step) if redo else _undone(undo.step, root)))
    return undo


def _undone(step: Step, root: Path) -> Step:
    order = max(one.undone_as for one in read_steps(root)) + 1
    latest = max(step_numbers(root))
    return step.model_copy(
        update={"is_undone": True, "undone_as": order, "undone_after": latest},
    )


def _redone(step: Step) -> Step:
    return step.model_copy(update={"is_undone": False, "undone_as": 0, "undone_after": 0})


def _named(steps: Sequence[Step], number: int, *, redo: bool) -> Step:
    can_be = [step for step in steps if step.is_undone == redo]
    for step in can_be:
        if step.number == number:
            return step
    numbers = ", ".join(str(step.number) for step in can_be[-_NAMED:]) or "–"
    raise OptionError(
        Problem(
            column="STEP",
            what=Text("không có bước này để làm lại", "there is no such step to do again")
            if redo
            else Text("không có bước này để hoàn tác", "there is no such step to undo"),
            found=str(number),
            allowed=Text(numbers, numbers),
            todo=Text("chọn một bước", "choose one of these"),
        )
    )


def _last(steps: Sequence[Step], *, redo: bool) -> Step:
    """Return the last step that stands, or the one undone last if nothing was written since."""
    last = last_standing(steps)
    latest = max((step.number for step in steps), default=0)
    undone = [step for step in steps if step.is_undone]
    if redo:
        wanted = [
            step
            for step in undone
            # A note written before the order was kept says only which step it followed.
            if (step.undone_after >= latest if step.undone_as else step.follows == last)
        ]
    else:
        wanted = [step for step in steps if step.number == last]
    if wanted:
        return max(wanted, key=lambda step: (step.undone_as, step.number))
    if redo and undone:
        raise RecordError(_only_by_number(undone))
    what = (
        Text(
            "không có bước nào để làm lại: chưa hoàn tác gì",
            "there is no step to do again: nothing was undone",
        )
        if redo
        else Text("không có bước nào để hoàn tác", "there is no step to undo")
    )
    raise RecordError(
        Problem(
            file=STEPS_FOLDER,
            what=what,
            allowed=Text(
                "nội dung ntm-geo import, ntm-geo photos đã ghi",
                "what ntm-geo import and ntm-geo photos have written",
            ),
            todo=Text(
                "sửa tệp trong gis/ bằng tay, hoặc nhập lại",
                "change the files under gis/ by hand, or import again",
            ),
        )
    )


def _only_by_number(undone: Sequence[Step]) -> Problem:
    numbers = ", ".join(str(step.number) for step in undone[-_NAMED:])
    latest = undone[-1].number
    return Problem(
        file=STEPS_FOLDER,
        what=Text(
            "không rõ cần làm lại bước nào: sau khi hoàn tác đã ghi tiếp",
            "it is not clear which step to do again: something was written since the undo",
        ),
        allowed=Text(f"một trong các bước {numbers}", f"one of the steps {numbers}"),
        todo=Text(
            f"nói rõ số của bước, như ntm-geo undo {latest} --redo",
            f"say the number of the step, such as ntm-geo undo {latest} --redo",
        ),
    )


def _to_redo_first(steps: Sequence[Step], step: Step, file: str, now: str | None) -> int | None:
    """Return the undone step that leads, perhaps by others, to what `step` had found in a file."""
    wanted = step.files[file].before
    for one in reversed(steps):
        change = one.files.get(file)
        if one.number >= step.number or not one.is_undone or change is None:
            continue
        if change.after == wanted:
            wanted = change.before
            if wanted == now:
                return one.number
    return None


def _redo_first(number: int) -> Text:
    return Text(
        f"làm lại bước trước: ntm-geo undo {number} --redo",
        f"do the earlier step again first: ntm-geo undo {number} --redo",
    )


def _todo(steps: Sequence[Step], step: Step, file: str, copy: str | None) -> Text:
    """Say how what a file held comes back: `copy` has it, unless a later step is undone first."""
    later = (one.number for one in steps if not one.is_undone and file in one.files)
    latest = max(later, default=0)
    if latest > step.number:
        return Text(
            f"hoàn tác bước sau trước: ntm-geo undo {latest}",
            f"undo the later step first: ntm-geo undo {latest}",
        )
    if copy is None:
        return Text(
            "trước bước này chưa có tệp: xóa bằng tay phần không cần",
            "there was no file before this step: delete by hand what is not wanted",
        )
    return Text(
        f"chép bằng tay phần cần lấy lại từ {copy}", f"copy what is wanted from {copy} by hand"
    )


def _changed(file: str, step: Step, todo: Text) -> Problem:
    said = f"{step.number} ({step.command} {step.about})"
    return Problem(
        file=file,
        what=Text(
            f"tệp đã đổi từ bước {said}; chưa ghi gì, để không mất nội dung đã sửa sau đó",
            f"the file was changed since step {said}; nothing was written, so that what was "
            "changed since is not lost",
        ),
        allowed=Text("tệp như lệnh ntm-geo để lại", "the file as the command has left it"),
        todo=todo,
    )


def _damaged(copy: str) -> Problem:
    return Problem(
        file=copy,
        what=Text(
            "bản giữ lại đã mất hoặc không còn như cũ; chưa ghi gì",
            "the copy that was kept is gone or has been changed; nothing was written",
        ),
        allowed=Text("bản như ntm-geo đã giữ", "the copy as ntm-geo has kept it"),
        todo=Text("lấy lại tệp này từ bản sao lưu", "get this file back from a backup"),
    )
