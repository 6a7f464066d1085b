"""JSON Schema of each answer, made from the records themselves."""

from __future__ import annotations

from typing import Any

from analysis.adjacent import Adjacents
from analysis.answers import Claims, Gaps, Panorama
from analysis.brief import Brief
from analysis.changes import Diff
from analysis.compare import Compare
from analysis.finding_out import FindOut
from analysis.history import History
from analysis.instruments import Instruments
from analysis.introductions import Introductions
from analysis.ledger import Slips
from analysis.prospect import Prospect
from analysis.ranking import Everything
from analysis.suitability import Suitability
from analysis.targets import Targets
from analysis.whatif import WhatIf

ANSWERS = {"gaps": Gaps, "everything": Everything, "claims": Claims, "panorama": Panorama, "prospect": Prospect, "slips": Slips,
           "whatif": WhatIf, "targets": Targets, "history": History, "diff": Diff, "ask": FindOut,
           "suitability": Suitability, "instruments": Instruments, "compare": Compare, "brief": Brief, "introduce": Introductions,
           "adjacent": Adjacents}
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> dict[str, Any]:
    """The schema of an answer's JSON form: every field stands there, and no other."""
    from pydantic import TypeAdapter

    made = TypeAdapter(ANSWERS[name]).json_schema(mode="serialization")
    return {"$schema": DRAFT, **_strict(made)}


def _strict(part: Any) -> Any:
    """Defaults are the record's business: the JSON carries every field, ``yield_`` as ``yield``."""
    if isinstance(part, list):
        return [_strict(p) for p in part]
    if not isinstance(part, dict):
        return part
    out = {key: _strict(value) for key, value in part.items() if key not in ("default", "title")}
    if isinstance(part.get("properties"), dict):
        out["properties"] = {name.rstrip("_"): _strict(value) for name, value in part["properties"].items()}
        out["required"] = list(out["properties"])
        out["additionalProperties"] = False
    return out
