"""Figures held against each other: what is equal, what is only rounded, what a slip would be."""

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from ntm_geo.audit.finding import Severity

_FINEST = 6
"""Decimals to which sums are taken as exact."""
_MOST_ROUNDED = 0.02
"""Share of a figure that rounding may explain: 12 km for 11.7 km is more than anybody rounds."""


def total(figures: Iterable[float]) -> float:
    """Add up figures without the dust of binary fractions."""
    return round(math.fsum(figures), _FINEST)


def is_rounding(stated: float, exact: float) -> bool:
    """Whether a figure is another one, rounded to the decimals that it states itself with.

    Examples
    --------
    >>> is_rounding(3.1, 3.13), is_rounding(3.2, 3.13), is_rounding(33, 43)
    (True, False, False)
    """
    shown = Decimal(repr(stated)).normalize()
    exponent = shown.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return Decimal(repr(exact)).quantize(step, ROUND_HALF_UP) == shown


def weigh(stated: float, exact: float) -> Severity:
    """Say how much two figures that differ weigh: a small rounding is a note.

    Examples
    --------
    >>> weigh(3.1, 3.13).value, weigh(12, 11.7).value
    ('note', 'contradiction')
    """
    is_small = abs(stated - exact) <= _MOST_ROUNDED * abs(exact)
    is_note = is_small and is_rounding(stated, exact)
    return Severity.NOTE if is_note else Severity.CONTRADICTION


def is_one_digit_off(figure: float, other: float) -> bool:
    """Whether one figure is the other with a single digit mistyped: 35 and 25, not 8 and 18.

    Examples
    --------
    >>> is_one_digit_off(35, 25), is_one_digit_off(8, 18)
    (True, False)
    """
    one, two = f"{figure:.6f}", f"{other:.6f}"
    return len(one) == len(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 1
