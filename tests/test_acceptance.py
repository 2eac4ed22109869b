"""What people accept of the findings: kept beside them, back when the figures change."""

import shutil
from datetime import date

import pytest

from ntm_geo.audit import Finding, Severity, review
from ntm_geo.audit.finding import subject_of
from ntm_geo.errors import Text
from ntm_geo.model import Acceptance
from ntm_geo.workspace import open_workspace

FILE = "gis/plan/accepted.csv"
HEADER = "finding_id,reason,person,date\n"
WORDS = Text("a", "b")


def finding(about="x", figures=(1.0,), units=(), rule="money-total", severity=Severity.NOTE):
    return Finding(
        rule=rule, severity=severity, clauses=("I",), title=WORDS, statement_a=WORDS,
        statement_b=WORDS, hint=WORDS, about=about, figures=figures, unit_codes=units,
    )  # fmt: skip


def accept(finding_id):
    return Acceptance(finding_id=finding_id, reason="đã hỏi", person="An", date=date(2023, 3, 1))


# --- findings beside acceptances ---------------------------------------------------------------


def test_an_accepted_finding_stays_in_its_place_and_is_no_longer_open():
    one, other = finding("x"), finding("y")
    found = review([one, other], [accept(one.finding_id)])
    assert [each.finding for each in found.findings] == [one, other]
    assert found.findings[0].acceptance.reason == "đã hỏi"
    assert found.open == (other,)
    assert found.stale == ()


def test_other_figures_leave_the_finding_open_and_the_acceptance_stale():
    before, after = finding(figures=(33, 43)), finding(figures=(33, 44))
    found = review([after], [accept(before.finding_id)])
    assert found.open == (after,)
    (stale,) = found.stale
    assert stale.acceptance.finding_id == before.finding_id
    assert stale.now == (after,)


@pytest.mark.parametrize("key", [finding("gone").finding_id, "mistyped"])
def test_an_acceptance_of_nothing_is_listed_with_nothing(key):
    found = review([finding("x")], [accept(key)])
    assert [(one.acceptance.finding_id, one.now) for one in found.stale] == [(key, ())]


def test_the_subject_of_an_id_is_the_same_for_other_figures():
    ids = {finding(figures=(n,)).finding_id for n in range(5)}
    assert len(ids) == 5
    assert {subject_of(one) for one in ids} == {"money-total-x"}


def test_a_filter_takes_away_findings_and_no_stale_acceptance():
    gap = finding("x", severity=Severity.GAP, units=("90001",))
    note, whole = finding("y", rule="share-met", units=("90002",)), finding("z")
    found = review([gap, note, whole], [accept("mistyped")])

    def kept(**filters):
        part = found.where(**filters)
        assert (part.stale, part.of) == (found.stale, 3)
        return [one.finding for one in part.findings]

    assert kept() == [gap, note, whole]
    assert kept(severity=[Severity.GAP]) == [gap]
    assert kept(rule=["share-met", "money-total"], severity=[Severity.NOTE]) == [note, whole]
    assert kept(unit="90002", district="900") == [note]
    assert kept(unit="900", district="900") == [whole]


# --- the file ----------------------------------------------------------------------------------


def test_a_record_without_the_file_has_accepted_nothing(tiny):
    assert not tiny.path(FILE).exists()
    assert list(tiny.record().accepted) == []


def test_rows_are_read_as_a_spreadsheet_saves_them(tiny):
    tiny.write(FILE, "finding_id;reason;person;date\r\nx-1;đã hỏi, đúng;An;31/03/2023\r\n")
    (row,) = tiny.record().accepted
    assert (row.reason, row.date) == ("đã hỏi, đúng", date(2023, 3, 31))


@pytest.mark.parametrize(
    ("lines", "row", "column", "said"),
    [
        ("x-1,,An,2023-03-01\n", 2, "reason", "required cell is empty"),
        ("x-1,vì,,2023-03-01\n", 2, "person", "required cell is empty"),
        ("x-1,vì,An,2023-02-30\n", 2, "date", "not a day"),
        ("X 1,vì,An,2023-03-01\n", 2, "finding_id", "not of the form of a code"),
        ("x-1,a,An,2023-03-01\nx-1,b,Bi,2023-03-02\n", 3, "finding_id", "duplicate of row 2"),
        ("x-1,a\u200bb,An,2023-03-01\n", 2, "reason", "hidden"),
    ],
)
def test_a_bad_cell_is_told_with_its_place(tiny, lines, row, column, said):
    tiny.write(FILE, HEADER + lines)
    (problem,) = tiny.reading().problems
    assert (problem.file, problem.row, problem.column) == (FILE, row, column)
    assert said in problem.what.en


# --- Kbang, amended ----------------------------------------------------------------------------


def test_a_changed_figure_opens_the_finding_again(kbang, tmp_path):
    shutil.copytree(kbang / "gis", tmp_path / "gis")
    wanted = "quantity-total-houses-commune-9-replace"

    def found():
        part = open_workspace(tmp_path).audit(rule=["quantity-total"])
        (one,) = [r for r in part.findings if subject_of(r.finding.finding_id) == wanted]
        return one, part.stale

    first, _ = found()
    line = f"{first.finding.finding_id},đã hỏi xã,Nguyễn Văn An,2023-03-01\n"
    (tmp_path / FILE).write_text(HEADER + line, encoding="utf-8")
    accepted, stale = found()
    assert (accepted.is_open, stale) == (False, ())

    works = tmp_path / "gis/plan/works.csv"
    text = works.read_text("utf-8")
    assert text.count(",replace,35,houses,") == 1
    works.write_text(text.replace(",replace,35,houses,", ",replace,36,houses,"), encoding="utf-8")
    again, stale = found()
    assert again.is_open
    assert again.finding.figures != first.finding.figures
    assert [(one.acceptance.person, one.now) for one in stale] == [
        ("Nguyễn Văn An", (again.finding,))
    ]

    works.write_text(text, encoding="utf-8")
    back, stale = found()
    assert (back.is_open, stale) == (False, ())


def test_a_page_that_is_written_shows_what_is_accepted(tiny):
    first = tiny.open().findings[0].finding_id
    tiny.write(FILE, f"{HEADER}{first},đã hỏi lại xã,An,2023-03-01\n")
    (page,) = tiny.open().map()
    assert page.read_text("utf-8").count("đã hỏi lại xã") == 1
