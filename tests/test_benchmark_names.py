"""The benchmark of names counts rightly. Every name here is invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import names


def test_pairs_are_counted_by_name_and_by_code(tmp_path: Path) -> None:
    rows = [("甲硅", "内蒙古甲能硅业有限公司", "000001.SZ"), ("乙钢", "乙钢铁股份有限公司", "000002"), ("乙钢", "老钢厂有限公司", "000002"),
            ("丙丁", "丙丁玻璃有限公司", "000003"), ("丙丁玻", "北京丙丁玻璃纤维有限公司", "000004")]
    with gzip.open(tmp_path / "company.json.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"name": n, "fullname": f, "code": c}) + "\n" for n, f, c in rows)
    given = names.pairs(tmp_path)
    short, full = sorted({s for s, _, _ in given}), sorted({f for _, f, _ in given})
    found = names.ours(short, full)
    assert found["甲硅"] == (frozenset({"内蒙古甲能硅业有限公司"}), True) and not found["丙丁"][1]
    result = names.measured("ours", given, found, 0.5)
    assert result.coverage == pytest.approx(3 / 5) and result.precision == pytest.approx(2 / 3) and result.precision_by_code == 1
    assert result.top_by_code >= result.top and "| ours | 66.67% | 100.00% | 60.0% |" in names.table([result])


def test_a_name_without_its_firm_is_counted() -> None:
    given = [("甲硅", "内蒙古甲硅业有限公司", "1"), ("乙钢", "乙钢铁有限公司", "2"), ("丙能硅", "丙甲能硅业有限公司", "3")]
    assert names.absent(given, every=3) == 0, "the other firm has a short name of its own"
    assert names.absent([*given[:2], ("丁", "丁甲能硅业有限公司", "3")], every=3) == 1
