"""Bounds of a sheet: never less than where its cells lie, or not known."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import bounds

CELLS = st.tuples(st.sampled_from(["A", "Z", "AA", "XFD"]), st.integers(1, 1048576))
FORMS = st.sampled_from(['<c r="{}"><v>1</v></c>', '<c r="{}" s="1" t="s"><v>0</v></c>', "<c r='{}'><v>1</v></c>", '<x:c r="{}"><v>1</v></x:c>',
                         '<c s="1" r="{}"><v>1</v></c>', '<c\tr="{}"><v>1</v></c>', '<c r = "{}"><v>1</v></c>'])


@given(st.lists(st.tuples(CELLS, FORMS), max_size=20))
def test_no_cell_lies_beyond(cells: list[tuple[tuple[str, int], str]]) -> None:
    piece = "".join('<row r="1">' + form.format(f"{letters}{row}") + "</row>" for (letters, row), form in cells).encode()
    found = bounds.bound(b"<cols><col min='1'/></cols>" + piece + b"<conditionalFormatting/>")
    for (letters, row), _ in cells:
        assert found is None or (row <= found[0] and bounds.column_number(letters.encode()) <= found[1])


@pytest.mark.parametrize("cell", ["<c r='A1'>", '<c s="1" r="A1">', "<c>", "<c/>", "<x:c>", '<c\nr="A1">', '<c r="a1">', '<c r="">', '<c r="A0">'])
def test_what_is_written_otherwise_is_not_known(cell: str) -> None:
    assert bounds.bound(f"<row>{cell}".encode()) is None


def test_a_plain_sheet_is_known_and_needs_no_closer_look() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c><c r="L{n}"/></row>' for n in range(1, 2000))
    assert bounds.within(io.BytesIO(rows.encode()), 3 * 10**6) and bounds.bound(rows.encode()) == (99_999, 26)
    assert not bounds.within(io.BytesIO(rows.encode() + b'<c r="XFD1048576"><v>1</v></c>'), 30 * 10**6)


@given(st.binary(max_size=200), st.integers(1, 50))
def test_pieces_are_the_whole_and_end_before_a_tag(content: bytes, size: int) -> None:
    file = io.BytesIO(content)
    found = list(bounds.pieces(type("Slow", (), {"read": staticmethod(lambda _: file.read(size))})()))  # type: ignore[arg-type]
    assert b"".join(found) == content
    assert all(not re.search(rb"<[^<]*$", piece) or b"<" not in piece[1:] for piece in found[:-1])
