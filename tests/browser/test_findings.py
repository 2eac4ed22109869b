"""The tab of findings: open ones first, accepted ones marked, nothing dropped, ids to copy."""

from datetime import date

import pytest

from ntm_geo.model import Acceptance

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page, workspace):
    """Open the tab with the first finding accepted, and one acceptance of other figures."""
    first, second, *_ = workspace.findings
    accepted = [
        Acceptance(finding_id=one, reason="Đã hỏi xã", person="Chị Hạnh", date=date(2023, 3, 14))
        for one in (first.finding_id, f"{second.finding_id[:-8]}00000000")
    ]
    return open_page(
        workspace.district, findings=workspace.findings, accepted=accepted, hash="#tab=findings"
    )


def test_the_tab_counts_what_is_open(page, workspace):
    open_ones = len(workspace.findings) - 1
    assert page.locator("#tab-findings-count").inner_text() == str(open_ones)
    lead = page.locator("#panel-findings > p").all_inner_texts()
    assert lead[1].startswith("Chưa chấp nhận: mâu thuẫn: ")
    assert sum(int(part) for part in lead[1].split() if part.isdecimal()) == open_ones
    assert lead[2] == "Đã chấp nhận: 1"


def test_an_accepted_finding_stands_last_with_reason_person_and_day(page, workspace):
    entries = page.locator("[data-finding]")
    assert entries.count() == len(workspace.findings)
    last = entries.last
    assert last.get_attribute("data-finding") == workspace.findings[0].finding_id
    assert "đã chấp nhận" in last.locator("h3").inner_text()
    assert last.locator("dd").all_inner_texts() == ["14/03/2023", "Chị Hạnh", "Đã hỏi xã"]
    assert page.locator("[data-finding] .accepted").count() == 1


def test_a_stale_acceptance_is_listed_with_what_is_found_now(page, workspace):
    second = workspace.findings[1]
    stale = page.locator(".finding:not([data-finding])")
    assert stale.count() == 1
    assert stale.locator("dd").last.inner_text() == f"{second.title.vi} – {second.finding_id}"


def test_a_click_chooses_the_whole_id(page, workspace):
    page.locator(".finding-id").first.click()
    assert page.evaluate("getSelection().toString()") == workspace.findings[1].finding_id


def test_without_acceptances_the_tab_says_nothing_of_them(open_page, workspace):
    page = open_page(workspace.district, findings=workspace.findings, hash="#tab=findings&lang=en")
    assert page.locator("#tab-findings-count").inner_text() == str(len(workspace.findings))
    assert page.locator("#panel-findings > p").count() == 2
    assert page.locator("#panel-findings > ul").count() == 1
