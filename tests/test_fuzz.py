"""The fuzzer makes the same files for a seed, notices what goes wrong, and a short run of it finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import readers
from tests import fuzz
from tests.reading import Outcome, Reader, _answer


def test_a_seed_makes_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    one, other = fuzz.good_files(tmp_path), fuzz.good_files(tmp_path / "again")
    assert [fuzz.case(one, 3, number) for number in range(50)] == [fuzz.case(other, 3, number) for number in range(50)]
    assert fuzz.case(one, 3, 0) != fuzz.case(one, 4, 0)


def test_good_files_are_good(tmp_path: Path) -> None:
    for name, content in fuzz.good_files(tmp_path).items():
        (tmp_path / f"good-{name}").write_bytes(content)
        outcome = _answer(tmp_path / f"good-{name}")
        assert outcome.how == "read" or name == "g.csv", outcome  # whether UTF-16 is read is not for here


def test_a_short_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(fuzz.failures(600, 20230912, tmp_path / "kept", most=60)) == []
    assert "60 files" in capsys.readouterr().out


def test_every_way_to_go_wrong_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> list[readers.Table]:
        raise ZeroDivisionError

    monkeypatch.setattr(readers, "read", broken)
    assert _answer(tmp_path / "a.csv").how == "failed"
    with Reader(0.01) as reader:
        assert reader.ask(tmp_path / "a.csv").how == "late"
    with Reader() as reader:
        assert reader.ask(tmp_path / "a.csv").how == "refused"
        assert reader.child
        reader.child.kill()
        reader.child.wait()


def test_a_failure_is_kept_with_its_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "ask", lambda *_: Outcome("died", "exit -6"))
    (name, outcome), = fuzz.failures(60, 5, tmp_path / "kept", first=2, most=1)
    assert outcome.how == "died" and Path(name).name.startswith("seed5-2-")
    assert Path(name).read_bytes() == fuzz.case(fuzz.good_files(tmp_path), 5, 2)[1]
