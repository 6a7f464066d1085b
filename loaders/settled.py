"""What people decided about names: which are one firm, which are two. Said in order, the last word counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.spelling import normal

SAY = ("accept", "reject", "split")


@dataclass(frozen=True, slots=True)
class Decision:
    """``accept``: the name is of the candidate's firm; ``reject``: they are two firms; ``split``: it stands by itself."""

    say: str
    name: str
    candidate: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True)
class Settled:
    """All decisions together, by normalised names or codes."""

    same: dict[str, str] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)


def settled(decisions: Iterable[Decision]) -> Settled:
    """What holds after all of them."""
    out = Settled()
    for one in decisions:
        name, other = normal(one.name), normal(one.candidate)
        pair = frozenset((name, other))
        if name == other:
            continue
        if one.say == "accept":
            out.same[name] = other
            out.apart.discard(pair)
            out.alone.discard(name)
        elif one.say == "reject":
            out.apart.add(pair)
            for at, to in ((name, other), (other, name)):
                if out.same.get(at) == to:
                    del out.same[at]
        else:
            out.alone.add(name)
            out.same.pop(name, None)
    return out
