"""`--units DAY` on every command: the same check, the same words, files of their own names."""

import csv
import io
import json
import re
import shlex
from datetime import date

import openpyxl
import pytest

from ntm_geo import cli

CHANGES = """\
date,unit_code,name,into_code,into_name,into_kind,part,area_km2,population,source
2024-11-01,90001,Đăk Mơ,90002,Sơn Hạ,commune,part,,,NQ 1
2024-11-01,90001,Đăk Mơ,90003,Sơn Hà,commune,part,,,NQ 1
2025-07-01,90002,Sơn Hạ,90001,=Mới,commune,whole,,,NQ 2
2025-07-01,90003,Sơn Hà,90001,=Mới,commune,whole,,,NQ 2
"""
COMMANDS = {
    "works": ["query", "works"],
    "assets": ["query", "assets"],
    "units": ["query", "units"],
    "criteria": ["query", "criteria"],
    "lengths": ["lengths"],
    "audit": ["audit"],
    "matrix": ["audit", "matrix"],
    "map": ["map"],
    "build": ["build"],
    "list": ["units"],
}
TABLES = [name for name in COMMANDS if name not in ("map", "build", "list")]


@pytest.fixture
def later(tiny):
    tiny.write("gis/changes.csv", CHANGES)
    return tiny


@pytest.mark.parametrize("day", ["2025-02-30", "tháng 7", "", "2023-01-30"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_written(later, run_main, command, day):
    before = later.made()
    out = run_main([*COMMANDS[command], "--units", day], later.root)
    assert (out.code, out.stdout) == (2, "")
    assert out.stderr.startswith("tùy chọn --units: ")
    assert later.made() == before


@pytest.mark.parametrize("command", TABLES)
def test_a_table_says_its_day_and_what_each_unit_was_formed_of(later, run_main, command):
    args = [*COMMANDS[command], "--units", "01/07/2025", "--lang", "en"]
    lines = run_main(args, later.root).stdout.splitlines()
    assert lines[0].startswith("By the administrative units of 1 July 2025, re-expressed")
    assert lines[-1] == "=Mới (90001): formed of Đăk Mơ, Sơn Hạ, Sơn Hà"


def test_what_is_of_no_part_is_named_under_the_table(later, run_main):
    out = run_main(["query", "works", "--units", "2024-11-01"], later.root).stdout
    assert "Đăk Mơ (chia tách, chưa rõ phần)" in out
    assert "Đăk Mơ (90001 của kế hoạch) đã chia vào Sơn Hạ (90002), Sơn Hà (90003)." in out


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("map", "build")])
def test_answers_for_programs_carry_the_day(later, run_main, command):
    args = [*COMMANDS[command], "--units", "2025-07-01", "--as"]
    told = json.loads(run_main([*args, "json"], later.root).stdout)
    rows = told if isinstance(told, list) else [told, *told.get("rows", told.get("findings", []))]
    rows = rows[1:] if command in ("audit", "matrix") else rows
    assert rows
    assert {row["units_day"] for row in rows} == {"2025-07-01"}
    lines = list(csv.DictReader(io.StringIO(run_main([*args, "csv"], later.root).stdout)))
    assert {line["units_day"] for line in lines} == {"2025-07-01"}
    named = [cell for line in lines for cell in line.values() if cell and "=Mới" in cell]
    assert not [cell for cell in named if cell.startswith("=")]


def test_geojson_carries_the_day(later, run_main):
    args = ["query", "assets", "--units", "2025-07-01", "--as", "geojson"]
    features = json.loads(run_main(args, later.root).stdout)["features"]
    assert {one["properties"]["units_day"] for one in features} == {"2025-07-01"}


def test_a_build_leaves_the_files_by_the_plans_units_as_they_were(later, run_main):
    run_main(["build"], later.root)
    before = later.made()
    assert run_main(["build", "--units", "2025-07-01"], later.root).code == 0
    made = later.made()
    assert {name: made[name] for name in before} == before
    assert {*made} - {*before} == {
        "layers/tiny-2025-07-01.gpkg", "maps/tiny-overview-2025-07-01.html",
    }  # fmt: skip
    page = made["maps/tiny-overview-2025-07-01.html"].decode()
    assert "Theo đơn vị hành chính ngày 01/07/2025" in page
    assert "theo đơn vị hành chính ngày 01/07/2025 – Nông thôn mới" in page  # the window's title
    assert "ngày 01/07/2025" not in before["maps/tiny-overview.html"].decode()


def test_a_page_of_each_unit_of_the_day(later, run_main):
    out = run_main(["map", "--units", "2024-11-01", "--unit", "all"], later.root)
    assert out.code == 0
    ends = {name.rpartition("2024-11-01-")[2] for name in later.made() if "2024-11-01-" in name}
    assert ends == {"90002.html", "90003.html", "90010.html", "90001-split.html"}


@pytest.mark.parametrize("name", ["tiny-overview", "tiny-overview-90001"])
def test_the_plans_own_page_is_not_taken_for_output(later, run_main, name):
    args = ["map", "--units", "2025-07-01", "-o"]
    out = run_main([*args, f"maps/{name}.html"], later.root)
    assert out.code == 2
    assert f"{name}-2025-07-01.html" in out.stderr
    assert run_main([*args, f"{name}.html"], later.root).code == 0  # elsewhere it is nobody's
    assert run_main(["map", "-o", "maps/tiny-overview.html"], later.root).code == 0


