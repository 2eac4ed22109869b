"""Whatever is planted in the record: the program says what, where and what to do."""

import dataclasses
import json
import unicodedata
from collections.abc import Callable

import pytest

UNITS, TARGETS = "gis/units.csv", "gis/plan/targets.csv"
WORKS, MEASURES = "gis/plan/works.csv", "gis/plan/measures.csv"
GEOJSON = "gis/geometry/roads.geojson"
DECOMPOSED = unicodedata.normalize("NFD", "Sơn Hạ")


@dataclasses.dataclass(frozen=True)
class Fault:
    """A fault to plant, and what the message must hold beside the words for found and allowed."""

    plant: Callable
    file: str
    found: str | None
    allowed: str | tuple[str, str]
    row: int | None = None
    column: str | None = None


def cell(at, value, allowed, found=None):
    file, row, column = at
    return Fault(lambda tiny: tiny.edit(*at, value), file, found or value, allowed, row, column)


def encoded(encoding, row, found):
    def plant(tiny):
        text = tiny.read(WORKS)
        tiny.write(WORKS, text.encode(encoding, errors="replace"))

    return Fault(plant, WORKS, found, "UTF-8", row)


def tcvn3(tiny):
    line = b"x,road-a,\xa7\xad\xeang l\xb5ng,90001,harden,,,,,,,,,,I\n"
    tiny.write(WORKS, tiny.read(WORKS).partition("\n")[0].encode() + b"\n" + line)


def twice(tiny):
    tiny.write(WORKS, tiny.read(WORKS) + tiny.read(WORKS).splitlines()[1] + "\n")


def extra_column(tiny):
    header, _, rest = tiny.read(MEASURES).partition("\n")
    tiny.write(MEASURES, f"{header},ghi chú\n{rest}")


def geojson(text, found, allowed, row=None, column=None):
    return Fault(lambda tiny: tiny.write(GEOJSON, text), GEOJSON, found, allowed, row, column)


