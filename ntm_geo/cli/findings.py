"""Findings as text for people, as CSV and as JSON."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from ntm_geo.audit import SEVERITIES, Finding, Review, Reviewed, Stale
from ntm_geo.audit.words import places
from ntm_geo.changes import Formation, names_now
from ntm_geo.cli.by_day import later_cells
from ntm_geo.cli.options import chosen_language
from ntm_geo.cli.output import csv_text, json_text
from ntm_geo.errors import Text
from ntm_geo.labels import format_day
from ntm_geo.model import Acceptance

_WIDTH = 100
"""Columns of lines that go to a pipe or a file."""

_COLUMNS = (
    "finding_id", "state", "severity", "rule", "title", "statement_a", "statement_b", "hint",
    "clauses", "unit_codes", "unit_names", "criterion", "work_ids", "difference", "reason",
    "person", "date", "finding_ids_now",
)  # fmt: skip

_CLAUSES = Text("Mục kế hoạch: {clauses}", "Clauses: {clauses}")
_UNITS = Text("Đơn vị: {units}", "Units: {units}")
_ID = Text("Mã: {id}", "Id: {id}")
_ACCEPTED = Text(
    "Đã chấp nhận ngày {day}, {person}: {reason}", "Accepted {day}, {person}: {reason}"
)
_STALE = Text(
    "CHẤP NHẬN TRƯỚC KHI SỐ LIỆU THAY ĐỔI (không còn khớp phát hiện nào)",
    "ACCEPTED BEFORE THE FIGURES CHANGED (fits no finding any more)",
)
_NOW = Text("Nay: {title} – {id}", "Now: {title} – {id}")
_GONE = Text(
    "Nay quy tắc này không tìm thấy gì ở đó; nếu không phải vậy, kiểm tra lại mã.",
    "Now the rule finds nothing there; if that cannot be, check the id.",
)
_COUNT = Text("{n} phát hiện", "{n} findings")
_OF = Text("{n} trong {of} phát hiện", "{n} of {of} findings")
_ACCEPTED_COUNT = Text("đã chấp nhận {n}", "{n} accepted")
_STALE_COUNT = Text("{n} chấp nhận đã cũ", "acceptances out of date: {n}")


# --- for people --------------------------------------------------------------------------------


def findings_text(
    review: Review, names: Mapping[str, str], formation: Formation | None = None, *, to_file: bool
) -> str:
    """Return the findings one under the other, the stale acceptances, and a line of counts.

    By the units of a later day each also tells what its units are in then; `names` holds those of
    the plan, and of the district.
    """
    is_window = sys.stdout.isatty() and not to_file
    width = shutil.get_terminal_size().columns if is_window else _WIDTH
    now = None if formation is None else names_now(formation, names, chosen_language())
    parts = [_entry(one, now, width) for one in review.findings]
    if review.stale:
        parts.append(_STALE.say(chosen_language()))
        parts += [_stale_entry(one, width) for one in review.stale]
    return "\n\n".join([*parts, _counts(review)]) + "\n"


def _entry(one: Reviewed, now: Mapping[str, str] | None, width: int) -> str:
    lang, finding = chosen_language(), one.finding
    clauses = places(finding.clauses).say(lang)
    severity = SEVERITIES[finding.severity].say(lang).upper()
    lines = [
        _wrapped(f"{severity} – {finding.title.say(lang)}", width),
        _wrapped(_CLAUSES.format(clauses=clauses).say(lang), width, indent="  "),
        _wrapped(f"1. {finding.statement_a.say(lang)}", width, indent="  ", hang=3),
        _wrapped(f"2. {finding.statement_b.say(lang)}", width, indent="  ", hang=3),
        _wrapped(f"→ {finding.hint.say(lang)}", width, indent="  ", hang=2),
        f"  {_ID.format(id=finding.finding_id).say(lang)}",
    ]
    if now is not None and finding.unit_codes:
        named = [now[code] for code in finding.unit_codes]
        lines.append(_wrapped(_UNITS.format(units=", ".join(named)).say(lang), width, indent="  "))
    if one.acceptance is not None:
        lines.append(_wrapped(_accepted(one.acceptance), width, indent="  "))
    return "\n".join(lines)


def _stale_entry(one: Stale, width: int) -> str:
    lang = chosen_language()
    now = [
        _NOW.format(title=finding.title.say(lang), id=finding.finding_id).say(lang)
        for finding in one.now
    ] or [_GONE.say(lang)]
    lines = [_accepted(one.acceptance), *now]
    return "\n".join([one.acceptance.finding_id, *(_wrapped(x, width, indent="  ") for x in lines)])


def _accepted(acceptance: Acceptance) -> str:
    lang = chosen_language()
    day = format_day(acceptance.date, lang)
    words = {"person": acceptance.person, "reason": acceptance.reason}
    return _ACCEPTED.format(day=day, **words).say(lang)


def _wrapped(text: str, width: int, *, indent: str = "", hang: int = 0) -> str:
    """Fold a text to the window; an id is never broken, so that it can be copied whole."""
    return textwrap.fill(
        " ".join(text.split()),
        max(width, len(indent) + hang + 20),
        initial_indent=indent,
        subsequent_indent=indent + " " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _counts(review: Review) -> str:
    """Count what is shown, so that nobody takes a part for the whole."""
    lang, shown = chosen_language(), len(review.findings)
    head = _COUNT if shown == review.of else _OF
    by_severity = ", ".join(
        f"{sum(one.finding.severity == severity for one in review.findings)} {word.say(lang)}"
        for severity, word in SEVERITIES.items()
    )
    parts = [
        f"{head.format(n=shown, of=review.of).say(lang)}: {by_severity}",
        _ACCEPTED_COUNT.format(n=shown - len(review.open)).say(lang),
    ]
    if review.stale:
        parts.append(_STALE_COUNT.format(n=len(review.stale)).say(lang))
    return "; ".join(parts)


# --- for programs ------------------------------------------------------------------------------


def findings_csv(
    review: Review, unit_names: Mapping[str, str], formation: Formation | None = None
) -> str:
    """Return a line a finding, sentences in the language chosen, then the stale acceptances.

    Lists in a cell are separated by "|", as in the record. The state is open, accepted or stale.
    The units are the plan's; by those of a later day, what they are in stands in further columns.
    """
    rows = [*_finding_cells(review, unit_names, formation), *_stale_cells(review)]
    columns = (*_COLUMNS, *later_cells(formation, ()))
    return csv_text(columns, [{**dict.fromkeys(columns), **row} for row in rows])


def _finding_cells(
    review: Review, names: Mapping[str, str], formation: Formation | None
) -> Iterator[dict[str, Any]]:
    lang = chosen_language()
    for one in review.findings:
        f = one.finding
        yield {
            "finding_id": f.finding_id,
            "state": "open" if one.is_open else "accepted",
            "severity": f.severity.value,
            "rule": f.rule,
            **{name: getattr(f, name).say(lang) for name in _SENTENCES},
            "clauses": "|".join(f.clauses),
            "unit_codes": "|".join(f.unit_codes),
            "unit_names": "|".join(names[code] for code in f.unit_codes),
            "criterion": f.criterion,
            "work_ids": "|".join(f.work_ids),
            "difference": f.difference,
            **_acceptance_cells(one.acceptance),
            **later_cells(formation, f.unit_codes),
        }


def _stale_cells(review: Review) -> Iterator[dict[str, Any]]:
    for one in review.stale:
        yield {
            "finding_id": one.acceptance.finding_id,
            "state": "stale",
            **_acceptance_cells(one.acceptance),
            "finding_ids_now": "|".join(finding.finding_id for finding in one.now),
        }


def _acceptance_cells(acceptance: Acceptance | None) -> dict[str, Any]:
    return acceptance.model_dump(mode="json", exclude={"finding_id"}) if acceptance else {}


_SENTENCES = ("title", "statement_a", "statement_b", "hint")


def findings_json(review: Review, formation: Formation | None = None) -> str:
    """Return all that is known of the findings, in both languages.

    An object: "findings" (each with its "acceptance", null while it is open) and "stale"
    (acceptances, each with the ids of what is found "now").
    """
    return json_text(
        {
            "findings": [
                {
                    **_plain(one.finding),
                    "acceptance": _acceptance_cells(one.acceptance) or None,
                    **later_cells(formation, one.finding.unit_codes),
                }
                for one in review.findings
            ],
            "stale": [
                {
                    **one.acceptance.model_dump(mode="json"),
                    "now": [finding.finding_id for finding in one.now],
                }
                for one in review.stale
            ],
        }
    )


def _plain(finding: Finding) -> dict[str, Any]:
    texts = {name: getattr(finding, name)._asdict() for name in _SENTENCES}
    return {"finding_id": finding.finding_id, **asdict(finding), **texts}
