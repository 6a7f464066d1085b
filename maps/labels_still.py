"""Labels of the still maps: styles, names in boxes, the prospect map. Merged into ``maps.labels.LABELS``."""

from __future__ import annotations

STILL: dict[str, tuple[str, str]] = {
    # names in boxes
    "firms_more": (" 等{}家", " (of {})"),
    "box_goal": ("目标{}", "goal {}"),
    "invests": ("投资 ", "backers "),
    "master": ("★ 链主企业", "★ chain master"),
    # slides
    "edges": ("供给关系", "feeds"),
    # lists
    "no_gaps_but": ("没有查明的空白点；{} 个环节待核，不等于没有", "No gap found; {} nodes nobody has looked at, which is not none"),
    "list_cut": ("…… 全部见打印版 (--style print)", "… all of it in print (--style print)"),
    "appendix": ("依据与来源", "evidence and sources"),
    "firms_full": ("本地企业全称", "Firms here by full name"),
    "source_count": ("来源 {} 项", "{} sources"),
    # prospect map
    "prospect": ("{}产业链远景图", "{} industry chain: prospect"),
    "target_day": ("目标日 {}", "goals for {}"),
    "changes": ("目标与变化", "Goals and changes"),
    "no_changes": ("这一天没有目标，也没有在建到期", "No goal and nothing under construction for this day"),
    "ring_open": ("有差距", "short of its goal"),
    "ring_reached": ("已达目标", "goal reached"),
    "ring_unknown": ("现状或目标待核", "goal or supply unknown"),
    "ring_another-day": ("目标另有日期", "goal for another day"),
    "ring_building": ("无目标，在建到期", "no goal, being built by then"),
    "target_goal": ("目标 {}", "goal {}"),
    "target_stands": ("现状 {}", "stands {}"),
    "target_gap": ("差距 {}", "gap {}"),
    "target_over": ("超出 {}", "{} beyond"),
    "target_by": ("到期在建 {}", "under construction by then {}"),
    "target_fills": ("{}（补 {}）", "{} (fills {})"),
    "target_none": ("无", "none"),
    "target_undated": ("日期待核", "day unknown"),
    "target_left": ("尚无项目 {}", "without a project {}"),
    "brief_by": ("按期在建 {}", "built by then {}"),
    "brief_left": ("无项目 {}", "no project {}"),
    "target_firms": ("拟引 {}", "firms wanted {}"),
    "target_other": ("目标 {}（{}）", "goal {} ({})"),
    "box_reached": ("已达{}", "reached {}"),
    "box_building": ("在建+{}", "building +{}"),
}
