"""What a page says of the units of a later day: what they were formed of, and what is left open."""

from collections.abc import Iterable

from ntm_geo.audit import Finding
from ntm_geo.changes import called, formed_text, heading_of, open_text
from ntm_geo.errors import Text
from ntm_geo.frames import plain_records
from ntm_geo.join import District
from ntm_geo.labels import format_day
from ntm_geo.maps.filling.tables import undrawn_of
from ntm_geo.maps.page_data import FormerData, LaterData, OriginData
from ntm_geo.model import View


def later_of(district: District, findings: Iterable[Finding]) -> LaterData | None:
    """Return what a page knows of the units of a later day; None where they are the plan's.

    Parameters
    ----------
    district
        The joined district, or one that is focused on a unit.
    findings
        Those that the page shows, as the audit gives them.
    """
    formation = district.formation
    if formation is None:
        return None
    changed = {one.code: formed_text(formation, one) for one in formation.changed}
    divided = {one.key: open_text(formation, one) for one in formation.divided}
    assets = district.assets
    return LaterData(
        day=formation.day.isoformat(),
        heading=heading_of(formation),
        formed=changed | divided,
        plan_units={code: called(unit) for code, unit in formation.plan_units.items()},
        rests=formation.rests,
        undrawn=undrawn_of(district),
        criteria=tuple(_former(district)),
        assets=tuple(
            OriginData(asset_id=asset_id, unit_code=code)
            for asset_id, code in zip(assets["asset_id"], assets["plan_unit_code"], strict=True)
        ),
        findings={one.finding_id: one.unit_codes for one in findings if one.unit_codes},
    )


def _former(district: District) -> Iterable[FormerData]:
    for row in plain_records(district.criteria):
        held = dict(part.split("=") for part in row["parts"].split("|"))
        unheld = tuple((row["unheld"] or "").split("|")) if row["unheld"] else ()
        if len(held) + len(unheld) > 1:
            yield FormerData(
                criterion=row["criterion"], unit_code=row["unit_code"], held=held, unheld=unheld
            )


def titled_by_day(title: Text, district: District) -> Text:
    """Return a title that also says by the units of which day the page stands."""
    if district.formation is None:
        return title
    day = district.formation.day
    return Text(
        f"{title.vi} – theo đơn vị hành chính ngày {format_day(day, 'vi')}",
        f"{title.en} – by the administrative units of {format_day(day, 'en')}",
    )


def unit_of_view(view: View, district: District) -> str:
    """Return the unit that a view opens with: a view names units of the plan."""
    code = view.filter.unit or ""
    return code if district.formation is None else district.formation.keys.get(code, code)
