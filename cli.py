"""The command line: parse, call, print. No logic lives here, and nothing heavy is imported before a command runs."""

from __future__ import annotations

import click

from commands import ask, begin, change, desk, draw, further, introducing, judge, names, out, read, relating, seek
from commands.errors import Commands

EPILOG = ("补全 / completion: eval \"$(_LIANTU_COMPLETE=bash_source liantu)\"  (zsh_source, fish_source)")


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=lambda c, p, v: _version(c, v),
              help="版本 / version")
def main() -> None:
    """链图 liantu: 产业链缺什么, 凭什么这么说 / what an industry chain lacks, and on what evidence.

    \b
    先看样例 / the sample:    liantu demo
    自己的城市 / your own:    liantu init 我的城市 --chain 光伏
    """


def _version(ctx: click.Context, wanted: bool) -> None:
    if wanted:
        import liantu

        click.echo(f"liantu {liantu.__version__}")
        ctx.exit()


for command in (begin.demo, begin.init, begin.template,
                change.check, change.load, change.withdraw, change.retire, change.rebuild, names.names,
                ask.gaps, ask.explain, ask.claims, draw.draw, ask.query,
                seek.targets, seek.brief, further.prospect, further.slips, further.whatif, further.history, further.diff, further.compare,
                further.ask, judge.suitability, introducing.introduce, relating.adjacent,
                read.read, out.export, out.info, desk.desk):
    main.add_command(command)


if __name__ == "__main__":
    main()
