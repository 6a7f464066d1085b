"""``python -m scripts.pictures`` draws the README's maps of the sample; ``--check`` names what is stale (exit code 1)."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import liantu
import maps
from analysis.picture import Picture
from maps.look import Look

DOCS = Path(__file__).parent.parent / "docs"
CHAIN, DAY, DUE = "光伏", date(2024, 1, 25), date(2024, 12, 31)
"""Of the sample; both clocks stand on ``DAY``, so that the pictures do not change with the day on which they are drawn."""


def pictures() -> Iterator[tuple[str, Picture, Look]]:
    """Name below docs/, what is drawn, and how."""
    with tempfile.TemporaryDirectory(prefix="liantu-pictures-") as temp:
        city, _ = liantu.demo(Path(temp) / "sample")
        asked = {"as_of": DAY, "known_by": DAY}
        panorama, prospect = liantu.picture(city, CHAIN, **asked), liantu.picture(city, CHAIN, due=DUE, **asked)
        for lang in ("zh", "en"):
            yield f"panorama.{lang}.svg", panorama, Look(lang)
            yield f"prospect.{lang}.svg", prospect, Look(lang)


def main(arguments: list[str]) -> int:
    stale = []
    with tempfile.TemporaryDirectory(prefix="liantu-pictures-") as temp:
        for name, picture, look in pictures():
            drawn = maps.write(picture, Path(temp) / name, look).read_bytes()
            place = DOCS / name
            if "--check" not in arguments:
                place.write_bytes(drawn)
            elif not place.is_file() or place.read_bytes() != drawn:
                stale.append(name)
    for name in stale:
        print(f"docs/{name} 已过时: 运行 make docs / is stale: run make docs", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
