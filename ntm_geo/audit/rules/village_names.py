"""Names of villages: one for two."""

from collections.abc import Iterator

from ntm_geo.audit.finding import Finding, Severity
from ntm_geo.audit.plan import Plan
from ntm_geo.audit.rule import Rule
from ntm_geo.audit.words import fill, slug, unique
from ntm_geo.errors import Text
from ntm_geo.model import Layer
from ntm_geo.names import (
    fold,
)


def find_villages_alike(plan: Plan) -> Iterator[Finding]:
    """Look for villages that are called alike in two units."""
    alike: dict[str, dict[str, str]] = {}
    clauses: dict[str, list[str]] = {}
    for asset in plan.record.assets:
        if asset.layer == Layer.VILLAGES:
            alike.setdefault(fold(asset.name), {})[asset.unit_code] = asset.name
            clauses.setdefault(fold(asset.name), []).append(asset.clause)
    for key, units in alike.items():
        if len(units) > 1:
            first, *rest = units
            name = units[first]
            yield Finding(
                rule="village-alike",
                severity=Severity.NOTE,
                clauses=unique(clauses[key]),
                title=fill(
                    "{name}: một tên, {n} làng",
                    "{name}: one name, {n} villages",
                    name=name, n=len(units),
                ),
                statement_a=fill("{name}, {u}.", "{name} in {u}.", name=name, u=plan.name(first)),
                statement_b=fill("{name}, {u}.", "{name} in {u}.", name=name, u=plan.names(rest)),
                unit_codes=plan.ordered(units),
                hint=Text(
                    "Kiểm tra: hai làng khác nhau, hay một làng ghi hai xã?",
                    "Check: two villages, or one that is put in two units?",
                ),
                about=slug(name),
                figures=(len(units),),
                key=(key,),
            )  # fmt: skip


RULES = (
    Rule(
        "village-alike",
        Text("Một tên, hai làng", "One name, two villages"),
        Text(
            "Hai làng cùng tên ở hai xã dễ bị lẫn.",
            "Two villages called alike in two units are easily confused.",
        ),
        find_villages_alike,
    ),
)
