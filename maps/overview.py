"""The overview written: one folder of linked files, one page, or one picture."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import maps
from analysis.overview import Overview
from graph.errors import LiantuError
from graph.files import unwritable, write_bytes
from graph.model import AUDIENCES
from maps.filenames import numbered
from maps.look import USUAL, Look
from maps.overview_page import page
from maps.overview_svg import svg

INDEX = "index.html"
FORMS = (".html", ".svg", ".png")
_AUDIENCE = re.compile(r'<meta name="audience" content="([^"]*)">')
_OURS = re.compile(r"\d{2,}-.*\.html")


@dataclass(frozen=True, slots=True)
class Written:
    """Where to begin to read, how many files there are, and the pages of a former overview in the folder that are in this one no more."""

    path: Path
    count: int
    older: tuple[str, ...] = ()


def write(overview: Overview, path: str | os.PathLike[str], look: Look = USUAL) -> Written:
    """A folder where ``path`` is one, ends in a slash or has no suffix; else a file, in the form that its suffix names.

    Every page is drawn before the first is written, each appears whole or not at all, and ``index.html`` comes last. Raises
    ``LiantuError`` for another suffix, for what cannot be written, and as ``maps.write`` does.
    """
    place = checked(path)
    if is_folder(path):
        return _folder(overview, place, look)
    write_bytes(place, _drawn(overview, place, look))
    return Written(place, 1)


def checked(path: str | os.PathLike[str]) -> Path:
    """The path; LiantuError where it is neither a folder nor a file of a form that there is."""
    place, suffix = Path(path), Path(path).suffix.lower()
    if not is_folder(path) and suffix not in FORMS:
        raise LiantuError(f"总览不能写成 {suffix} / an overview cannot be written as that",
                          f"写文件夹, 或后缀用 {', '.join(FORMS)} / a folder, or name the file with one of these")
    return place


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether the overview is to be a folder of files, each chain with a page of its own."""
    return Path(path).is_dir() or os.fspath(path).endswith(("/", os.sep)) or not Path(path).suffix


def _folder(overview: Overview, place: Path, look: Look) -> Written:
    files = numbered(tile.chain for tile in overview.rows)
    pages = {files[tile.chain]: maps.page_of(tile.picture, look) for tile in overview.rows}
    pages[INDEX] = page(overview, look, files)
    _not_of_a_stricter(overview, place)
    try:
        place.mkdir(parents=True, exist_ok=True)
        older = sorted(p.name for p in place.iterdir() if _OURS.fullmatch(p.name) and p.name not in pages)
    except OSError as error:
        raise unwritable(place, error) from error
    for name, content in pages.items():
        write_bytes(place / name, content.encode("utf-8"))
    return Written(place / INDEX, len(pages), tuple(older))


def _not_of_a_stricter(overview: Overview, place: Path) -> None:
    """A folder is handed out whole: pages for fewer eyes must not lie beside those for all."""
    try:
        told = _AUDIENCE.search((place / INDEX).read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return
    if told and told[1] in AUDIENCES and AUDIENCES.index(told[1]) > AUDIENCES.index(overview.audience):
        raise LiantuError(f"{place} 里有{told[1]}受众的总览, 未写入 / holds an overview for a stricter audience ({told[1]}), nothing was written",
                          "换一个文件夹, 或先删除它 / name another folder, or delete that one first")


def _drawn(overview: Overview, place: Path, look: Look) -> bytes:
    suffix = place.suffix.lower()
    if suffix == ".html":
        stills = {tile.chain: maps.svg_of(tile.picture, look) for tile in overview.rows}
        return page(overview, look, stills=stills).encode("utf-8")
    if suffix == ".svg":
        return svg(overview, look).encode("utf-8")
    from maps.png import WIDTHS, rendered

    return rendered(svg(overview, look), WIDTHS["wall"])