@pytest.mark.parametrize(
    "args",
    [["query", "works", "--unit"], ["query", "assets", "--inside"], ["lengths", "--unit"],
     ["audit", "--unit"], ["map", "--unit"]],
    ids=" ".join,
)  # fmt: skip
def test_an_old_name_means_the_unit_that_it_is_in_and_that_is_told(later, run_main, args):
    out = run_main([*args, "son ha.", "--units", "2024-11-01"], later.root)
    assert out.code == 2  # Sơn Hạ and Sơn Hà
    out = run_main([*args, "Sơn Hạ", "--units", "2025-07-01", "--lang", "en"], later.root)
    assert out.code == 0
    assert "Sơn Hạ (90002 of the plan) is in =Mới (90001) now." in out.stderr
    assert "of the plan" not in run_main([*args, "Sơn Hạ"], later.root).stderr


def test_findings_keep_their_units_and_tell_what_they_are_in(later, run_main):
    args = ["audit", "--units", "2025-07-01", "--unit", "90001"]
    plan = run_main(["audit", "--as", "json"], later.root)
    found = json.loads(run_main([*args, "--as", "json"], later.root).stdout)["findings"]
    of_plan = {one["finding_id"]: one for one in json.loads(plan.stdout)["findings"]}
    mine = {"90001", "90002", "90003"}
    assert [one["finding_id"] for one in found] == [
        key for key, one in of_plan.items() if mine & {*one["unit_codes"]}
    ]
    assert found
    for one in found:
        assert one["unit_codes"] == of_plan[one["finding_id"]]["unit_codes"]
        assert one["later_unit_codes"].split("|")[0] in ("90001", "90010")
    text = run_main([*args, "--lang", "en"], later.root).stdout
    assert "(now =Mới)" in text


@pytest.mark.parametrize("command", ["works", "units", "criteria", "lengths"])
def test_what_is_left_of_a_divided_unit_is_named_in_the_readers_language(kbang, run_main, command):
    args = [*COMMANDS[command], "--units", "2024-11-01", "--lang", "en"]
    out = run_main([*args, "--unit", "Đăk Hlơ (divided, part unknown)"], kbang).stdout
    assert "Đăk Hlơ (divided, part unknown)  " in out
    assert "under “Đăk Hlơ (divided, part unknown)”" in out
    assert "chia tách" not in out


def test_a_finding_of_the_whole_district_stays_that_on_a_later_day(kbang, run_main):
    out = run_main(["audit", "--units", "2025-07-01"], kbang)
    assert out.code == 0, out.stderr
    assert "\n  Đơn vị: Huyện Kbang\n" in out.stdout
    assert "Lơ Ku (nay Kbang)" in out.stdout


def test_the_workbook_tells_it_too(later, run_main):
    assert run_main(["audit", "--units", "2025-07-01", "-o", "a.xlsx"], later.root).code == 0
    book = openpyxl.load_workbook(later.path("a.xlsx"))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("ngày 01/07/2025" in str(cell) for cell in cells)
    assert any("Sơn Hạ (nay =Mới)" in str(cell) for cell in cells)


def test_a_day_that_is_yet_to_come_is_told(later, run_main, monkeypatch):
    monkeypatch.setattr(cli.options, "_today", lambda: date(2025, 6, 30))
    out = run_main(["query", "units", "--units", "2025-07-01"], later.root)
    assert out.code == 0
    assert "Ngày 01/07/2025 chưa đến" in out.stderr
    assert "chưa đến" not in run_main(["units", "--units", "2025-06-30"], later.root).stderr


def test_the_commands_of_the_document_answer_as_it_says(kbang, run_main):
    text = (kbang / "docs/units.md").read_text("utf-8")
    (listed,) = re.findall(r"^ntm-geo (?:.|\n)*?(?=^```)", text, re.MULTILINE)
    lines = [line.partition("#")[0] for line in listed.splitlines()]
    asked = [shlex.split(line)[1:] for line in lines]
    answers = [args for args in asked if args[0] not in ("map", "build") and "-o" not in args]
    assert len(answers) == len(asked) - 3
    for args in answers:
        assert run_main(args, kbang).code == 0, args
    session = re.search(r"^\$ ntm-geo (.*)\n(.*)\n```", text, re.MULTILINE)
    assert session[2] in run_main(shlex.split(session[1]), kbang).stderr.splitlines()
    criterion = ["query", "criteria", "--units", "2025-07-01", "--criterion", "commune:5"]
    row = json.loads(run_main([*criterion, "--unit", "xã Kbang", "--as", "json"], kbang).stdout)[0]
    assert f"`{row['parts']}`" in text


def test_the_option_is_told_alike_everywhere():
    from typer.main import get_command

    commands = [get_command(cli.app)]
    options = []
    while commands:
        command = commands.pop()
        commands += getattr(command, "commands", {}).values()
        options += [one for one in command.params if "--units" in one.opts]
    assert len(options) == len(COMMANDS)
    assert len({one.help for one in options}) == 1