STRANGER = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [108.5, 13.5]},
    "properties": {"asset_id": "road-x", "position": "surveyed", "source": "GPS"},
}
FAULTS = {
    "missing file": Fault(lambda tiny: tiny.delete(WORKS), WORKS, None, "UTF-8"),
    "missing project key": Fault(
        lambda tiny: tiny.replace("gis/project.toml", 'main_set = "commune"', ""),
        "gis/project.toml", None, ("một giá trị", "a value"), column="main_set",
    ),
    "broken project": Fault(
        lambda tiny: tiny.replace("gis/project.toml", "plan_year = 2023", "plan_year = năm"),
        "gis/project.toml", "Invalid value", " = ", 4, "13",
    ),
    "unknown unit": cell((MEASURES, 2, "unit_code"), "90099", "90003"),
    "unit by its name": cell((MEASURES, 2, "unit_code"), "Sơn Hạ", "[0-9]"),
    "unknown criterion": cell((TARGETS, 3, "number"), "9", ("từ 1 đến 3", "1 to 3")),
    "unknown set": cell((TARGETS, 3, "set"), "advanced", "commune, village"),
    "duplicate id": Fault(
        twice, WORKS, "road-a-harden", ("mỗi mã một dòng", "each key once"), 7, "work_id"
    ),
    "negative quantity": cell((WORKS, 2, "quantity"), "-1.5", ("từ 0 trở lên", "0 or more")),
    "no figure": cell((WORKS, 2, "quantity"), "1.234,5", ("hàng nghìn", "thousands")
    ),
    "TCVN3": Fault(tcvn3, WORKS, "0xa7", "UTF-8", 2),
    "UTF-16": encoded("utf-16", 1, "0xfffe"),
    "cp1258": encoded("cp1258", 2, "0x"),
    "malformed GeoJSON": geojson(
        '{"type": "FeatureCollection",\n]', "double quotes", "RFC 7946", 2, "1"
    ),
    "GeoJSON of nothing known": geojson(
        json.dumps({"type": "FeatureCollection", "features": [STRANGER]}),
        "road-x", "road-a", column="features[0].asset_id",
    ),
    "name of two units": cell((UNITS, 4, "aliases"), "đăkmơ", ("một đơn vị", "one unit")),
    "no date": cell((WORKS, 2, "due"), "31/02/2023", "31/12/2023"),
    "lookalike of Đ": cell((WORKS, 2, "name"), "\u00d0ường làng A", "Đường làng A"),
    "decomposed Unicode": cell((UNITS, 3, "name"), DECOMPOSED, "Sơn Hạ", "So\\u031bn Ha\\u0323"
    ),
    "unknown column": Fault(extra_column, MEASURES, "ghi chú", "measure_id, name", 1, "ghi chú"),
    "unknown office": cell((WORKS, 2, "office"), "no-office", "works-office"),
    "unknown funding": cell((WORKS, 2, "funding"), "lottery", "local, central"),
    "unknown status": cell(("gis/progress/2023-03/90002.csv", 2, "status"), "xong", "completed"
    ),
}  # fmt: skip
WORDS = {
    "vi": ("dòng {}", "cột {}", "Gặp: ", "Cho phép: ", "Cách sửa: "),
    "en": ("row {}", "column {}", "Found: ", "Allowed: ", "To do: "),
}


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_in_full_and_nothing_is_written(tiny, run_main, name, command, lang):
    fault = FAULTS[name]
    fault.plant(tiny)
    before = tiny.made()
    done = run_main([command, "--lang", lang], tiny.root)
    assert (done.code, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert tiny.made() == before
    (message,) = [line for line in done.stderr.splitlines() if line.startswith(fault.file)]
    row, column, found, allowed, todo = WORDS[lang]
    place, _, rest = message.partition(": ")
    assert fault.row is None or row.format(fault.row) in place
    assert fault.column is None or column.format(fault.column) in place
    assert fault.found is None or fault.found in rest.partition(found)[2]
    expected = fault.allowed if isinstance(fault.allowed, str) else fault.allowed[lang == "en"]
    assert expected in rest.partition(allowed)[2]
    assert len(rest.partition(todo)[2]) > 5


@pytest.mark.parametrize(
    "name", ["missing file", "UTF-16", "unknown criterion", "malformed GeoJSON"]
)
def test_a_process_of_its_own_says_the_same(tiny, run_cli, run_main, name):
    FAULTS[name].plant(tiny)
    before = tiny.made()
    done = run_cli(["check"], tiny.root)
    assert done == run_main(["check"], tiny.root)
    assert done.code == 1
    assert tiny.made() == before


def test_a_build_of_its_own_touches_nothing_where_the_record_is_wrong(tiny, run_cli):
    FAULTS["negative quantity"].plant(tiny)
    before = tiny.made()
    done = run_cli(["build"], tiny.root, NTM_GEO_LANG="en")
    assert done.code == 1
    assert done.stderr.startswith(f"{WORKS}, row 2, column quantity: ")
    assert tiny.made() == before


def test_all_faults_of_all_files_are_told_at_once(tiny, run_main):
    for name in ("unknown unit", "unknown criterion", "no date"):
        FAULTS[name].plant(tiny)
    done = run_main(["check"], tiny.root)
    assert done.code == 1
    files = [line.partition(",")[0] for line in done.stderr.splitlines()]
    assert sorted(files) == [MEASURES, TARGETS, WORKS]


# --- what loses nothing ------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("trace", "shape"),
    [
        ("BOM", lambda text: text.encode("utf-8-sig")),
        ("CRLF", lambda text: text.replace("\n", "\r\n").encode()),
    ],
)
def test_traces_of_excel_are_read_with_a_notice(tiny, run_main, trace, shape, lang):
    tiny.write(UNITS, shape(tiny.read(UNITS)))
    done = run_main(["check", "--lang", lang], tiny.root)
    assert done.code == 0
    assert done.stderr.startswith(UNITS)
    assert trace in done.stderr
    assert ("nothing lost" if lang == "en" else "không mất gì") in done.stderr


