"""Credit codes (GB 32100-2015) and the organisation codes (GB 11714-1997) inside them.

python-stdnum checks the same last character; it is not used because it knows neither the organisation code inside nor the
nine characters of one alone, which older lists still carry.
"""

from __future__ import annotations

import unicodedata

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters a credit code may have: no I, O, S, V, Z."""

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(written: str) -> str:
    """A code as it is compared: NFKC, upper case, without blanks, hyphens and what cannot be seen; '' for ''."""
    folded = unicodedata.normalize("NFKC", written).upper()
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Pd"))


def credit_code_ok(code: str) -> bool:
    """GB 32100-2015: 18 characters, the last is 31 − (Σ value·3^i mod 31), modulo 31."""
    code = credit_code(code)
    if len(code) != 18 or any(c not in _CREDIT for c in code):
        return False
    total = sum(_CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _CREDIT[(31 - total % 31) % 31] == code[17]


def organisation_code_ok(code: str) -> bool:
    """GB 11714-1997: 8 characters and 11 − (Σ value·weight mod 11), where 10 is X and 11 is 0."""
    code = credit_code(code)
    if len(code) != 9 or not (code.isascii() and code.isalnum()):
        return False
    total = sum(int(c, 36) * weight for c, weight in zip(code, _WEIGHTS, strict=False))
    return "0123456789X0"[11 - total % 11] == code[8]


def organisation_code(code: str) -> str:
    """The nine characters of the organisation inside a credit code; '' where the code is not of 18."""
    return code[8:17] if len(code) == 18 else ""
