"""Labels of the overview of all chains and of the view of a chain that is too large to draw, in both languages."""

from __future__ import annotations

OVERVIEW: dict[str, tuple[str, str]] = {
    "overview": ("{}产业链总览", "{}: all industry chains"),
    "tile_chains_counted": ("产业链 {} 条，其中 {} 条有断链或缺链", "{} chains, {} of them with broken or missing nodes"),
    "tile_to_overview": ("返回总览", "Back to all chains"),
    "tile_nodes_counted": ("环节 {}", "{} nodes"),
    "tile_master": ("链主", "Leading firm"),
    "tile_in_charge": ("链长", "In charge"),
    "tile_breaks": ("断链缺链", "Broken, missing"),
    "tile_extensions": ("延链", "extension"),
    "tile_none_looked": ("无人核实", "nobody has looked"),
    "tile_no_gaps_known": ("未见空白点", "no gap known"),
    "tile_names": ("{} 等，另 {} 家", "{} and {} more"),
    "tile_names_on": ("{} 等", "{} …"),
    "tile_completeness": ("环节齐备率", "Completeness"),
    "tile_completeness_of": ("{}（{}/{}，待核 {}）", "{} ({}/{}, {} unknown)"),
    "tile_sufficiency": ("数量保障度", "Sufficiency"),
    "tile_sufficiency_of": ("{}（{} 个有单价的环节）", "{} ({} nodes with a price)"),
    "tile_no_price": ("待核（无单价或数量）", "unknown (no prices)"),
    "tile_nothing_known": ("待核（{} 个环节均待核）", "unknown (nodes to look at: {})"),
    "tile_none_needed": ("待核（尚无所需环节）", "unknown (no need known)"),
    "tile_stage_counts": ("项目", "Projects"),
    "tile_no_projects": ("未见项目", "none listed"),
    "tile_since": ("自 {}", "Since {}"),
    "tile_opened": ("新空白点 {}", "{} opened"),
    "tile_closed": ("补上 {}", "{} closed"),
    "tile_slipped": ("推迟 {}", "{} slipped"),
    "tile_learned": ("另 {} 项后来才知道", "{} only learned"),
    "tile_others": ("其他变化 {}", "{} other changes"),
    "tile_unchanged": ("没有变化", "nothing changed"),
    "overview_order": (
        "断链、缺链多的在前；几条链共用的环节在每条链里各计一次；同一项目在一条链里只计一次。",
        "Most broken and missing nodes first; a node of several chains is counted in each, a project once a chain.",
    ),
    "overview_figures": (
        "环节齐备率：所需且已核实的环节里已有的比例。数量保障度：有单价的环节里，供给满足需求的比例，按产值加权。",
        "Completeness: of the needed nodes that somebody looked at, how many stand. Sufficiency: how far supply meets "
        "demand, by value, over the nodes with a price.",
    ),
    "overview_since": (
        "变化：{} 当天与截至日相比，都按获知日所知；后来才知道的另计。",
        "Changes: from {} to the day of the overview, both by what is known by then; what was only learned is apart.",
    ),
    # the view above 2,000 nodes
    "sum_aggregate": (
        "共 {} 个环节，超过 {} 个，逐个画出无法辨认：按泳道与位置合计，列出最要紧的空白点。逐个查看请用 liantu gaps，或拆成几条链。",
        "{} nodes, above {}, cannot be told apart one by one: here they are summed by lane and place, with the gaps that "
        "matter most. One by one: liantu gaps, or split the chain.",
    ),
    "sum_columns": ("第 {}–{} 列", "columns {}–{}"),
    "sum_column": ("第 {} 列", "column {}"),
    "sum_more_lanes": ("其余 {} 条泳道", "{} more lanes"),
    "sum_feeds_on": ("→ {}", "→ {}"),
    "sum_feeds_back": ("← {}", "← {}"),
    "sum_arrows": ("→ 从此处往后的供给条数，← 回流条数", "→ feeds that pass here onward, ← those that lead back"),
    "sum_most_gaps": ("最要紧的空白点 {}（共 {}）", "Gaps that matter most: {} of {}"),
    "sum_more_gaps": ("另有 {} 个", "and {} more"),
    "sum_sources_counted": ("来源 {} 项", "{} sources"),
    "sum_gap_order": (
        "断链、缺链、延链依次；关键投入在前；再按断供时停下的最大份额。",
        "Broken, missing, extension; essential inputs first; then by the greatest share that stops without them.",
    ),
}
