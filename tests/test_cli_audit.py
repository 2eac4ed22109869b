"""`ntm-geo audit` and `ntm-geo audit matrix`: formats, filters, exit codes, hostile text."""

import csv
import io
import json
import re

import pytest

from ntm_geo.workspace import open_workspace

ACCEPTED = "gis/plan/accepted.csv"
HEADER = "finding_id,reason,person,date\n"
FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture
def ask(run_main, kbang):
    def run(*args, cwd=kbang):
        outcome = run_main(["audit", *args], cwd)
        assert outcome.code == 0, outcome.stderr
        return outcome.stdout

    return run


@pytest.fixture(scope="module")
def findings(kbang):
    return open_workspace(kbang).findings


@pytest.fixture
def judged(tiny):
    """Give the tiny record with its first finding accepted and one acceptance that is stale."""
    first = tiny.open().findings[0].finding_id
    quoted = FORMULA.replace('"', '""')
    stale = f"{first[:-8]}00000000"
    lines = f'{first},"{quoted}",+84 An,2023-03-01\n{stale},đã cũ,@Bình,02/03/2023\n'
    tiny.write(ACCEPTED, HEADER + lines)
    return tiny, first, stale


# --- for people --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "MÂU THUẪN – Số nhà: ghi 33"), ("en", "CONTRADICTION – ")]
)
def test_a_finding_shows_both_sides_with_clauses_hint_and_id(ask, findings, lang, said):
    out = ask("--lang", lang)
    assert said in out
    flat = " ".join(out.split())
    for finding in findings:
        for text in (finding.title, finding.statement_a, finding.statement_b, finding.hint):
            assert " ".join(text.say(lang).split()) in flat
        assert re.search(rf" {finding.finding_id}$", out, re.MULTILINE)


def test_the_last_line_counts(ask, findings):
    last = ask("--lang", "en").splitlines()[-1]
    many = [sum(f.severity == word for f in findings) for word in ("contradiction", "gap", "note")]
    assert last == (
        f"{len(findings)} findings: {many[0]} contradiction, {many[1]} gap, {many[2]} note; "
        "0 accepted"
    )


def test_lines_fold_and_ids_do_not(ask):
    lines = ask().splitlines()
    assert max(map(len, lines)) <= 100


def test_accepted_and_stale_are_listed_as_such(ask, judged):
    tiny, first, stale = judged
    out = ask("--lang", "en", cwd=tiny.root)
    assert f"Accepted 1 March 2023, +84 An: {FORMULA}" in out
    head, _, tail = out.partition("ACCEPTED BEFORE THE FIGURES CHANGED")
    assert first in head
    assert stale in tail
    assert first in tail  # what is found now
    assert out.splitlines()[-1].endswith("; 1 accepted; acceptances out of date: 1")


def test_two_runs_say_the_same_to_the_letter(run_cli, kbang):
    """Sets of text are walked in another order in each process, unless somebody sorts them."""
    runs = {run_cli(["audit", "--as", "csv"], kbang, PYTHONHASHSEED=n).stdout for n in "123"}
    assert len(runs) == 1


# --- filters and exit codes --------------------------------------------------------------------


def test_filters_combine_and_the_count_says_so(ask, findings):
    args = ("--severity", "gap", "--severity", "note", "--unit", "lo ku")
    rows = list(csv.DictReader(io.StringIO(ask(*args, "--as", "csv"))))
    wanted = [f for f in findings if f.severity != "contradiction" and "23656" in f.unit_codes]
    assert [row["finding_id"] for row in rows] == [f.finding_id for f in wanted]
    last = ask(*args, "--lang", "en").splitlines()[-1]
    assert last.startswith(f"{len(wanted)} of {len(findings)} findings: 0 contradiction")


def test_the_district_takes_what_is_about_no_unit(ask, findings):
    rows = json.loads(ask("--unit", "huyện Kbang", "--as", "json"))["findings"]
    wanted = [f for f in findings if not f.unit_codes or "625" in f.unit_codes]
    assert [row["finding_id"] for row in rows] == [f.finding_id for f in wanted]
    assert wanted


def test_strict_fails_while_anything_shown_is_open(run_main, tiny):
    strict = ["audit", "--strict", "--severity", "gap"]
    outcome = run_main(strict, tiny.root)
    assert outcome.code == 1
    assert outcome.stdout
    ids = [f.finding_id for f in tiny.open().findings if f.severity == "gap"]
    tiny.write(ACCEPTED, HEADER + "".join(f"{one},vì thế,An,2023-03-01\n" for one in ids))
    assert run_main(strict, tiny.root).code == 0
    assert run_main(["audit"], tiny.root).code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--rule", "no-such-rule"], "target-unanswered"),
        (["--severity", "grave"], "contradiction"),
        (["--as", "geojson"], "xlsx"),
        (["--as", "xlsx"], "-o"),
        (["-o", "x.pdf"], ".xlsx, .txt"),
        (["-o", "gis/x.csv"], "gis/"),
        (["-o", "gis/x.xlsx"], "gis/"),
        (["--severity", "gap", "matrix"], "--severity"),
        (["--project", ".", "matrix"], "--project"),
        (["matrix", "--as", "xlsx"], "-o"),
        (["matrix", "--severity", "gap"], "--severity"),
    ],
)
def test_wrong_usage_exits_with_two(run_main, tiny, args, said):
    outcome = run_main(["audit", *args], tiny.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert said in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "không có mức nào như vậy"), ("en", "there is no such severity")]
)
def test_an_unknown_severity_is_told_in_the_readers_language(run_main, tiny, lang, said):
    outcome = run_main(["audit", "--severity", "grave", "--lang", lang], tiny.root)
    assert said in outcome.stderr


