"""Files: by suffix, whole or not at all, UTF-8 with LF whatever the locale; PNG only with a Chinese font."""

import locale
import os
from pathlib import Path

import pytest

import maps
from analysis.answers import Panorama
from analysis.picture import Picture
from graph.errors import LiantuError
from maps import fonts
from maps.look import Look
from maps.png import png


def has_font() -> str:
    try:
        fonts.cjk()
    except LiantuError as error:
        return str(error)
    return ""


NO_FONT = has_font()
needs_font = pytest.mark.skipif(bool(NO_FONT), reason=NO_FONT)


@pytest.mark.parametrize(("name", "view", "title"), [
    ("图.html", "map", "光伏产业链全景图"), ("图.svg", "map", "光伏产业链全景图"), ("MAP.HTML", "map", "光伏产业链全景图"),
    ("图.html", "bars", "光伏产业链供需对照"), ("图.svg", "profile", "光伏产业链主链剖面")])
def test_text_in_utf8_with_lf_whatever_the_locale(
    panorama: Panorama, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, view: str, title: str
) -> None:
    monkeypatch.setattr(locale, "getpreferredencoding", lambda do_setlocale=True: "gbk")
    monkeypatch.setattr(locale, "getencoding", lambda: "gbk")
    monkeypatch.setattr(os, "linesep", "\r\n")
    path = maps.write(Picture(panorama), tmp_path / name, Look(view=view))
    content = path.read_bytes()
    assert title in content.decode("utf-8") and b"\r" not in content
    assert [p.name for p in tmp_path.iterdir()] == [name], "nothing is left beside it"
    assert content == maps.write(Picture(panorama), tmp_path / name, Look(view=view)).read_bytes()


def test_a_gap_that_is_being_built_has_its_mark_wherever_it_is_named(panorama: Panorama, tmp_path: Path) -> None:
    for look, least in ((Look(view="bars"), 1), (Look(), 3), (Look(style="print"), 4)):
        drawn = maps.write(Picture(panorama), tmp_path / "a.svg", look).read_text(encoding="utf-8")
        assert drawn.count("◆") >= least, look
    paper = maps.write(Picture(panorama), tmp_path / "a.svg", Look(style="print")).read_text(encoding="utf-8")
    assert paper.count("×◆ 光伏玻璃") == 2, "the list of the map, and the evidence"


def test_another_suffix_is_refused_with_those_there_are(panorama: Panorama, tmp_path: Path) -> None:
    with pytest.raises(LiantuError, match=r"\.pdf") as refused:
        maps.write(Picture(panorama), tmp_path / "map.pdf")
    assert all(s in refused.value.cure for s in (".html", ".svg", ".png", ".pptx"))
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_made_and_a_file_in_its_place_told(panorama: Panorama, tmp_path: Path) -> None:
    assert maps.write(Picture(panorama), tmp_path / "none" / "map.svg").is_file()
    with pytest.raises(LiantuError, match="cannot write"):
        maps.write(Picture(panorama), tmp_path / "none" / "map.svg" / "map.svg")


def test_a_failed_write_leaves_the_old_file(
    panorama: Panorama, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.svg"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(LiantuError, match="in use"):
        maps.write(Picture(panorama), path)
    assert path.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [path]


def test_without_a_font_the_cure_is_told(panorama: Panorama, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "directories", lambda: [tmp_path])
    with pytest.raises(LiantuError, match="no Chinese font") as refused:
        png(Picture(panorama))
    assert "fonts-noto-cjk" in refused.value.cure and ".svg" in refused.value.cure


@pytest.mark.parametrize(
    ("file", "family"),
    [("msyh.ttc", "Microsoft YaHei"), ("SimHei.ttf", "SimHei"), ("PingFang.ttc", "PingFang SC")],
)
def test_fonts_are_found_by_file_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, family: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / file).touch()
    (tmp_path / "DejaVuSans.ttf").touch()
    monkeypatch.setattr(fonts, "directories", lambda: [tmp_path])
    assert fonts.cjk() == (family, [tmp_path / "deep" / file])


@needs_font
@pytest.mark.parametrize(("style", "size"), [("wall", (3840, 2160)), ("print", (4961, 2 * 3508))])
def test_png_in_4k_and_for_a3_at_300_dpi(panorama: Panorama, style: str, size: tuple[int, int]) -> None:
    content = png(Picture(panorama), Look(style=style))
    assert content.startswith(b"\x89PNG")
    width, height = (int.from_bytes(content[i : i + 4], "big") for i in (16, 20))
    assert width == size[0] and abs(height - size[1]) <= 1


@needs_font
def test_the_same_picture_twice(panorama: Panorama) -> None:
    assert png(Picture(panorama)) == png(Picture(panorama))


@needs_font
def test_png_draws_the_names(panorama: Panorama, hostile: Panorama) -> None:
    """Text is there: without its letters the picture would be much smaller."""
    assert len(png(Picture(panorama))) > 150_000 and png(Picture(hostile)).startswith(b"\x89PNG")
