"""Firefox without a window, driven by Marionette, its own protocol: it needs no package."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
_PREFS = """\
user_pref("marionette.port", %d);
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("browser.safebrowsing.update.enabled", false);
user_pref("toolkit.telemetry.enabled", false);
"""


class Firefox:
    """A session: each command is a message of JSON with its length before it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = b""
        self._number = 0
        self._read()
        self.command("WebDriver:NewSession", {"capabilities": {}})

    def _read(self) -> Any:
        while b":" not in self._buffer:
            self._buffer += self._received()
        size, _, rest = self._buffer.partition(b":")
        while len(rest) < int(size):
            rest += self._received()
        self._buffer = rest[int(size) :]
        return json.loads(rest[: int(size)])

    def _received(self) -> bytes:
        data = self._connection.recv(65536)
        if not data:
            msg = "Firefox has closed the connection"
            raise ConnectionError(msg)
        return data

    def command(self, name: str, parameters: dict[str, Any] | None = None) -> Any:
        """Send a command and return its result."""
        self._number += 1
        message = json.dumps([0, self._number, name, parameters or {}]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, error, result = self._read()
        assert error is None, error
        return result

    def go(self, url: str) -> None:
        self.command("WebDriver:Navigate", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page."""
        asked = {"script": script, "args": list(arguments), "sandbox": None}
        return self.command("WebDriver:ExecuteScript", asked)["value"]

    def until(self, condition: str) -> None:
        """Wait until an expression is true."""
        for _turn in range(200):
            if self.run(f"return Boolean({condition})"):
                return
            time.sleep(0.1)
        msg = f"never true: {condition}"
        raise AssertionError(msg)

    def press(self, keys: str) -> None:
        """Press keys, as a person does."""
        down_and_up = [
            {"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")
        ]
        keyboard = {"type": "key", "id": "keyboard", "actions": down_and_up}
        self.command("WebDriver:PerformActions", {"actions": [keyboard]})


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Start Firefox with a profile of its own, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile.mkdir()
    (profile / "user.js").write_text(_PREFS % port, "utf-8")
    assert FIREFOX is not None
    command = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with _connected(port) as connection:
            yield Firefox(connection)
    finally:
        process.terminate()
        process.wait(30)


def _connected(port: int) -> socket.socket:
    for _turn in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            time.sleep(0.1)
    msg = "Firefox does not answer"
    raise AssertionError(msg)