@pytest.mark.parametrize("command", [["audit"], ["audit", "matrix"], ["query", "works"]])
def test_what_is_saved_is_told_on_stderr(run_main, tiny, tmp_path, command):
    path = tmp_path / "x.csv"
    outcome = run_main([*command, "-o", str(path), "--lang", "en"], tiny.root)
    assert (outcome.stdout, outcome.stderr.splitlines()[0]) == ("", f"Wrote {path}")
    assert path.exists()


def test_a_bad_acceptance_is_a_problem_of_the_record(run_main, tiny):
    tiny.write(ACCEPTED, HEADER + "x-1,vì,An,mai\n")
    outcome = run_main(["audit"], tiny.root)
    assert (outcome.code, outcome.stdout) == (1, "")
    assert f"{ACCEPTED}, dòng 2, cột date" in outcome.stderr


def test_check_counts_acceptances(run_main, judged):
    assert ", accepted 2," in run_main(["check"], judged[0].root).stdout


# --- for programs ------------------------------------------------------------------------------


def test_csv_holds_states_and_starts_no_formula(ask, judged):
    tiny, first, stale = judged
    rows = list(csv.DictReader(io.StringIO(ask("--as", "csv", cwd=tiny.root))))
    by_id = {row["finding_id"]: row for row in rows}
    assert by_id[first]["state"] == "accepted"
    assert by_id[first]["reason"] == f"'{FORMULA}"
    assert by_id[first]["person"] == "'+84 An"
    assert by_id[first]["date"] == "2023-03-01"
    assert rows[-1] == by_id[stale]
    assert (by_id[stale]["state"], by_id[stale]["finding_ids_now"]) == ("stale", first)
    assert {row["state"] for row in rows[1:-1]} == {"open"}


def test_csv_as_a_file_opens_in_excel(run_main, kbang, tmp_path):
    path = tmp_path / "findings.csv"
    assert run_main(["audit", "-o", path], kbang).code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbffinding_id,state,severity,rule,title,")


def test_json_holds_both_languages_and_all_fields(ask, findings, judged):
    found = json.loads(ask("--as", "json"))
    assert [one["finding_id"] for one in found["findings"]] == [f.finding_id for f in findings]
    first = found["findings"][0]
    assert set(type(findings[0]).__dataclass_fields__) < set(first)
    assert first["title"] == findings[0].title._asdict()
    assert first["acceptance"] is None
    tiny, accepted, stale = judged
    found = json.loads(ask("--as", "json", cwd=tiny.root))
    assert found["findings"][0]["acceptance"] == {
        "reason": FORMULA, "person": "+84 An", "date": "2023-03-01",
    }  # fmt: skip
    assert [(one["finding_id"], one["now"]) for one in found["stale"]] == [(stale, [accepted])]


# --- the matrix --------------------------------------------------------------------------------


def test_the_matrix_groups_units_and_counts(ask):
    out = ask("matrix", "--lang", "en")
    line = next(line for line in out.splitlines() if line.startswith("Criterion 9 Housing  "))
    assert re.split(r"\s{2,}", line) == ["Criterion 9 Housing", "Krong", "–", "nobody answers"]
    assert out.splitlines()[-1].startswith("60 targets to reach: one office 40, jointly 9, ")


def test_the_matrix_as_csv_is_the_whole_grid(ask, kbang):
    matrix = open_workspace(kbang).matrix
    rows = list(csv.DictReader(io.StringIO(ask("matrix", "--as", "csv", "--lang", "en"))))
    assert len(rows) == len(matrix.rows)
    offices = [office.office_id for office in matrix.offices]
    assert list(rows[0])[8:] == offices
    for row, made in zip(rows, matrix.rows, strict=True):
        assert row["cover"] == made.cover
        assert {o for o in offices if "answers" in row[o]} == set(made.answering)


def test_the_matrix_as_json_names_the_assignments(ask):
    found = json.loads(ask("matrix", "--as", "json"))
    row = next(
        r for r in found["rows"] if (r["criterion"], r["unit_code"]) == ("commune:2", "23659")
    )
    assert row["answering"] == ["economy-infrastructure"]
    part = row["parts"]["economy-infrastructure"]
    assert {one["role"] for one in part} == {"answers", "guides"}
    assert {one["clause"] for one in part} == {"V.3.2"}
