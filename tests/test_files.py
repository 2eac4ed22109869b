"""Files written whole or not at all, whatever happens in between."""

import errno
import os
import subprocess
import sys
import tempfile
import time

import pytest

from ntm_geo import files
from ntm_geo.errors import OutputError, Problem, Text
from ntm_geo.files import replacing

OLD, NEW = b"old" * 1000, b"new" * 1000
WRITER = """
import sys, time
from pathlib import Path
from ntm_geo.files import replacing

def stop(place):
    if place == sys.argv[2]:
        print("ready", flush=True)
        time.sleep(60)

with replacing(Path(sys.argv[1])) as draft:
    stop("before")
    with draft.open("wb") as handle:
        handle.write(b"new" * 500)
        handle.flush()
        stop("middle")
        handle.write(b"new" * 500)
    stop("written")
stop("after")
"""


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "tiny.gpkg"
    target.write_bytes(OLD)
    return target


def write(path, content=NEW):
    with replacing(path) as draft:
        draft.write_bytes(content)


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_a_file_is_replaced_and_no_draft_stays(path):
    write(path)
    assert path.read_bytes() == NEW
    assert names(path.parent) == ["tiny.gpkg"]


def test_the_folder_is_made(tmp_path):
    write(tmp_path / "a" / "b" / "x.html")
    assert (tmp_path / "a" / "b" / "x.html").read_bytes() == NEW


def test_the_draft_lies_beside_the_file_and_has_its_ending(path):
    with replacing(path) as draft:
        assert (draft.parent, draft.suffix) == (path.parent, ".gpkg")
        assert not draft.exists()
        draft.write_bytes(NEW)
        assert path.read_bytes() == OLD


def test_a_new_file_is_readable_as_any_other(path):
    plain = path.with_name("plain")
    plain.touch()
    write(path)
    assert path.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_inside_leaves_the_old_file_and_passes_on(path, error):
    def fail(draft):
        draft.write_bytes(NEW)
        raise error

    with pytest.raises(error), replacing(path) as draft:
        fail(draft)
    assert path.read_bytes() == OLD
    assert names(path.parent) == ["tiny.gpkg"]


def test_a_full_disk_leaves_the_old_file_and_is_told(path):
    def fail(draft):
        draft.write_bytes(NEW)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OutputError) as raised, replacing(path) as draft:
        fail(draft)
    assert path.read_bytes() == OLD
    assert names(path.parent) == ["tiny.gpkg"]
    assert "No space left" in raised.value.say("vi")


def test_a_writer_that_wrote_nothing_leaves_the_old_file(path):
    with pytest.raises(OutputError), replacing(path):
        pass
    assert path.read_bytes() == OLD


@pytest.mark.parametrize(
    ("place", "content"), [("before", OLD), ("middle", OLD), ("written", OLD), ("after", NEW)]
)
def test_a_kill_at_any_moment_leaves_a_whole_file(path, place, content):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), place], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        process.kill()
        assert process.wait(timeout=10) != 0
    assert path.read_bytes() == content


def leave(draft):
    """Leave a draft as a run killed long ago would have."""
    draft.write_bytes(b"half")
    long_ago = time.time() - 2 * files._LEFTOVER_AGE_S  # noqa: SLF001 (the age is no option)
    os.utime(draft, (long_ago, long_ago))


def hold_drafts(monkeypatch):
    """Let no draft that holds something be deleted, as Windows does while it is open."""
    unlink = files.Path.unlink

    def refuse(self, **options):
        if ".draft" in self.name and self.exists() and self.stat().st_size:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        unlink(self, **options)

    monkeypatch.setattr(files.Path, "unlink", refuse)


def test_drafts_of_killed_runs_are_swept_later(path):
    leave(path.with_name(".tiny-old.draft.gpkg"))
    leave(path.with_name(".tiny-old.draft.gpkg-journal"))
    young = path.with_name(".tiny-young.draft.gpkg")
    young.write_bytes(b"half")
    write(path)
    assert names(path.parent) == [young.name, "tiny.gpkg"]


def test_a_leftover_that_cannot_be_deleted_stops_nothing(path, monkeypatch):
    left = path.with_name(".tiny-old.draft.gpkg")
    leave(left)
    hold_drafts(monkeypatch)
    write(path)
    assert path.read_bytes() == NEW
    assert left.exists()


def test_a_draft_that_cannot_be_deleted_hides_no_error(path, monkeypatch):
    def fail(draft):
        draft.write_bytes(NEW)
        raise ValueError("the real one")

    hold_drafts(monkeypatch)
    with pytest.raises(ValueError, match="the real one"), replacing(path) as draft:
        fail(draft)
    assert path.read_bytes() == OLD


def test_drafts_of_other_files_are_left_alone(tmp_path):
    leave(tmp_path / ".a1-x.draft.html")
    write(tmp_path / "a[1].html")
    assert names(tmp_path) == [".a1-x.draft.html", "a[1].html"]


def test_a_folder_that_may_not_be_written_to_is_told(path, monkeypatch):
    def refuse(**_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(OutputError) as raised:
        write(path)
    assert path.read_bytes() == OLD
    said = raised.value.say("vi")
    assert all(word in said for word in (str(path), "Permission denied", "kiểm tra quyền ghi"))


def test_a_read_only_file_system_is_told(path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(files.Path, "mkdir", refuse)
    with pytest.raises(OutputError) as raised:
        write(path)
    assert path.read_bytes() == OLD
    said = raised.value.say("en")
    assert all(word in said for word in (str(path), os.strerror(errno.EROFS)))


def test_a_file_in_the_place_of_the_folder_is_told(path):
    with pytest.raises(OutputError):
        write(path / "x.html")
    assert path.read_bytes() == OLD


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path):
    (tmp_path / "x.html").mkdir()
    with pytest.raises(OutputError):
        write(tmp_path / "x.html")
    assert names(tmp_path) == ["x.html"]


def test_a_refusal_from_inside_is_passed_on_as_it_is(path):
    refusal = OutputError(Problem(what=Text("hỏng", "broken")))
    with pytest.raises(OutputError) as raised, replacing(path):
        raise refusal
    assert raised.value is refusal
    assert path.read_bytes() == OLD


def test_a_refusal_is_also_an_os_error(tmp_path):
    (tmp_path / "x").mkdir()
    with pytest.raises(OSError, match="not written; the old file stays"):
        write(tmp_path / "x")
