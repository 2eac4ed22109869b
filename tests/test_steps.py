"""What commands write into the record: undone byte by byte, and never over other people's work."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_geo import files
from ntm_geo.errors import OptionError, OutputError, RecordError
from ntm_geo.steps import digests, lock, plan_undo, read_steps, undo_step, write_step
from ntm_geo.workspace.importing import Said, plan_import, write_import

ROADS, UNITS = "gis/geometry/roads.geojson", "gis/units.csv"
STEP = "gis/undo/0001/step.json"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "gis/geometry").mkdir(parents=True)
    (tmp_path / UNITS).write_bytes(b"\xef\xbb\xbfunit_code,aliases\r\n1,\r\n")
    return tmp_path


def write(root, contents, seen=None):
    seen = digests(root) if seen is None else seen
    return write_step(root, contents, seen=seen, command="import", about="duong.gpx")


def held(root):
    """Return what every file of the record holds, but the steps."""
    paths = [path for path in (root / "gis").rglob("*") if path.is_file()]
    names = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    return {name: data for name, data in names.items() if not name.startswith("gis/undo/")}


BOTH = {ROADS: b"roads", UNITS: b"units"}


def test_a_step_is_undone_byte_by_byte_and_done_again(root):
    before = held(root)
    write(root, BOTH)
    after = held(root)
    undo = undo_step(root)
    assert (list(undo.restored), undo.removed) == ([UNITS], (ROADS,))
    assert held(root) == before
    undo_step(root, redo=True)
    assert held(root) == after == BOTH


# What the record holds after each step, and what people do: write, undo, do again.
@settings(max_examples=50)
@given(st.lists(st.sampled_from(["a", "b", "both", "undo", "redo"]), max_size=12))
def test_whatever_the_order_the_record_is_as_it_was(tmp_path_factory, deeds):
    root = tmp_path_factory.mktemp("steps")
    (root / "gis").mkdir()
    states, place = [{}], 0
    for number, deed in enumerate(deeds):
        if deed in ("undo", "redo"):
            to = place + (1 if deed == "redo" else -1)
            if 0 <= to < len(states):
                undo_step(root, redo=deed == "redo")
                place = to
            else:
                with pytest.raises(RecordError, match=r"there is no step|not clear which step"):
                    undo_step(root, redo=deed == "redo")
        else:
            new = {
                name: f"{deed} {number}".encode()
                for name in (ROADS, UNITS)
                if deed in ("both", "a" if name == ROADS else "b")
            }
            write(root, new)
            states = [*states[: place + 1], states[place] | new]
            place += 1
        assert held(root) == states[place]


def test_a_step_is_undone_by_its_number_where_others_wrote_since(root):
    before = held(root)
    write(root, {ROADS: b"roads"})
    write(root, {UNITS: b"units"})
    undo_step(root, 1)
    assert held(root) == {UNITS: b"units"}
    with pytest.raises(OptionError, match=r"no such step to undo. Found: «1». Allowed: 2\."):
        undo_step(root, 1)
    with pytest.raises(OptionError, match=r"no such step to do again. Found: «2». Allowed: 1\."):
        undo_step(root, 2, redo=True)
    undo_step(root)
    assert held(root) == before
    undo_step(root, 1, redo=True)
    write(root, {ROADS: b"newer"})
    with pytest.raises(RecordError, match=r"changed since step 1 .* first: ntm-geo undo 3"):
        undo_step(root, 1)


def test_what_was_undone_last_is_done_again_first(root):
    for number in range(1, 6):
        write(root, {f"gis/geometry/{number}.geojson": b"x"})
    for number in (5, 2, 1):
        undo_step(root, number)
    assert [undo_step(root, redo=True).step.number for _ in range(3)] == [1, 2, 5]
    with pytest.raises(RecordError, match="nothing was undone"):
        undo_step(root, redo=True)


def test_after_more_was_written_the_steps_to_do_again_are_named(root):
    for content in (b"1", b"2"):
        write(root, {ROADS: content})
    undo_step(root)
    undo_step(root)
    write(root, {UNITS: b"3"})
    with pytest.raises(RecordError, match=r"one of the steps 1, 2\. .* ntm-geo undo 2 --redo"):
        undo_step(root, redo=True)
    with pytest.raises(RecordError, match=r"earlier step again first: ntm-geo undo 1 --redo"):
        undo_step(root, 2, redo=True)


def test_a_note_without_the_order_of_undoing_is_still_done_again(root):
    for number in (1, 2):
        write(root, {ROADS: str(number).encode()})
    for number in (2, 1):
        undo_step(root)
        path = root / f"gis/undo/000{number}/step.json"
        note = json.loads(path.read_text("utf-8"))
        del note["undone_as"], note["undone_after"]
        path.write_text(json.dumps(note), encoding="utf-8")
    assert [undo_step(root, redo=True).step.number for _ in range(2)] == [1, 2]


def stop(monkeypatch, at):
    """Break off when a file is put in its place: the one that is counted `at`."""
    calls = []
    replace = files.Path.replace

    def counted(self, target):
        calls.append(target)
        if len(calls) >= at:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(files.Path, "replace", counted)


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_step_that_is_broken_off_anywhere_can_be_undone(root, monkeypatch, at):
    before = held(root)
    with monkeypatch.context() as patch:
        stop(patch, at)
        with pytest.raises(KeyboardInterrupt):
            write(root, BOTH)
    # The copy goes first, then the note, then the files.
    assert len(read_steps(root)) == (at > 2)
    if at > 2:
        undo_step(root)
    assert held(root) == before
    write(root, BOTH)
    assert held(root) == BOTH


@pytest.mark.parametrize("at", [1, 2, 3, 4])  # two copies, the table, the note
def test_an_undo_that_is_broken_off_is_brought_to_its_end(root, monkeypatch, at):
    before = held(root)
    write(root, BOTH)
    with monkeypatch.context() as patch:
        stop(patch, at)
        with pytest.raises(KeyboardInterrupt):
            undo_step(root)
    undo_step(root)
    assert held(root) == before
    undo_step(root, redo=True)
    assert held(root) == BOTH


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_where_a_file_cannot_be_replaced_the_record_is_as_it_was(root, monkeypatch, at):
    before = held(root)
    calls = []
    replace = files.Path.replace

    def refuse_once(self, target):
        calls.append(target)
        if len(calls) == at:
            raise PermissionError(13, "held by QGIS")
        return replace(self, target)

    monkeypatch.setattr(files.Path, "replace", refuse_once)
    with pytest.raises(OutputError, match="held by QGIS"):
        write(root, BOTH)
    assert held(root) == before
    assert read_steps(root) == ()


@pytest.mark.parametrize("at", [4, 5])  # the first one stays replaced, or the second one alone
def test_what_stays_replaced_is_named_and_undone(root, monkeypatch, at):
    before = held(root)
    three = {**BOTH, "gis/photos.csv": b"photos"}
    calls = []
    replace = files.Path.replace

    def refuse_from(self, target):
        calls.append(target)
        if len(calls) >= at:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(files.Path, "replace", refuse_from)
        patch.setattr(files.Path, "unlink", refuse_made(files.Path.unlink))
        with pytest.raises(OutputError) as raised:
            write(root, three)
    failed, *left = raised.value.problems
    assert failed.file.endswith("units.csv" if at == 4 else "photos.csv")
    replaced = [ROADS] if at == 4 else [UNITS, ROADS]
    assert [problem.file for problem in left] == replaced
    assert [file for file in three if held(root).get(file) == three[file]] == replaced[::-1]
    assert left[0].say("en") == (
        f"{replaced[0]}: this file was replaced by step 1 already and could not be put back. "
        "Found: «No space left on device». "
        "To do: mend what is in the way, then put it back with: ntm-geo undo 1."
    )
    undo_step(root, 1)
    assert held(root) == before


def refuse_made(unlink):
    """Return an unlink that removes no geometry."""

    def refusing(self, *, missing_ok=False):
        if self.suffix == ".geojson" and ".draft" not in self.name:
            raise OSError(28, "No space left on device")
        unlink(self, missing_ok=missing_ok)

    return refusing


def test_what_was_changed_since_is_not_undone(root):
    write(root, BOTH)
    (root / UNITS).write_bytes(b"edited in Excel")
    (root / ROADS).write_bytes(b"edited in QGIS")
    before = held(root)
    with pytest.raises(RecordError) as raised:
        undo_step(root)
    roads, units = raised.value.problems
    assert roads.say("en") == (
        f"{ROADS}: the file was changed since step 1 (import duong.gpx); nothing was written, so "
        "that what was changed since is not lost. Allowed: the file as the command has left it. "
        "To do: there was no file before this step: delete by hand what is not wanted."
    )
    assert f"copy what is wanted from gis/undo/0001/before/{UNITS} by hand" in units.say("en")
    assert held(root) == before


def test_a_copy_that_was_changed_is_not_put_back(root):
    write(root, BOTH)
    (root / "gis/undo/0001/before" / UNITS).write_bytes(b"something else")
    with pytest.raises(RecordError, match="the copy that was kept is gone or has been changed"):
        undo_step(root)
    assert held(root) == BOTH


OUTSIDE = [
    "../x", "gis/../../x", "/x", "x", "gis\\..\\x", "gis//x", "c:/x", "gis", "gis/x.csv",
    "gis/.writing", "gis/undo", "gis/undo/0001/x", "gis/UNDO/0001/x", "gis/project.toml",
    "gis/units.csv\0", "gis/geometry", *(f"gis/geometry/{name}" for name in [
        "", "x\0", "x\n", "x\u202e", "../x", "./x", "a/../../x", "a//x", "a\\x", "x:y", "x.", "x ",
        "a./x", "CON", "con.geojson", "aux .x", "nul/x", "LPT1.geojson", "COM¹",
    ]),
]  # fmt: skip


@pytest.mark.parametrize("file", OUTSIDE)
def test_a_note_that_leads_out_of_the_record_is_refused(root, file):
    write(root, {UNITS: b"units"})
    note = json.loads((root / STEP).read_text("utf-8"))
    note["files"] = {file: {"before": None, "after": digests(root)[UNITS]}}
    (root / STEP).write_text(json.dumps(note), encoding="utf-8")
    with pytest.raises(RecordError, match="the note of this step cannot be read"):
        plan_undo(root)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("", "tệp hỏng hoặc bị cắt (không phải JSON). Cho phép"),
        ('{"number": 1', "tệp hỏng hoặc bị cắt (không phải JSON). Cho phép"),
        ('{"number": 1, "x": 2}', "cột x: không đọc được ghi chép của bước này: mục này không có"),
    ],
)
def test_a_note_that_is_broken_is_told_and_keeps_nobody_from_writing(root, note, said):
    write(root, {UNITS: b"units"})
    (root / STEP).write_text(note, encoding="utf-8")
    with pytest.raises(RecordError) as raised:
        plan_undo(root)
    assert said in raised.value.say("vi")
    assert write(root, {ROADS: b"roads"}).number == 2


def test_a_folder_that_is_no_step_gives_no_number(root):
    for name in ("9999999999", "99999", "2", "００４２", "0007-copy"):
        (root / "gis/undo" / name).mkdir(parents=True)
    assert write(root, BOTH).number == 1


def test_the_last_number_is_followed_by_none(root):
    (root / "gis/undo/9999").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"gis/undo/9999: .* nothing was written"):
        write(root, BOTH)
    (root / "gis/undo/9999").rename(root / "elsewhere")
    assert write(root, BOTH).number == 1


def test_what_changes_between_reading_and_writing_is_not_written_over(root):
    seen = digests(root)
    (root / UNITS).write_bytes(b"somebody else")
    before = held(root)
    with pytest.raises(OutputError, match=r"units\.csv: the file has changed since this command"):
        write(root, BOTH, seen)
    assert held(root) == before
    assert read_steps(root) == ()


def test_people_who_write_at_once_lose_nothing(root, monkeypatch):
    monkeypatch.setattr(lock, "_PAUSE_S", 0.001)
    path = root / UNITS
    path.write_text("", encoding="utf-8")

    def add(name):
        for number in range(5):
            while True:
                seen = digests(root)
                try:
                    lines = path.read_text("utf-8") + f"{name}{number}\n"
                    write(root, {UNITS: lines.encode()}, seen)
                except OutputError:
                    continue
                break

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, "abcd"))
    assert sorted(path.read_text("utf-8").split()) == [f"{a}{n}" for a in "abcd" for n in range(5)]
    assert len(read_steps(root)) == 20
    assert not (root / "gis/.writing").exists()


def test_a_lock_file_that_a_power_cut_has_left_is_named(root, monkeypatch):
    monkeypatch.setattr(lock, "LONGEST_WAIT_S", 0.0)
    (root / "gis/.writing").write_text("may-phong-kt, 2026-11-26 09:00:00\n", encoding="utf-8")
    for deed in (lambda: write(root, BOTH), lambda: undo_step(root)):
        with pytest.raises(OutputError) as raised:
            deed()
        assert "may-phong-kt, 2026-11-26 09:00:00" in raised.value.say("vi")
        assert "delete the lock file gis/.writing" in raised.value.say("en")
    assert sorted(held(root)) == ["gis/.writing", UNITS]


def test_an_empty_lock_file_tells_since_when_it_stands(root, monkeypatch):
    monkeypatch.setattr(lock, "LONGEST_WAIT_S", 0.0)
    (root / lock.LOCK_FILE).touch()
    at = datetime(2026, 11, 26, 9, 0).astimezone().timestamp()
    os.utime(root / lock.LOCK_FILE, (at, at))
    with pytest.raises(OutputError, match=r"it stands since 2026-11-26 09:00:00\. Allowed:"):
        write(root, BOTH)


def test_a_check_tells_of_a_lock_file_that_is_left(tiny, run_main):
    tiny.write(lock.LOCK_FILE, "")
    assert lock.LOCK_FILE not in run_main(["check"], tiny.root).stderr
    os.utime(tiny.path(lock.LOCK_FILE), (0, 0))
    out = run_main(["check", "--lang", "en"], tiny.root)
    assert out.code == 0
    assert "gis/.writing: a lock file is left; while it stands" in out.stderr


def refusing(wrapped, times):
    """Return a function of the system that is denied the lock file so many times."""
    left = iter(range(times))

    def denied(path, *args, **named):
        if files.Path(path).name == ".writing" and next(left, None) is not None:
            raise PermissionError(13, "held by a scanner")
        return wrapped(path, *args, **named)

    return denied


def test_a_lock_file_that_another_program_reads_is_removed_when_it_lets_go(root, monkeypatch):
    monkeypatch.setattr(lock, "_PAUSE_S", 0.0)
    monkeypatch.setattr(files.Path, "unlink", refusing(files.Path.unlink, 2))
    write(root, BOTH)
    assert held(root) == BOTH


def test_a_lock_file_that_cannot_be_removed_is_told(root, monkeypatch):
    monkeypatch.setattr(lock, "LONGEST_RELEASE_S", 0.0)
    seen = digests(root)
    with monkeypatch.context() as patch:
        patch.setattr(files.Path, "unlink", refusing(files.Path.unlink, 2))
        with pytest.raises(OutputError) as raised:
            write(root, BOTH, seen)
        done, left = raised.value.say("en").splitlines()
        assert done == "the command has written all it had to; it need not be run again."
        assert left.startswith("gis/.writing: the lock file cannot be removed")
        assert "held by a scanner" in left
        (root / lock.LOCK_FILE).rename(root / "elsewhere")
        with pytest.raises(OutputError) as raised:
            write(root, BOTH, seen)
    assert [one.file for one in raised.value.problems] == [ROADS, UNITS, lock.LOCK_FILE]
    assert len(read_steps(root)) == 1


def test_a_lock_file_that_is_just_being_removed_is_waited_for(root, monkeypatch):
    monkeypatch.setattr(lock, "_PAUSE_S", 0.0)
    monkeypatch.setattr(lock.os, "open", refusing(os.open, 2))
    write(root, BOTH)
    assert held(root) == BOTH


def test_a_folder_that_refuses_the_lock_file_is_told(root, monkeypatch):
    monkeypatch.setattr(lock, "LONGEST_WAIT_S", 0.0)
    monkeypatch.setattr(lock.os, "open", refusing(os.open, 1))
    before = held(root)
    with pytest.raises(OutputError, match=r"\.writing: not written.* Found: «held by a scanner»"):
        write(root, BOTH)
    assert held(root) == before


def test_a_lock_file_that_takes_no_word_holds_and_is_removed(root, monkeypatch):
    def fill(handle, *_, **__):
        os.close(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lock.os, "fdopen", fill)
    write(root, BOTH)
    assert held(root) == BOTH


# --- the command -------------------------------------------------------------------------------

POINT = '{"type": "Point", "coordinates": [108.5231, 13.5226]}'
SCHOOLS = "gis/geometry/schools.geojson"


def school(tmp_path, name="Truong B"):
    path = tmp_path / "truong.csv"
    path.write_text(f"Tên,Kinh độ,Vĩ độ\n{name},108.5231,13.5226\n", encoding="utf-8")
    return path


def test_an_import_that_taught_a_spelling_is_undone(tiny, run_main, tmp_path):
    before = held(tiny.root)
    path = school(tmp_path, "Trường học B")
    command = ["import", str(path), "--layer", "schools", "--crs", "EPSG:4326"]
    assert run_main([*command, "--link", "2=school-b", "--learn"], tiny.root).code == 0
    assert "Trường học B" in tiny.read("gis/plan/assets.csv")
    shown = run_main(["undo", "--dry-run", "--lang", "en"], tiny.root)
    assert shown.stdout.endswith("Nothing was written (--dry-run).\n")
    assert tiny.path(SCHOOLS).exists()
    out = run_main(["undo", "--lang", "en"], tiny.root)
    assert (out.code, out.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in out.stdout.splitlines()]
    assert lines[0].startswith("Step 1 import truong.csv, written at 20")
    kept = "What gave way is in gis/undo/0001/after"
    assert lines[1:] == [
        "Put back gis/plan/assets.csv", f"Taken out {SCHOOLS}",
        f"{kept}/{SCHOOLS}", f"{kept}/gis/plan/assets.csv",
        "Undone. To do this step again: ntm-geo undo 1 --redo",
    ]  # fmt: skip
    assert held(tiny.root) == before
    assert run_main(["undo"], tiny.root).code == 1


def test_an_undo_also_mends_a_record_that_cannot_be_opened(tiny, run_main, tmp_path):
    command = ["import", str(school(tmp_path)), "--layer", "schools", "--crs", "EPSG:4326"]
    run_main(command, tiny.root)
    tiny.replace("gis/plan/assets.csv", "school-b,", "school-c,")
    assert run_main(["check"], tiny.root).code == 1
    assert run_main(["undo"], tiny.root).code == 0
    assert not tiny.path(SCHOOLS).exists()


def test_two_imports_at_once_keep_both(tiny, tmp_path):
    """The second one has read the record before the first one wrote."""
    late = tiny.open()
    said = Said(crs="EPSG:4326")
    plan = plan_import(late, school(tmp_path), layer="schools", said=said, today=date(2023, 5, 1))
    tiny.write(
        SCHOOLS,
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        '{"asset_id": "school-b", "position": "surveyed", "source": "GPS"}, "geometry": '
        f"{POINT}}}]}}",
    )
    first = tiny.read(SCHOOLS)
    with pytest.raises(OutputError, match="nothing was written"):
        write_import(late, plan)
    assert tiny.read(SCHOOLS) == first


def test_a_project_speaks_its_language_when_it_undoes(tiny, run_main):
    tiny.replace(
        "gis/project.toml", 'main_set = "commune"', 'main_set = "commune"\nlanguage = "en"'
    )
    assert "there is no step to undo" in run_main(["undo"], tiny.root).stderr


def test_no_trace_of_a_step_is_read_as_geometry(tiny, run_main, tmp_path):
    command = ["import", str(school(tmp_path)), "--layer", "schools", "--crs", "EPSG:4326"]
    run_main(command, tiny.root)
    run_main(["undo"], tiny.root)
    assert tiny.open().geometry.assets is None
    assert tiny.open().notices == ()
