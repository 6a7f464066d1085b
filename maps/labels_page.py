"""Labels of the interactive page: filters, time axis, the switch to the goals, what the panel says beside. Merged into ``maps.labels.LABELS``."""

from __future__ import annotations

PAGE: dict[str, tuple[str, str]] = {
    # boxes, where there is little room
    "firms_brief": ("企业{}", "firms {}"),
    "projects_brief": ("项目{}", "proj. {}"),
    # what a page goes without
    "without_views": ("本页过大, 未放入供需对照与主链剖面: liantu map … --view bars | profile",
                      "The page would be too large with them: for supply and demand, and the main lane, liantu map … --view bars | profile"),
    "without_evidence": ("本页过大, 打印时只有链图, 依据与来源另存: liantu map … --style print",
                         "It prints the map only; for evidence and sources on paper: liantu map … --style print"),
    "without_days": ("本页过大, 未放入时间轴: liantu map … --from DAY --to DAY 对照两天",
                     "Left out for its size, the time axis; for two days: liantu map … --from DAY --to DAY"),
    # filters
    "filters": ("筛选", "Filters"),
    "lanes": ("泳道", "Lane"),
    "pipes": ("项目", "Projects"),
    "pipe_none": ("无项目", "none"),
    "pipe_talks": ("在谈", "in talks"),
    "pipe_signed": ("签约", "signed"),
    "pipe_building": ("在建", "under construction"),
    "pipe_late": ("停滞或逾期", "stalled or overdue"),
    "gaps_only": ("只看空白点", "Gaps only"),
    "gaps_only_long": ("只看空白点和它们供给的环节", "Only gaps and what they feed"),
    "no_node": ("没有环节 “{}”", "no node “{}”"),
    "left": ("余 {} / {} 个环节", "{} of {} nodes left"),
    "reset": ("清除筛选", "Clear filters"),
    "verdicts": ("判定（点选筛选）", "Verdict (click to filter)"),
    # time axis
    "time": ("时间轴", "Time axis"),
    "day": ("日期：左右键换到上一个或下一个有变化的日子，翻页键换到空白点出现或补上的日子",
            "Day: left and right for the days with a change, page up and down for those on which a gap opens or closes"),
    "play": ("播放", "Play"),
    "stop": ("停止", "Stop"),
    "to_as_of": ("回到截至日", "Back to the as-of day"),
    "gaps_then": ("空白点 {}", "gaps {}"),
    "opened": ("出现 {}", "opened: {}"),
    "closed": ("补上 {}", "closed: {}"),
    "changed": ("变化 {}", "changed: {}"),
    "and_others": ("{} 等 {} 个", "{} and others, {} in all"),
    "as_asked": ("截至日", "as-of day"),
    "on_day": ("{} 的状况", "As it was on {}"),
    "as_of_below": ("以下详情截至 {}", "Details below are as of {}"),
    "months": ("{}年{}月{}日", "{} {} {}"),
    # today and target
    "side": ("现状与目标", "Today and goals"),
    "side_today": ("现状 {}", "Today {}"),
    "side_target": ("目标 {}", "Goals {}"),
    "goal_here": ("目标与变化", "Goal and change"),
    # the page as a whole
    "views": ("视图", "Views"),
    "dark": ("深色", "Dark"),
    "light": ("浅色", "Light"),
    # panel
    "figure": ("地区数值", "Reported figure"),
    "listed": ("名单合计", "Listed plants"),
    "own_verdict": ("不计变型", "Without variants"),
    "conversion": ("就地转化率", "Used here"),
    "after_building": ("在建投产后供需比", "Ratio once what is under construction runs"),
    "sums": ("项目合计", "Projects by stage"),
    "stage_sum": ("{} {}（{}）", "{} {} ({})"),
    "phases": ("{} 期", "{}"),
    "phases_unsized": ("{} 期规模待核", "{} of unknown size"),
    "matters": ("影响", "What hangs on it"),
    "output_at_risk": ("限产", "Output at risk"),
    "stops": ("{} {}（{}）", "{} {} ({})"),
    "worth": ("多一单位", "One unit more"),
    "leakage": ("外购额", "Bought elsewhere"),
    "money": ("（约 {} 亿元/年）", " (about {} 亿元/a)"),
    "makers": ("企业集中度", "Makers"),
    "firms_many": ("{} 家", "{} firms"),
    "firms_one": ("1 家", "1 firm"),
}

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
