"""The saved questions and their answers as records."""

from __future__ import annotations

from collections.abc import Mapping

from unionkg.exports.answers import Answer, Triples, Truth
from unionkg.exports.plain import plain
from unionkg.exports.questions import Question as Saved
from unionkg.exports.questions import questions as saved_questions
from unionkg.server.records import Answered, Asking, Question, Questions


def question(saved: Saved) -> Question:
    """Return a saved question."""
    return Question(
        name=saved.name,
        zh=saved.zh,
        en=saved.en,
        about_zh=saved.about_zh,
        about_en=" ".join(saved.about_en.split()),
        parameters=[
            Asking(
                name=name,
                kind=one.kind,
                zh=one.zh,
                en=one.en,
                example=one.example,
                default=one.default,
            )
            for name, one in saved.parameters.items()
        ],
    )


def questions() -> Questions:
    """Return the saved questions."""
    return Questions(questions=[question(one) for one in saved_questions()])


def answered(saved: Saved, values: Mapping[str, str], query: str, answer: Answer) -> Answered:
    """Return the answer to a question that was asked with these values by this query."""
    rows = plain(answer)
    if isinstance(answer, Truth) or isinstance(rows, bool):
        return Answered(
            question=saved.name, parameters=dict(values), query=query, variables=["answer"], rows=[[rows is True]]
        )
    names = ["subject", "predicate", "object"] if isinstance(answer, Triples) else list(answer.variables)
    return Answered(
        question=saved.name,
        parameters=dict(values),
        query=query,
        variables=names,
        rows=[[row[name] for name in names] for row in rows],
        is_cut=answer.is_cut,
    )
