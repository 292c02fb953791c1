"""`unionkg serve` says where it serves, ends when it is told to, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from tests.unionkg.test_querying import is_there
from unionkg.cli.app import app
from unionkg.cli.serve import MAX_ROWS, MEMORY_MB, TIMEOUT_S, WORKERS
from unionkg.server.settings import Settings

LIMIT_S = 60


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command; lend its process, and the address that it says."""
    command = [sys.executable, "-m", "unionkg", "serve", str(folder), "--port", "0", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"at (http://\S+:\d+);", line)
        assert found, line + process.stderr.read()
        yield process, found[1]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def children(pid: int) -> set[int]:
    """The processes that a process has started."""
    return {int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_with_its_workers(folder: Path, number: signal.Signals) -> None:
    before = set(folder.parent.iterdir())
    with serving(folder, "--workers", "2", "--no-access-log") as (process, address):
        assert len(set(folder.parent.iterdir()) - before) == 1
        assert httpx.get(f"{address}/health").json()["status"] == "ok"
        workers = children(process.pid)
        process.send_signal(number)
        out, err = process.communicate(timeout=LIMIT_S)
    assert (process.returncode, out, err) == (0, "", "")
    assert len(workers) == 2
    assert not any(map(is_there, workers))
    assert set(folder.parent.iterdir()) <= before


def test_it_says_how_much_it_serves_and_where(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "unionkg", "serve", str(folder), "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=LIMIT_S)
    assert re.fullmatch(r"unionkg: \d+ entities, \d+ facts at http://127\.0\.0\.1:\d{2,5}; Ctrl-C ends it\n", line)


def test_what_is_asked_stands_in_the_access_log(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "requests.jsonl"
    with serving(folder, "--access-log", str(log)) as (process, address):
        httpx.get(f"{address}/health")
        while not log.read_bytes():  # the line is written when the answer is out
            time.sleep(0.01)
        log.rename(tmp_path / "rotated.jsonl")
        httpx.get(f"{address}/a%0ab")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=LIMIT_S)
    assert out == ""
    (first,) = (tmp_path / "rotated.jsonl").read_text("ascii").splitlines()
    (second,) = log.read_text("ascii").splitlines()
    assert [json.loads(line)["path"] for line in (first, second)] == ["/health", "/a%0ab"]


def test_the_access_log_is_standard_output_and_its_end_ends_no_server(folder: Path) -> None:
    with serving(folder) as (process, address):
        assert process.stdout is not None
        httpx.get(f"{address}/health")
        assert json.loads(process.stdout.readline())["path"] == "/health"
        process.stdout.close()
        for _ in range(3):
            assert httpx.get(f"{address}/health").status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read() == ""
        assert process.wait(LIMIT_S) == 0


def test_a_public_address_is_what_it_tells_and_answers_to(folder: Path) -> None:
    options = ["--address", "https://unions.example/", "--allow-host", "inside.example"]
    with serving_behind(folder, *options) as address:
        for host, status in (("unions.example", 200), ("inside.example", 200), ("localhost", 200), ("evil", 421)):
            assert httpx.get(f"{address}/health", headers={"Host": host}).status_code == status
        manifest = httpx.get(f"{address}/reconcile").json()
        assert manifest["preview"]["url"] == "https://unions.example/reconcile/preview?id={{id}}"


@contextmanager
def serving_behind(folder: Path, *options: str) -> Iterator[str]:
    """Run the command at a port that it does not say, for its public address is another."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "unionkg", "serve", str(folder), "--port", str(port), "--no-access-log", *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        assert "https://unions.example" in process.stderr.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=LIMIT_S)


def test_it_serves_over_ip_version_6(folder: Path) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no loopback address of IP version 6")
    with serving(folder, "--host", "::1", "--no-access-log") as (_, address):
        assert address.startswith("http://[::1]:")
        assert httpx.get(f"{address}/health").status_code == 200


def told(*arguments: str) -> tuple[int, str]:
    """Exit code and standard error of the command."""
    result = CliRunner().invoke(app, ["serve", *arguments])
    return result.exit_code, result.stderr


def test_a_port_in_use_is_said(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, line = told(str(folder), "--port", str(port))
    assert code == 1
    assert (
        line == f"unionkg: cannot listen at 127.0.0.1, port {port}: Address already in use; name another host or port\n"
    )


@pytest.mark.parametrize("host", ["203.0.113.7", "999.1.1.1", "a" * 300])
def test_an_address_that_is_not_this_machines_is_said(folder: Path, host: str) -> None:
    code, line = told(str(folder), "--host", host)
    assert (code, line.count("\n")) == (1, 1)
    assert "cannot listen at" in line


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    assert told(str(tmp_path / "KG"), "--port", "0")[0] == 1
    assert told(str(tmp_path), "--port", "0") == (
        1,
        f"unionkg: {tmp_path}: not a knowledge graph that unionkg build left, it has no manifest.json\n",
    )


@pytest.mark.parametrize(
    "options",
    [
        ["--address", "ftp://unions.example"],
        ["--address", "https://unions.example/kg"],
        ["--address", "https://unions.example?x"],
        ["--address", "https://me@unions.example"],
        ["--allow-host", "a b"],
        ["--allow-host", "*"],
        ["--host", "0.0.0.0"],
        ["--host", "::"],
        ["--timeout", "0"],
        ["--workers", "0"],
        ["--max-rows", "0"],
        ["--memory", "0"],
        ["--port", "70000"],
    ],
)
def test_wrong_usage_is_said(folder: Path, options: list[str]) -> None:
    code, line = told(str(folder), *options)
    assert code == 2
    assert "Traceback" not in line


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_what_is_not_installed_is_said(folder: Path, missing: str) -> None:
    script = f"import sys; sys.modules[{missing!r}] = None; from unionkg.cli.app import app; app()"
    found = subprocess.run(
        [sys.executable, "-c", script, "serve", str(folder)], capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert re.fullmatch(r"unionkg: the server needs starlette and uvicorn .*unionkg\[serve\]\"\n", found.stderr)


def test_an_access_log_that_cannot_be_written_is_said(folder: Path, tmp_path: Path) -> None:
    code, line = told(str(folder), "--port", "0", "--access-log", str(tmp_path / "nowhere" / "log"))
    assert (code, line.count("\n")) == (1, 1)
    assert "nowhere" in line


def test_the_defaults_are_those_of_the_settings(folder: Path) -> None:
    settings = Settings(folder=folder)
    assert (settings.workers, settings.timeout_s, settings.max_rows, settings.memory_mb) == (
        WORKERS,
        TIMEOUT_S,
        MAX_ROWS,
        MEMORY_MB,
    )
