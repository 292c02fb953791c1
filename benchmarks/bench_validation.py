"""Measure validating: time and peak memory of a graph's N-Triples, beside rdflib merely parsing the same file.

Run from the checkout: `python -m benchmarks.bench_validation FILE.nt …`, with the `graph.nt` of builds of several sizes;
`python -m benchmarks.make_corpus 1000 FOLDER` makes documents for one of 850,000 triples. Each step runs in a process of its
own; the ratio is to rdflib's time.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MEASURED = """
import resource, sys, time
from pathlib import Path
started = time.process_time()
{work}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(time.process_time() - started, peak)
"""
WORKS = {
    "rdflib parses": "import rdflib\nrdflib.Graph().parse(sys.argv[1], format='nt')",
    "pyshacl alone": (
        "import io, pyshacl, rdflib\nfrom unionkg.exports.shapes import write_shapes\nshapes = io.BytesIO()\n"
        "write_shapes(shapes)\n"
        "graph = rdflib.Graph().parse(sys.argv[1], format='nt')\n"
        "pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=shapes.getvalue()))"
    ),
    "unionkg validates": "from unionkg.exports.validation import validate\nassert validate(Path(sys.argv[1])).conforms",
}


def measured(work: str, path: Path) -> tuple[float, float]:
    """Return the seconds of CPU time and the peak megabytes of one step."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED.format(work=work), str(path)], capture_output=True, text=True, check=True
    )
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def main(paths: list[Path]) -> None:
    for path in paths:
        with path.open("rb") as lines:
            count = sum(1 for _ in lines)
        base = 0.0
        for name, work in WORKS.items():
            seconds, peak = measured(work, path)
            base = base or seconds
            print(f"{count:9} triples  {name:18} {seconds:7.1f} s  {seconds / base:5.2f}  {peak:6.0f} MB", flush=True)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
