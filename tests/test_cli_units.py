"""`ntm-geo units`: the units of a day."""

import csv
import json

CHANGES = """\
date,unit_code,name,into_code,into_name,into_kind,part,area_km2,population,source
2024-11-01,90001,Đăk Mơ,90002,=Sơn Mới,commune,part,,,NQ 1
2024-11-01,90001,Đăk Mơ,90003,Sơn Hà,commune,part,,,NQ 1
2024-11-01,90002,Sơn Hạ,90002,=Sơn Mới,commune,whole,,,NQ 1
"""


def test_the_units_of_a_later_day_say_what_they_hold(tiny, run_main):
    tiny.write("gis/changes.csv", CHANGES)
    out = run_main(["units", "--on", "2024-11-01", "--lang", "en"], tiny.root)
    assert (out.code, out.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in out.stdout.splitlines()]
    assert lines[1:] == [
        "90002 =Sơn Mới commune Đăk Mơ (a part), Sơn Hạ",
        "90003 Sơn Hà commune Đăk Mơ (a part), Sơn Hà",
        "90010 Ea Tơ town Ea Tơ",
        "3 units on 1 November 2024",
    ]


def test_without_a_day_these_are_the_plans(tiny, run_main):
    tiny.write("gis/changes.csv", CHANGES)
    out = run_main(["units", "--as", "json"], tiny.root)
    told = json.loads(out.stdout)
    assert [(one["unit_code"], one["formed_of"][0]["part"]) for one in told["units"]] == [
        (code, "whole") for code in ("90001", "90002", "90003", "90010")
    ]


def test_csv_tells_wholes_from_parts_and_starts_no_formula(tiny, run_main):
    tiny.write("gis/changes.csv", CHANGES)
    out = run_main(["units", "--on", "01/11/2024", "--as", "csv"], tiny.root)
    rows = list(csv.DictReader(out.stdout.splitlines()))
    assert rows[0] == {
        "unit_code": "90002", "name": "'=Sơn Mới", "kind": "commune", "formed_of": "90002",
        "parts_of": "90001", "units_day": "2024-11-01",
    }  # fmt: skip


def test_a_day_before_the_plan_is_refused(tiny, run_main):
    out = run_main(["units", "--on", "1999-01-01"], tiny.root)
    assert out.code == 2
    assert "1999-01-01" in out.stderr
