"""Sentences with their mentions, and what they say about time and truth."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import document
from unionkg.nlp.clauses import Discourse, comma_clause, is_denied, is_planned
from unionkg.nlp.extract import analyse
