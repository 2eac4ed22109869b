"""What the plan and the reports hold beside works and places, as plain frames."""

from collections.abc import Iterable

import pandas as pd

from ntm_geo.criteria import criterion_key
from ntm_geo.schemas import MonthReport, Record


def measures_frame(record: Record) -> pd.DataFrame:
    """Return the measures: targets of the plan without a place on the ground.

    Parameters
    ----------
    record
        A checked record.

    Returns
    -------
    measures
        In the record's order; columns `measure_id`, `name`, `unit_code`, `unit_name`,
        `comparator`, `quantity` and `quantity_max` [measure], `measure`, `set`, `number`,
        `criterion` ("commune:2"), `office` and `funding` ("|"-joined), `due` (ISO, missing where
        the plan states none), `note`, `clause`.
    """
    names = record.unit_names()
    rows = list(record.measures)
    table = pd.DataFrame(
        {
            "measure_id": [row.measure_id for row in rows],
            "name": [row.name for row in rows],
            "unit_code": [row.unit_code for row in rows],
            "unit_name": [names[row.unit_code] for row in rows],
            "comparator": [row.comparator.value if row.comparator else None for row in rows],
            "quantity": [row.quantity for row in rows],
            "quantity_max": [row.quantity_max for row in rows],
            "measure": [row.measure for row in rows],
            "set": [row.set for row in rows],
            "number": pd.array([row.number for row in rows], dtype="Int64"),
            "criterion": [criterion_key(row.set, row.number) for row in rows],
            "office": ["|".join(row.office) for row in rows],
            "funding": ["|".join(row.funding) for row in rows],
            "due": [row.due.isoformat() if row.due else None for row in rows],
            "note": [row.note for row in rows],
            "clause": [row.clause for row in rows],
        }
    )
    return table.astype({"quantity": float, "quantity_max": float})


def budget_frame(record: Record) -> pd.DataFrame:
    """Return the sources of money.

    Parameters
    ----------
    record
        A checked record.

    Returns
    -------
    budget
        In the record's order; columns `source_id`, `name_vi`, `name_en`, `parent` (the source
        that it is a part of), `amount_mvnd` [million VND] (NaN where the plan names the source
        without a figure), `note`, `clause`.
    """
    rows = list(record.budget)
    table = pd.DataFrame(
        {
            "source_id": [row.source_id for row in rows],
            "name_vi": [row.name for row in rows],
            "name_en": [row.name_en for row in rows],
            "parent": [row.parent for row in rows],
            "amount_mvnd": [row.amount_mvnd for row in rows],
            "note": [row.note for row in rows],
            "clause": [row.clause for row in rows],
        }
    )
    return table.astype({"amount_mvnd": float})


def offices_frame(record: Record) -> pd.DataFrame:
    """Return the offices, committees and bodies that the plan gives work to.

    Parameters
    ----------
    record
        A checked record.

    Returns
    -------
    offices
        In the record's order; columns `office_id`, `name_vi`, `name_en`, `clause`.
    """
    rows = list(record.offices)
    return pd.DataFrame(
        {
            "office_id": [row.office_id for row in rows],
            "name_vi": [row.name for row in rows],
            "name_en": [row.name_en for row in rows],
            "clause": [row.clause for row in rows],
        }
    )


def months_frame(counted: Iterable[MonthReport]) -> pd.DataFrame:
    """Return one row for each report that counts.

    Parameters
    ----------
    counted
        The reports of months that had ended by the day asked for.

    Returns
    -------
    months
        Sorted by month, unit and correction; columns `month` ("2023-03"), `unit_code`,
        `correction` (0 for the first report of the month), `whole` (true: a unit of the plan
        reports as one).
    """
    rows = sorted((r.month.strftime("%Y-%m"), r.unit_code, r.correction) for r in counted)
    table = pd.DataFrame(rows, columns=["month", "unit_code", "correction"])
    return table.astype({"correction": int}).assign(whole=True)
