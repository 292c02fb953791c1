"""Choosing among candidates that overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.candidates import Candidate, select

CANDIDATES = st.builds(
    lambda start, length, kind, rank, confidence: Candidate(
        start, start + length, kind, rank=rank, confidence=confidence
    ),
    st.integers(0, 30),
    st.integers(1, 8),
    st.sampled_from(["ORG", "PERSON", "PLACE", "EVENT"]),
    st.integers(0, 3),
    st.sampled_from([0.5, 0.8, 0.9]),
)


def test_the_longest_wins() -> None:
    place, union, department = Candidate(0, 3, "PLACE"), Candidate(0, 6, "ORG"), Candidate(0, 11, "ORG")
    assert select([place, union, department, Candidate(12, 15, "PERSON")]) == [department, Candidate(12, 15, "PERSON")]


def test_of_equal_length_the_rank_decides_then_the_confidence_then_the_place() -> None:
    listed, quoted = Candidate(2, 6, "GROUP", rank=0, confidence=0.9), Candidate(2, 6, "PROGRAMME", rank=1)
    assert select([listed, quoted]) == [quoted]
    sure, unsure = Candidate(2, 6, "ORG", confidence=0.9), Candidate(4, 8, "ORG", confidence=0.6)
    assert select([unsure, sure]) == [sure]
    assert select([Candidate(3, 5, "ORG"), Candidate(2, 4, "ORG")]) == [Candidate(2, 4, "ORG")]


def test_neighbours_that_touch_both_stay() -> None:
    assert select([Candidate(3, 6, "ORG"), Candidate(0, 3, "PLACE")]) == [
        Candidate(0, 3, "PLACE"),
        Candidate(3, 6, "ORG"),
    ]


@given(st.lists(CANDIDATES, max_size=15))
def test_chosen_candidates_are_offered_ones_in_order_without_overlap(offered: list[Candidate]) -> None:
    position = 0
    for candidate in select(offered):
        assert candidate in offered
        assert candidate.start >= position
        position = candidate.end


@given(st.lists(CANDIDATES, max_size=15))
def test_whatever_is_left_out_overlaps_a_chosen_one_that_is_not_shorter(offered: list[Candidate]) -> None:
    chosen = select(offered)
    for candidate in offered:
        assert candidate in chosen or any(
            one.start < candidate.end
            and candidate.start < one.end
            and one.end - one.start >= candidate.end - candidate.start
            for one in chosen
        )


@given(st.lists(CANDIDATES, max_size=12).flatmap(lambda offered: st.tuples(st.just(offered), st.permutations(offered))))
def test_the_choice_does_not_depend_on_the_order(case: tuple[list[Candidate], list[Candidate]]) -> None:
    offered, shuffled = case
    assert [(one.start, one.end, one.type, one.rank) for one in select(offered)] == [
        (one.start, one.end, one.type, one.rank) for one in select(shuffled)
    ]
