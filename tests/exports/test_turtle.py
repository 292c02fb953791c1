from __future__ import annotations

import os
import subprocess
import sys

import pytest
from rdflib.compare import isomorphic

from tests.exports.parsing import parsed, rdf
from tests.exports.world import CHAIR, hostile_world, shuffled, world

SAY_HASH = """
import hashlib
from tests.exports.parsing import rdf
from tests.exports.world import hostile_world
print(hashlib.sha256(rdf(hostile_world())).hexdigest())
"""


def test_turtle_and_ntriples_say_the_same() -> None:
    assert isomorphic(parsed(rdf(world())), parsed(rdf(world(), "nt"), "nt"))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_building_leaves_no_trace(seed: int) -> None:
    assert rdf(shuffled(hostile_world(), seed)) == rdf(hostile_world())


def test_two_processes_write_the_same_bytes() -> None:
    hashes = {
        subprocess.run(
            [sys.executable, "-c", SAY_HASH],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_prefixes_are_declared_once_and_used() -> None:
    text = rdf(world()).decode()
    assert text.count("@prefix ukg: <https://w3id.org/unionkg/ontology#> .") == 1
    assert f"kg:{CHAIR} a ukg:Person , schema:Person" in text
    header, _, body = text.partition("\n\n")
    assert header.splitlines() == sorted(header.splitlines())
    assert "@prefix" not in body
