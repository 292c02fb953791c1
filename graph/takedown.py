"""Who and what was taken down must not be read any more, wherever it stands.

In a document that names it, every name and form of it there is hidden, and a person's full name in all other documents
too, and in the names of bodies, programmes and the like that are called after them. Spared are the names of others: a
namesake's in a document that speaks of the namesake alone, a longer person's name, a place's, a territory's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from unionkg.graph.masking import withheld
from unionkg.graph.model import Entity, Extraction
from unionkg.graph.resolve import Identity, Resolution

_OWN = frozenset({"PERSON", "GROUP", "CONCEPT"})
_LEAST = 2  # characters of a name that is looked for where nothing says that it is one


class Takedown:
    """What is hidden of the corpus; `forgotten` are the identities that are taken down."""

    def __init__(
        self, extractions: Iterable[Extraction], resolution: Resolution, forgotten: Collection[Identity]
    ) -> None:
        self.forgotten = frozenset(forgotten)
        self._names: set[str] = set()
        for extraction in extractions if self.forgotten else ():
            for entity in self.gone(extraction, resolution):
                if entity.type == "PERSON":
                    printed = {
                        one.text for one in extraction.mentions if one.entity == entity.id and one.norm == entity.name
                    }
                    self._names |= {name for name in {entity.name, *printed} if len(name) >= _LEAST}

    def gone(self, extraction: Extraction, resolution: Resolution) -> list[Entity]:
        """Return the entities of the document that are taken down."""
        identities = resolution.of[extraction.document]
        pairs = zip(extraction.entities, identities, strict=True)
        return [entity for entity, identity in pairs if identity in self.forgotten]

    def hide(self, text: str) -> str:
        """Return the text, of the same length, without the names that are hidden in all documents."""
        return withheld(text, self._names) if self._names else text

    def form(self, entity: Entity, form: str) -> str:
        """Return a form of an entity's name without the names of who is taken down."""
        if not self._names or entity.type in _OWN or self.hide(form) == form:
            return form
        is_territory = entity.territory and (entity.type == "PLACE" or self.hide(entity.stem) == entity.stem)
        return form if is_territory and self.hide(entity.name) != entity.name else self.hide(form)

    def veil(self, extraction: Extraction, resolution: Resolution) -> Callable[[str], str]:
        """Return what hides in texts of the document what is to be hidden there."""
        if not self.forgotten:
            return str
        gone = {entity.id: entity for entity in self.gone(extraction, resolution)}
        printed = {mention.text for mention in extraction.mentions if mention.entity in gone}
        here = printed.union(*({entity.name, *entity.aliases} for entity in gone.values()))
        names = here | self._names
        if not names:
            return str
        forms = {
            entity.id: {form for form in (entity.name, *entity.aliases) if self.form(entity, form) == form}
            for entity in extraction.entities
            if entity.id not in gone
        }
        spared = set().union(*forms.values())
        spared |= {one.text for one in extraction.mentions if one.norm in forms.get(one.entity, ())}
        held = {form for form in spared - here if any(name in form for name in names)}
        return lambda text: withheld(text, names, held)
