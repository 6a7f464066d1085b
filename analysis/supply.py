"""Supply S(n): a number, unsized, none, or unknown (GAPS: Supply)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.amounts import factor, into, named
from analysis.claims import made_here, speaks_for, wanted_now
from analysis.evidence import Bundle, Evidence
from analysis.parts import Step
from analysis.pieces import Piece, Sum, after, finest, of_bundle, piece_steps
from analysis.projects import Projects, Unit
from graph.clocks import Seen

State = Literal["known", "unsized", "zero", "unknown"]


@dataclass(frozen=True, slots=True)
class Supply:
    """S of one node, its variants included. ``listed`` is the plants' sum beside a figure."""

    node: str
    state: State
    value: float | None
    gross: float | None
    unit: str
    partial: bool = False
    unsized: bool = False
    figure: float | None = None
    listed: float | None = None
    complete: bool = False
    pieces: tuple[Piece, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def stands(self) -> bool:
        return self.state == "unsized" or (self.state == "known" and (self.value or 0) > 0)


class Supplies:
    """S of every node of the evidence."""

    def __init__(self, evidence: Evidence, projects: Projects) -> None:
        self.evidence = evidence
        self.projects = projects
        self.known: dict[str, Supply] = {}
        self._plants: dict[str, list[Seen]] = {}
        for fact in finest(evidence, evidence.sure("MAKES")):
            if (fact["state"] or "operating") == "operating" and (fact["since"] or date.min) <= evidence.as_of:
                self._plants.setdefault(fact.end, []).append(fact)
        self._bundles: dict[str, list[Bundle]] = {}
        for bundle in evidence.bundles:
            if bundle.region in evidence.regions:
                self._bundles.setdefault(bundle.node, []).append(bundle)

    def of(self, node: str) -> Supply:
        if node not in self.known:
            self.known[node] = self._rolled(node)
        return self.known[node]

    def own(self, node: str) -> Supply:
        """S of the node without its variants."""
        return self._supply(node, (node,)) if self.evidence.variants.get(node) else self.of(node)

    def _rolled(self, node: str) -> Supply:
        return self._supply(node, self.evidence.family(node))

    def pieces(self, family: tuple[str, ...]) -> list[Piece]:
        """Plants, and operating projects that no plant of the same investor or its group stands for."""
        plants = [Piece(f.start, f.end, f["region"], f["since"], f["capacity"], after(f), f["unit"], f,
                        self.evidence.name(f.start)) for node in family for f in self._plants.get(node, ())]
        groups = {self.evidence.group(p.firm) for p in plants}
        out = plants + [piece for node in family for bundle in self._bundles.get(node, ())
                        for piece in of_bundle(bundle, self.evidence.nodes[node].unit)]
        for unit in self.projects.units_of(family):
            opening = self.projects.opened(unit)
            if opening is None or self.projects.ended(unit):
                continue
            investors = self.projects.investors(unit)
            if not any(self.evidence.group(i) in groups for i in investors):
                out.append(self._of_project(unit, opening, investors))
        return sorted(out, key=lambda p: (p.title, p.fact.id if p.fact else ""))

    def _of_project(self, unit: Unit, opening: Seen, investors: tuple[str, ...]) -> Piece:
        return Piece(investors[0] if investors else unit.whole, unit.node, self.projects.place(unit), opening["day"],
                     unit.gross, unit.saleable, unit.adds["unit"], unit.adds, self.evidence.name(unit.project))

    def _supply(self, node: str, family: tuple[str, ...]) -> Supply:
        pieces = self.pieces(family)
        figures = self._figures(node, self.evidence.region)
        complete, survey = self._complete(node, figures)
        listed = Sum(self.evidence.nodes[node].unit)
        listed.add(pieces)
        if figures and not survey:
            return self._by_figure(node, figures, pieces, listed, complete)
        wholes = self._variants_by_figure(node)
        within = {v for whole in wholes for v in self.evidence.family(whole.node)}
        listed = Sum(self.evidence.nodes[node].unit)
        listed.add(p for p in pieces if p.node not in within)
        return self._by_list(node, family, listed, complete, figures, wholes)

    def _figures(self, node: str, region: str) -> list[Seen]:
        """R's own figure, else that of each nearest region below it that has one."""
        reports = {f.start: f for f in self.evidence.sure_about("REPORTS", node)
                   if f["measure"] == "capacity" and f["value"] is not None}
        return self._nearest(reports, region) if reports else []

    def _nearest(self, reports: dict[str, Seen], region: str) -> list[Seen]:
        if region in reports:
            return [reports[region]]
        return [f for child in self.evidence.below.get(region, ()) for f in self._nearest(reports, child)]

    def _complete(self, node: str, figures: list[Seen]) -> tuple[bool, bool]:
        """Whether a survey says the list is complete, and whether it is later than the figure."""
        days = [f.valid_from for f in self._surveys(node)]
        newest = max((f.valid_from for f in figures), default=date.min)
        return bool(days), any(day > newest for day in days)

    def _surveys(self, node: str) -> list[Seen]:
        """Those that say of a chain of the node that its list of firms is complete, for all of R."""
        return [f for chain in self.evidence.chains_of.get(node, ()) for f in self.evidence.sure_about("SURVEYS", chain)
                if self.evidence.inside(self.evidence.region, f.start)]

    def _by_figure(self, node: str, figures: list[Seen], pieces: list[Piece], listed: Sum, complete: bool) -> Supply:
        total = Sum(figures[0]["unit"] or self.evidence.nodes[node].unit)
        later, outside, inside = list[Piece](), list[Piece](), list[Piece]()
        for piece in pieces:
            covering = next((f for f in figures if self.evidence.inside(piece.region, f.start)), None)
            if covering is None:
                outside.append(piece)
            elif piece.since is not None and piece.since > covering.valid_from:
                later.append(piece)
            else:
                inside.append(piece)
        total.add([*later, *outside])
        same = self._values(figures, total.unit)
        base = sum(same)
        value, gross = base + total.saleable, base + total.gross
        own = figures[0].start == self.evidence.region
        steps = [*self._figure_steps(figures), *piece_steps("supply.later", "数值之后投产", "began after the figure", later)]
        steps += piece_steps("supply.outside", "数值所涵盖地区之外", "outside the regions of the figures", outside)
        steps += piece_steps("supply.within", "已含在数值内, 不另加", "within the figure, not added", inside)
        if listed.sized:
            steps.append(Step("supply.listed", f"名单合计 {listed.saleable:.6g} {listed.unit}",
                              f"the listed plants add up to {listed.saleable:.6g} {listed.unit}"))
        steps += [*total.steps(), *self._odd_figures(node, figures, total.unit)]
        partial = not own and not complete and not self._covered(self.evidence.region, figures)
        unsized = total.blank > 0 or len(same) < len(figures)
        state: State = "known" if value > 0 else "unsized" if unsized else "zero"
        sized = state != "unsized"
        return Supply(node, state, value if sized else None, gross if sized else None, total.unit, partial,
                      unsized, base if same else None, listed.saleable if listed.sized else None,
                      complete, tuple(pieces), tuple(steps))

    def _covered(self, region: str, figures: list[Seen]) -> bool:
        """Whether the figures are about all of a region: its own, or those of every region right below it."""
        below = self.evidence.below.get(region, ())
        return any(f.start == region for f in figures) or (bool(below) and all(self._covered(r, figures) for r in below))

    def _odd_figures(self, node: str, figures: list[Seen], unit: str) -> list[Step]:
        """Figures that do not convert into each other, or not into the node's own unit."""
        own = self.evidence.nodes[node].unit
        return [Step("unit.clash", f"单位不能换算: {zh} → {to}", f"does not convert: {en} → {to}", (f.id,), (f.source,))
                for f in figures for zh, en in (named(f["unit"]),) for to in dict.fromkeys((unit, own))
                if to and f["value"] and factor(f["unit"], to) is None]

    def _values(self, figures: list[Seen], unit: str) -> list[float]:
        """Of the figures that convert; 0 is 0 in any unit."""
        values = (0.0 if f["value"] == 0 else into(f["value"], f["unit"], unit) for f in figures)
        return [value for value in values if value is not None]

    def _figure_steps(self, figures: list[Seen]) -> list[Step]:
        return [Step("supply.figure",
                     f"{f.start}数值 {float(f['value']):.6g} {f['unit']} ({f.valid_from})",
                     f"{f.start} gives {float(f['value']):.6g} {f['unit']} ({f.valid_from})", (f.id,), (f.source,))
                for f in figures]

    def _by_list(self, node: str, family: tuple[str, ...], listed: Sum, complete: bool,
                 figures: list[Seen], wholes: list[Supply]) -> Supply:
        steps = tuple(self._figure_steps(figures)) + tuple(s for whole in wholes for s in whole.steps)
        for whole in wholes:
            listed.unit = listed.unit or whole.unit
            times = 1.0 if whole.value == 0 else factor(whole.unit, listed.unit)
            if whole.value is None or times is None:
                steps += () if whole.value is None else (_apart_step(self.evidence, whole, listed.unit),)
                listed.blank += 1
                continue
            listed.saleable += whole.value * times
            listed.gross += (whole.gross or 0.0) * times
            listed.sized += 1
        steps += tuple(piece_steps("supply.plant", "在产", "stands", listed.taken))
        steps += tuple(listed.steps())
        same = self._values(figures, listed.unit)
        figure = sum(same) if same else None
        if listed.sized:
            partial = () if complete else (Step(
                "supply.partial", "没有摸排齐全的名单, 合计只是下限", "no complete list: the sum is a lower bound"),)
            state: State = "known" if listed.saleable > 0 else "unsized" if listed.blank else "zero"
            sized = state != "unsized"
            return Supply(node, state, listed.saleable if sized else None, listed.gross if sized else None, listed.unit,
                          not complete, listed.blank > 0, figure, listed.saleable, complete, tuple(listed.taken),
                          steps + partial)
        if listed.blank:
            return Supply(node, "unsized", None, None, listed.unit, not complete, True, complete=complete,
                          pieces=tuple(listed.taken), steps=steps)
        return self._by_word(node, family, listed.unit)

    def _variants_by_figure(self, node: str) -> list[Supply]:
        """S of each variant that has a figure of its own, its plants within it."""
        out: list[Supply] = []
        for variant in self.evidence.variants.get(node, ()):
            if self._figures(variant, self.evidence.region):
                out.append(self.of(variant))
            else:
                out += self._variants_by_figure(variant)
        return out

    def _by_word(self, node: str, family: tuple[str, ...], unit: str) -> Supply:
        """Nothing stands by any list: 0 only if somebody says so."""
        words = [w for w in self._words(node) if w["says"] in ("present", "none", "wanted")]
        newest = max(words, key=lambda w: (w.valid_from, w["says"] == "present", w.precedence), default=None)
        if newest is not None and newest["says"] == "present":
            return Supply(node, "unsized", None, None, unit, True, True, steps=(_word_step(self.evidence, newest),))
        if any(self.of(v).stands for v in family if v != node):
            return Supply(node, "unsized", None, None, unit, True, True)
        if newest is not None:
            return Supply(node, "zero", 0.0, 0.0, unit, steps=(_word_step(self.evidence, newest),))
        survey = min(self._surveys(node), key=lambda f: f.line, default=None)
        if survey is not None:
            step = Step("supply.survey", f"{survey.start}摸排齐全 ({survey.valid_from}), 名单中没有",
                        f"the survey of {survey.start} ({survey.valid_from}) lists none", (survey.id,), (survey.source,))
            return Supply(node, "zero", 0.0, 0.0, unit, complete=True, steps=(step,))
        step = Step("supply.unknown", "没有数值、企业、摸排或声明: 尚未核实", "no figure, firm, survey or claim: nobody has looked")
        return Supply(node, "unknown", None, None, unit, steps=(step,))

    def _words(self, node: str) -> list[Seen]:
        """Claims about the node itself, or that the node it is a variant of is lacking."""
        parent = self.evidence.whole_of.get(node)
        made = made_here(self.evidence, node)
        made += [c for c in made_here(self.evidence, parent) if c["says"] in ("none", "wanted")] if parent else []
        return [c for c in made if (c["says"] != "wanted" or wanted_now(self.evidence, c))
                and (c["says"] not in ("none", "wanted") or speaks_for(self.evidence, c))]


def _apart_step(evidence: Evidence, whole: Supply, unit: str) -> Step:
    """A variant whose own figure is in a unit that does not convert."""
    name, (zh, en) = evidence.nodes[whole.node].name, named(whole.unit)
    return Step("unit.clash", f"单位不能换算, 不计入: {name} {whole.value:.6g} {zh} → {unit}",
                f"does not convert, not counted: {name} {whole.value:.6g} {en} → {unit}")


def _word_step(evidence: Evidence, claim: Seen) -> Step:
    words = {"present": ("摸排: 有", "says it is here"), "none": ("声明: 空白", "says there is none"),
             "wanted": ("列入招引, 即本地没有", "asks for it, so it lacks it")}
    zh, en = words[claim["says"]]
    return Step(f"supply.{claim['says']}", f"{evidence.name(claim.start)} {zh} ({claim.valid_from})",
                f"{evidence.name(claim.start)} {en} ({claim.valid_from})", (claim.id,), (claim.source,))
