"""CI's audit of the pinned packages, against a service of vulnerabilities on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

AUDIT = Path(__file__).parents[1] / ".ci" / "audit.py"
AWAY = "http://127.0.0.1:9"


@contextmanager
def _serving(known: dict[str, str]) -> Iterator[str]:
    """The address of a service, in the shape of OSV's, that knows a vulnerability of some packages."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]
            found = {"vulns": [{"id": known[asked["name"]], "affected": []}]} if asked["name"] in known else {}
            self.send_response(HTTPStatus.OK)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def _audit(address: str) -> tuple[int, list[str]]:
    command = [sys.executable, str(AUDIT), "--vulnerability-service=osv", f"--osv-url={address}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(("known", "number"), [({}, 0), ({"aiohttp": "CVE-2031-1"}, 1)])
def test_what_is_known_to_be_vulnerable_fails(known: dict[str, str], number: int) -> None:
    """Every package of the lock is looked up, and those that are vulnerable are named."""
    with _serving(known) as address:
        code, (said, *named) = _audit(address)
    audited, _, pinned, *_ = said.split()
    assert int(audited) == int(pinned) > 20
    assert f"{number} known to be vulnerable" in said
    assert code == len(named) == number
    assert all(line.startswith("aiohttp ") and line.endswith(" CVE-2031-1") for line in named)


def test_a_service_that_is_away_is_one_line() -> None:
    """Where nothing can be looked up, CI says so, and goes on."""
    code, lines = _audit(AWAY)
    assert code == 0
    assert len(lines) == 1
    assert lines[0].startswith("Nothing was audited: ")
