"""How well density would have told, on a day, which nodes firms would take up next; beside two trivial predictors and chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.capabilities import Pair, first_known, made
from formulas.relatedness import Relatedness
from formulas.retrieval import Piece, average_precision, precision_at, tied
from graph.clocks import Seen

AT = (5, 10, 50)
"""The k of precision@k."""
FEWEST = 10
"""New pairs below which the figures say little: one more or less of them turns them. Composed by this project."""
PREDICTORS = {"density": ("相近密度", "density"),
              "popularity": ("环节的企业数", "firms of the node"), "breadth": ("企业的环节数", "nodes of the firm")}


@dataclass(frozen=True, slots=True)
class Precision:
    """Share of new pairs among the k best guesses; None where there are fewer than k guesses."""

    k: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Predictor:
    """``name`` is density, popularity or breadth."""

    name: str
    average_precision: float
    precision: tuple[Precision, ...]


@dataclass(frozen=True, slots=True)
class Hindcast:
    """Learnt on ``learnt`` pairs known by ``split``; ``new`` ones came after it, ``judged`` of them of a firm and a node that were known
    by then: no predictor could guess the others. ``guesses`` are all pairs that could be guessed, ``base_rate`` is judged / guesses.

    ``state``: judged; few (fewer than ten judged pairs); no-split (nothing is known of two days). ``predictors`` are () without a judged
    pair: of what is not there no precision is known.
    """

    state: str
    split: date | None
    learnt: int
    new: int
    judged: int
    guesses: int
    base_rate: float | None
    predictors: tuple[Predictor, ...]


def last_fifth(days: Iterable[date]) -> date | None:
    """The last day that leaves at least a fifth of the days after it, else the one that leaves the most; None where all are one day."""
    ordered = sorted(days)
    count = Counter(ordered)
    after, left = {}, len(ordered)
    for day in sorted(count):
        left -= count[day]
        after[day] = left
    enough = [day for day, more in after.items() if more * 5 >= len(ordered) and more]
    return max(enough) if enough else next((day for day, more in after.items() if more), None)


def hindcast(facts: Sequence[Seen], as_of: date, known_by: date, split: date | None = None) -> Hindcast:
    """Split at a day, or at ``last_fifth`` of the days from which the pairs believed now were known."""
    now, first = made(facts, as_of, known_by), first_known(facts)
    day = split or last_fifth(first[pair] for pair in now if pair in first)
    if day is None:
        return Hindcast("no-split", None, len(now), 0, 0, 0, None, ())
    learnt = sorted(made(facts, as_of, day))
    return _judged(day, learnt, sorted(set(now) - set(learnt)))


def _judged(day: date, learnt: Sequence[Pair], new: Sequence[Pair]) -> Hindcast:
    firms = {f: i for i, f in enumerate(sorted({f for f, _ in learnt}))}
    nodes = {n: i for i, n in enumerate(sorted({n for _, n in learnt}))}
    hits = [(firms[f], nodes[n]) for f, n in new if f in firms and n in nodes]
    guesses = len(firms) * len(nodes) - len(learnt)
    few = len(hits) < FEWEST
    related = Relatedness([firms[f] for f, _ in learnt], [nodes[n] for _, n in learnt], len(firms), len(nodes))
    pieces = _pieces(related, hits, guesses) if hits else {}
    return Hindcast("few" if few else "judged", day, len(learnt), len(new), len(hits), guesses,
                    _nine(len(hits) / guesses) if guesses else None, tuple(_predictor(name, given) for name, given in pieces.items()))


def _pieces(related: Relatedness, hits: Sequence[tuple[int, int]], guesses: int) -> Mapping[str, list[Piece]]:
    by_firm, by_node = Counter(f for f, _ in hits), Counter(n for _, n in hits)
    return {"density": _dense(related, set(hits), guesses),
            "popularity": [(float(u), len(related.breadth) - int(u), by_node[n]) for n, u in enumerate(related.ubiquity)],
            "breadth": [(float(b), len(related.ubiquity) - int(b), by_firm[f]) for f, b in enumerate(related.breadth)]}


def _dense(related: Relatedness, hits: set[tuple[int, int]], guesses: int) -> list[Piece]:
    """What scores above nothing one by one, all others as one piece."""
    out: list[Piece] = []
    for node in range(len(related.ubiquity)):
        makers = set(related.makers(node).tolist())
        firms, density = related.density(node)
        out += [(score, 1, int((firm, node) in hits)) for firm, score in zip(firms.tolist(), density.tolist(), strict=True) if firm not in makers]
    return [*out, (0.0, guesses - len(out), len(hits) - sum(found for _, _, found in out))]


def _predictor(name: str, pieces: Sequence[Piece]) -> Predictor:
    few = tied(pieces)  # once for all figures: there may be millions
    at = tuple(Precision(k, None if (value := precision_at(few, k)) is None else _nine(value)) for k in AT)
    return Predictor(name, _nine(average_precision(few) or 0.0), at)


def _nine(value: float) -> float:
    """Nine digits, so that engines agree."""
    return float(f"{value:.9g}")
