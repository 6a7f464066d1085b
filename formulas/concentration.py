"""How concentrated makers are."""

from __future__ import annotations

from collections.abc import Iterable


def herfindahl(shares: Iterable[float]) -> float:
    """Herfindahl–Hirschman index: the sum of the squared shares (1 is the whole; one maker is 1, n equal ones 1/n).

    A. O. Hirschman, National Power and the Structure of Foreign Trade (1945); O. C. Herfindahl, Concentration in the
    U.S. Steel Industry (1950). Offices print it times 10,000. Makers that are not known may be left out where they
    are small: the index is then a lower bound.
    """
    return sum(share * share for share in shares)
