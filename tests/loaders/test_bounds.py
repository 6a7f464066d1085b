"""Bounds of a sheet: never less than where its cells lie, or not known."""

from __future__ import annotations

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


ROWS = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c><c r="L{n}"/></row>' for n in range(1, 2000)).encode()


@pytest.mark.parametrize(("piece", "expected"), [
    (b"<cols/>", (0, 0)), (ROWS, (9_999, 12)), (ROWS + b'<c r="M3">', (9_999, 13)), (ROWS + b'<c r="A20000">', (29_999, 12)),
    (ROWS + b'<c r="AZ70000">', (99_999, 52)), (ROWS + b'<c r="Z200000">', (299_999, 26)), (ROWS + b'<c r="XFD1048576">', (9_999_999, 16384)),
])
def test_a_plain_sheet_is_known(piece: bytes, expected: tuple[int, int]) -> None:
    assert bounds.bound(piece) == expected


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(0, 200), st.booleans())
def test_texts_are_never_told_too_short(pointers: list[int], most: int, inline: bool) -> None:
    lengths = [10, 0, 90, 3, 7]
    piece = "".join(f'<c r="A1" t="s"><v>{at}</v></c>' for at in pointers) + ('<c r="B1" t="inlineStr"><is><t>words</t></is></c>' if inline else "")
    assert bounds.words(piece.encode(), lengths, 90, most) >= sum(lengths[at] for at in pointers) + 5 * inline
