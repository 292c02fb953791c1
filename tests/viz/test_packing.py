from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.viz.page_reader import unpacked
from unionkg.graph.provinces import PROVINCES
from unionkg.viz.packing import packed
from unionkg.viz.tile_map import tiles

NAMES = st.sampled_from("abcdef")


@given(st.lists(st.dictionaries(NAMES, st.integers() | st.text() | st.booleans())))
def test_records_come_back_as_they_were(records: list[dict[str, object]]) -> None:
    assert unpacked(packed(records)) == records


def test_each_province_has_a_tile_of_its_own() -> None:
    assert {tile.code for tile in tiles()} == PROVINCES.keys()
    assert len({(tile.column, tile.row) for tile in tiles()}) == len(tiles()) == 34
