"""A district narrowed to one of its units."""

from dataclasses import replace
from datetime import date

from ntm_geo.join import District
from ntm_geo.names import resolve
from ntm_geo.progress import month_end


def focus_on_unit(district: District, unit_code: str) -> District:
    """Return the district narrowed to one unit and to what concerns the whole district.

    Works, assets, criteria and measures keep the rows of the unit and of the district as a whole;
    months keep the unit's reports, and `data_until` is the day up to which the unit itself has
    reported. Units stay all: they are the context on a map, and their counts are those of the
    whole district. Project, budget and offices stay too.

    Parameters
    ----------
    district
        The joined district, not focused yet.
    unit_code
        The unit's code, or its name in any spelling. The district's own gives it back whole.

    Raises
    ------
    NameUnknownError, NameAmbiguousError
        `unit_code` names nothing, or two things.
    """
    whole = district.project.district.code
    code = resolve(unit_code, district.unit_names, column="--unit")
    if code == whole:
        return district
    concerned = [code, whole]
    months = district.months[district.months["unit_code"] == code]
    ends = [month_end(date.fromisoformat(f"{month}-01")) for month in months["month"]]
    return replace(
        district,
        works=district.works[district.works["unit_code"].isin(concerned)],
        assets=district.assets[district.assets["unit_code"].isin(concerned)],
        criteria=district.criteria[district.criteria["unit_code"].isin(concerned)],
        measures=district.measures[district.measures["unit_code"].isin(concerned)],
        months=months,
        data_until=max([district.project.plan_date, *ends]),
        focus=code,
    )