def test_a_record_saved_by_excel_is_built(tiny, run_cli):
    text = tiny.read(WORKS).replace("\n", "\r\n")
    tiny.write(WORKS, text.encode("utf-8-sig"))
    before = tiny.made()
    done = run_cli(["build"], tiny.root)
    assert (done.code, "BOM, CRLF" in done.stderr) == (0, True)
    after = tiny.made()
    assert after.keys() == before.keys()
    assert all(after[file] != before[file] for file in before)


def test_a_clean_record_is_told_on_stdout_alone(tiny, run_cli):
    done = run_cli(["check", "--lang", "en"], tiny.root / "gis/plan")
    assert (done.code, done.stderr) == (0, "")
    assert "units 4" in done.stdout
    assert "reports 1" in done.stdout


# --- questions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize(
    "asked",
    [
        (["works", "--unit", "Nơi Không Có"], "Nơi Không Có", "90001"),
        (["works", "--unit", "90099"], "90099", "90001"),
        (["works", "--unit", "Ea Tơ"], "Ea Tơ", "thị trấn Ea Tơ (90010), huyện Ea Tơ (900)"),
        (["assets", "--unit", "xã Son Ha"], "xã Son Ha", "xã Sơn Hạ (90002), xã Sơn Hà (90003)"),
        (["works", "--inside", "Son Ha"], "Son Ha", "xã Sơn Hạ (90002), xã Sơn Hà (90003)"),
        (["works", "--criterion", "commune:9"], "commune:9", "commune"),
        (["criteria", "--criterion", "advanced"], "advanced", "commune"),
        (["works", "--office", "Phòng Không"], "Phòng Không", "works-office"),
    ],
)
def test_a_question_about_nothing_or_two_things_is_not_guessed(tiny, run_main, asked, lang):
    question, found, allowed = asked
    done = run_main(["query", *question, "--lang", lang], tiny.root)
    assert (done.code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    words = WORDS[lang]
    assert found in done.stderr.partition(words[2])[2]
    assert allowed in done.stderr.partition(words[3])[2]
    assert words[4] in done.stderr


@pytest.mark.parametrize("spelling", ["TT Ea Tơ", "thị trấn Ea Tơ", "90010", "thi tran ea to"])
def test_a_full_name_is_understood(tiny, run_main, spelling):
    done = run_main(["query", "works", "--unit", spelling, "--as", "csv"], tiny.root)
    assert done.code == 0
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == [
        "work_id",
        "house-town-repair",
    ]


# --- other ways to go wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [["check", "--lang", "fr"], ["paint"], ["build", "--as-of", "31-12-23"],
     ["query", "works", "--status", "done"], ["query", "works", "--within", "2"],
     ["query", "works", "--layer", "rail"]],
)  # fmt: skip
def test_wrong_usage_is_exit_2(tiny, run_main, args):
    done = run_main(args, tiny.root)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr


@pytest.mark.parametrize("folder", ["typo", "gis/typo"])
def test_a_folder_that_is_not_there_is_not_swapped_for_another(tiny, run_main, folder):
    done = run_main(["check", "--project", folder], tiny.root)
    assert (done.code, done.stdout) == (1, "")
    assert folder in done.stderr


def test_a_place_that_cannot_be_written_to_is_told_and_left_as_it_was(tiny, run_main):
    tiny.delete("maps/tiny-overview.html")
    tiny.path("maps").rmdir()
    tiny.write("maps", b"a file in the place of the folder")
    done = run_main(["build", "--lang", "en"], tiny.root)
    assert done.code == 1
    assert "not written; the old file stays" in done.stderr
    assert tiny.read("maps") == "a file in the place of the folder"


EMPTIED = [TARGETS, MEASURES, "gis/neighbours.csv", "gis/plan/statements.csv",
           "gis/plan/assignments.csv", "gis/progress/2023-03/90002.csv"]  # fmt: skip


@pytest.mark.parametrize("file", EMPTIED)
def test_a_table_without_rows_is_no_fault(tiny, run_main, file):
    tiny.write(file, tiny.read(file).partition("\n")[0] + "\n")
    done = run_main(["query", "units", "--as", "csv"], tiny.root)
    assert done.code == 0
    assert len(done.stdout.splitlines()) == 5
