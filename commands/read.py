"""Read a news text: what it says, as proposals to be reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands import options, screen

if TYPE_CHECKING:
    from datetime import date

    from loaders.article.said import Article


@click.command()
@click.argument("article", metavar="ARTICLE.txt")
@options.workspace
@options.lang
@click.option("--date", "day", type=options.Day(), metavar="DAY", help="发布日期, 文中没有时 / the day of publication")
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="终端默认 table, 管道默认 json / table or JSON")
@click.option("-o", "--out", metavar="FILE|FOLDER", help="复核表: .xlsx, CSV 文件夹或 .json / a review: .xlsx, a folder of CSV, .json")
def read(folder: str, store: str, article: str, lang: str | None, day: date | None, form: str | None, out: str | None) -> None:
    """从新闻稿中读出项目、投资、产能、里程碑、声明、指标, 写成复核表; 复核前什么都不导入 /
    projects, sums, capacities, milestones, claims and figures of a news text, as a sheet to review; nothing is loaded before that.

    \b
    Example: liantu read 报道.txt -o 复核.xlsx
    """
    from pathlib import Path

    import liantu

    workspace = liantu.open(folder) if folder != "." or (Path(folder) / "liantu.toml").is_file() else None
    found = liantu.read(article, workspace, day)
    if out and not out.lower().endswith(".json"):
        count = liantu.review(found, out, workspace, lang or (workspace.settings.language if workspace else "zh"))
        _told(found)
        click.echo(f"已写 / written: {out}, {count} 行待复核 / rows to review\n"
                   f"接下来 / next: 在 复核 填“采用”, 再 liantu load {out} / write 采用 into Review, then load it", err=True)
        return
    _show(found, form or ("json" if out else screen.usual()), out)


def _told(found: Article) -> None:
    """What the days of the article rest on."""
    day = found.published or "不明, 相对日期留空 (--date 可补) / unknown, relative days stay blank (give --date)"
    click.echo(f"{found.title}: 发布日期 / published {day}; 地区 / region {found.region or '—'}; {len(found.said)} 条 / facts", err=True)


def _show(found: Article, form: str, out: str | None) -> None:
    from pathlib import Path

    from graph import files
    from loaders.article.said import plain
    from reports import listing

    if form == "table":
        screen.draw(listing.table(listing.said(plain(found)["said"])))
        _told(found)
    elif out:
        files.write_text(Path(out), listing.json_text(plain(found)))
        click.echo(f"已写 / written: {out}", err=True)
    else:
        click.echo(listing.json_text(plain(found)), nl=False)
