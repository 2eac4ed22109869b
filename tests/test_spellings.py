"""Spellings that the record learns: only the rows that learn are written anew."""

import pytest

from ntm_geo.intake import add_spellings
from ntm_geo.schemas import TABLES

TABLE = """\
unit_code,name,aliases,source
90001,Đăk Mơ,Dak Mo,"a, b"

90002, Sơn Hạ ,,
90003,"x
y",,z"""


def added(text, **spellings):
    return add_spellings(
        text, key="unit_code", spellings={code[1:]: new for code, new in spellings.items()}
    )


def test_a_spelling_goes_behind_those_that_are_there():
    assert added(TABLE, _90001=["Đắc Mơ", "B"]) == TABLE.replace("Dak Mo", "Dak Mo|Đắc Mơ|B")


def test_all_other_lines_stay_as_they_are():
    assert added(TABLE) == TABLE
    assert added(TABLE, _90002=["Son"]).splitlines()[:3] == TABLE.splitlines()[:3]
    # The last line has no end, and gets none; a cell of two lines stays one cell.
    assert added(TABLE, _90003=["Y"]).endswith('90003,"x\ny",Y,z')


def test_a_table_without_the_column_gets_it():
    text = "unit_code;name\n90001;A\n90002;B\n"
    assert added(text, _90002=["C;D"]) == 'unit_code;name;aliases\n90001;A\n90002;B;"C;D"\n'


@pytest.mark.parametrize("table", ["units", "assets"])
def test_the_tables_that_learn_have_the_column(table):
    (found,) = [one for one in TABLES if one.name == table]
    assert "aliases" in found.columns
