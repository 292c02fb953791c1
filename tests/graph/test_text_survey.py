from __future__ import annotations

from unionkg.graph.segments import Edit
from unionkg.graph.text_survey import Noise, TextSurvey, text_survey
from unionkg.graph.texts import DocumentText, Foreign


def text(name: str, *edits: Edit, foreign: tuple[Foreign, ...] = ()) -> DocumentText:
    return DocumentText(document=name, text="總工會送清涼加群領獎", foreign=foreign, edits=edits)


def test_each_document_counts_once_by_the_most_that_was_done_to_it() -> None:
    script = Edit(0, 3, "总工会", "script")
    found = text_survey(
        [
            text("a", script, Edit(3, 4, "赠", "synonym"), Edit(6, 10, "", "spam")),
            text("b", Edit(6, 6, "。", "synonym")),
            text("c", script, Edit(6, 10, "", "spam")),
            text("d", script),
            text("e"),
            text("f", script, foreign=(Foreign(6, 10, "spam"),)),
        ]
    )
    assert (found.reworded, found.cut, found.rescripted, found.untouched) == (2, 2, 1, 1)
    assert found.documents == found.reworded + found.cut + found.rescripted + found.untouched
    assert (found.characters, found.replaced, found.foreign) == (60, 1, 4)


def test_of_converted_characters_those_count_that_became_others() -> None:
    assert text_survey([text("a", Edit(0, 3, "总工会", "script"))]).converted == 2


def test_noise_is_counted_by_kind() -> None:
    found = text_survey(
        [
            text("a", foreign=(Foreign(0, 2, "spam"), Foreign(6, 10, "spam"), Foreign(3, 4, "advert"))),
            text("b", foreign=(Foreign(0, 1, "spam"),)),
            text("c"),
        ]
    )
    assert found.noise == {"spam": Noise(2, 3, 7), "advert": Noise(1, 1, 1)}
    assert found.noisy == 2


def test_no_texts_give_nothing() -> None:
    assert text_survey(()) == TextSurvey()
