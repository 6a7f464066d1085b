"""Begin: the sample, a workspace of one's own, a workbook to fill in."""

from __future__ import annotations

import click

from commands import options, screen
from graph.errors import LiantuError

DEMO_DAYS = ("2022-11-24", "2023-09-12", "2024-01-25")
DEMO_CHAIN = "光伏"


@click.command()
@click.argument("folder", default="liantu-demo")
@options.lang
def demo(folder: str, lang: str | None) -> None:
    """包头样例: 三天的空白点与一张图 / the Baotou sample: gaps on three days, and a map.

    \b
    Example: liantu demo
    """
    from datetime import date

    import liantu
    import maps
    from maps.look import Look
    from reports import days

    with screen.progress() as progress:
        workspace, new = liantu.demo(folder, lang or "zh", progress)
    lang = lang or workspace.settings.language
    if lang == "en":
        click.echo(f"the sample workspace {'is made' if new else 'was there already and is used'}: {folder}")
    else:
        click.echo(f"样例工作区{'已建好' if new else '已存在, 直接使用'}: {folder}")
    today = date.today()
    answers = [liantu.gaps(workspace, DEMO_CHAIN, as_of=date.fromisoformat(d), known_by=today) for d in DEMO_DAYS]
    screen.draw(days.table(answers, lang))
    click.echo(days.changes(answers, lang))
    picture = workspace.out / f"{DEMO_CHAIN}.html"
    picture.parent.mkdir(exist_ok=True)
    maps.write(liantu.picture(workspace, DEMO_CHAIN, as_of=answers[-1].as_of, known_by=today), picture, Look(lang))
    _next(folder, str(picture.resolve()), lang)


def _next(folder: str, picture: str, lang: str) -> None:
    """Where the map lies and what to try now."""
    if lang == "en":
        click.echo(f"\nthe map as of {DEMO_DAYS[-1]}, open it in a browser: {picture}\nnext:")
    else:
        click.echo(f"\n全景图 (截至 {DEMO_DAYS[-1]}), 用浏览器打开: {picture}\n接下来:")
    for command in (f"liantu explain {DEMO_CHAIN} 光伏玻璃 -w {folder} --as-of {DEMO_DAYS[1]} --known-by {DEMO_DAYS[1]}",
                    f"liantu gaps --all -w {folder}", f"liantu prospect {DEMO_CHAIN} -w {folder} --as-of {DEMO_DAYS[2]}",
                    f"liantu ask {DEMO_CHAIN} -w {folder} -o 摸排清单.xlsx", "liantu init 我的城市 --chain 光伏"):
        click.echo(f"  {command}")


@click.command()
@click.argument("name")
@options.chains
@click.option("--region", metavar="NAME", help="地区, 默认取文件夹名 / region, by default the folder's name")
@click.option("--store", default="", metavar="URL", help="图谱放在服务器 bolt://… / keep the graph on a server")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language")
def init(name: str, chains: tuple[str, ...], region: str | None, store: str, lang: str) -> None:
    """新建工作区, 可带产业链骨架 / a new workspace, with chain skeletons if you like.

    \b
    Example: liantu init 我的城市 --chain 光伏
    """
    import liantu

    liantu.begin(name, chains, region or "", lang, store)
    with_chains = f" ({'、'.join(chains)})" if chains else ""
    click.echo(f"已建工作区 / made the workspace: {name}{with_chains}\n"
               f"接下来 / next:\n  liantu template -w {name} -o 模板.xlsx\n  liantu load 模板.xlsx -w {name}")
    if not chains:
        from loaders.start import chains as known

        click.echo(f"可用的骨架 / skeletons there are: {'、'.join(known(liantu.data()))}")


@click.command()
@options.workspace
@options.lang
@options.chains
@click.option("-o", "--out", default="liantu-模板.xlsx", metavar="FILE", help="[liantu-模板.xlsx]")
@click.option("--all", "every", is_flag=True, help="全部表, 不止三张 / all sheets, not three")
def template(folder: str, store: str, lang: str | None, chains: tuple[str, ...], out: str, every: bool) -> None:
    """写一个待填的工作簿 / write a workbook to fill in.

    \b
    Example: liantu template -o 模板.xlsx --chain 光伏
    """
    from pathlib import Path

    import liantu
    from loaders.template import template as write

    path = Path(out)
    if path.suffix.lower() != ".xlsx":
        raise LiantuError(f"模板是 .xlsx 文件, 不是 {out} / the template is a .xlsx file", "liantu template -o 模板.xlsx")
    inside = folder != "." or (Path(folder) / "liantu.toml").is_file()
    workspace = liantu.open(folder) if inside else None
    write(path, liantu.panorama_rows(workspace, chains), every, lang or (workspace.settings.language if workspace else "zh"))
    click.echo(f"已写 / written: {path}")
