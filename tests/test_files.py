"""Files written whole or not at all, whatever happens in between."""

import errno
import os
import signal
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
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=10) == -signal.SIGKILL
    assert path.read_bytes() == content


def test_drafts_of_killed_runs_are_swept_later(path):
    old, young = (path.with_name(f".tiny-{name}.draft.gpkg") for name in ("old", "young"))
    for draft in (old, young):
        draft.write_bytes(b"half")
    long_ago = time.time() - 2 * files._LEFTOVER_AGE_S  # noqa: SLF001 (the age is no option)
    os.utime(old, (long_ago, long_ago))
    write(path)
    assert names(path.parent) == [young.name, "tiny.gpkg"]


def test_drafts_of_other_files_are_left_alone(tmp_path):
    other = tmp_path / ".a1-x.draft.html"
    other.write_bytes(b"half")
    os.utime(other, (0, 0))
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


def test_a_read_only_file_system_is_told():
    with pytest.raises(OutputError) as raised:
        write(files.Path("/proc/ntm-geo/x.html"))
    assert "/proc/ntm-geo/x.html" in raised.value.say("en")


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
