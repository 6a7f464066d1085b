"""A headless Chromium without a network, driven over the pipe of its DevTools protocol: keys, clicks, what is asked for.

Nothing but the standard library: ``--remote-debugging-pipe`` speaks JSON on two file descriptors, a NUL after each message
(https://chromedevtools.github.io/devtools-protocol/).
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9"]
"""The last two cut the network."""
PATIENCE = 60.0
"""s that an answer may take on a machine that does other things too."""
_EXEC = "import os, sys; r, w = map(int, sys.argv[1:3]); os.dup2(r, 3); os.dup2(w, 4); os.execv(sys.argv[3], sys.argv[3:])"
_KEYS = {"Escape": 27, "Enter": 13, "Tab": 9, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38,
         "ArrowRight": 39, "ArrowDown": 40, " ": 32}


class Moved(Exception):
    """The page that was asked gave way to another."""


class Browser:
    """One tab. ``requests`` are addresses that were asked for, ``errors`` what the console and the page complained of."""

    def __init__(self, folder: Path, width: int = 1920, height: int = 1080) -> None:
        here, theirs = os.pipe(), os.pipe()
        low = [os.dup(fd) for fd in (theirs[0], here[1])]  # above 4, so that dup2 in the child overwrites none of the two
        command = [sys.executable, "-c", _EXEC, *map(str, low), CHROMIUM or "", *FLAGS, "--remote-debugging-pipe",
                   f"--user-data-dir={folder / 'profile'}", f"--window-size={width},{height}", "about:blank"]
        self.process = subprocess.Popen(command, pass_fds=low, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        for fd in (*low, theirs[0], here[1]):
            os.close(fd)
        self._read, self._write, self._rest, self._number = here[0], theirs[1], b"", 0
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.session = ""
        target = next(t for t in self.ask("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")
        self.size(width, height)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        os.close(self._read)
        os.close(self._write)

    def ask(self, method: str, **given: Any) -> dict[str, Any]:
        """The result of a command; what happens meanwhile is noted."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": given} | ({"sessionId": self.session} if self.session else {})
        os.write(self._write, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            got = self._next(until)
            if got.get("id") == self._number:
                if "navigated" in got.get("error", {}).get("message", ""):
                    raise Moved(method)
                assert "error" not in got, (method, got["error"])
                return got["result"]  # type: ignore[no-any-return]
            self._note(got)

    def _next(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(until - time.monotonic(), 0))
            assert ready, "Chromium does not answer"
            more = os.read(self._read, 1 << 16)
            assert more, "Chromium has gone"
            self._rest += more
        one, _, self._rest = self._rest.partition(b"\0")
        return json.loads(one)  # type: ignore[no-any-return]

    def _note(self, event: dict[str, Any]) -> None:
        method, said = event.get("method", ""), event.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(said["exceptionDetails"], ensure_ascii=False)[:500])
        elif method == "Runtime.consoleAPICalled" and said["type"] in ("error", "assert", "warning"):
            self.errors.append(json.dumps(said["args"], ensure_ascii=False)[:500])
        elif method == "Log.entryAdded" and said["entry"]["level"] in ("error", "warning"):
            self.errors.append(said["entry"]["text"])

    def size(self, width: int, height: int) -> None:
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, address: str) -> None:
        """Loads a page, afresh, and waits until it is drawn."""
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=address)
        self.wait("document.documentElement?.dataset.ready === '1' || document.documentElement?.dataset.state === 'failed'")

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        got = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in got, got
        return got["result"].get("value")

    def wait(self, script: str) -> Any:
        """Until an expression is true, on this page or the one that it leads to: its value."""
        def told() -> Any:
            try:
                return self.run(script)
            except Moved:
                return None
        return _until(told, script)

    def key(self, key: str, times: int = 1) -> None:
        """A key that is pressed where the focus is."""
        code = _KEYS.get(key, ord(key[0].upper()))
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        for _ in range(times):
            self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
            self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def write(self, text: str) -> None:
        self.ask("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """The middle of an element, as a mouse would."""
        at = self.run(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'nearest'}});"
                      "const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()")
        self.click_at(*at)

    def click_at(self, x: float, y: float) -> None:
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if kind != "mouseMoved" else "none", clickCount=1)

    def picture(self, path: Path) -> Path:
        """A screenshot as PNG; after the frame that draws what was asked for last."""
        self.run("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))
        return path


def _until(true: Callable[[], Any], what: str) -> Any:
    until = time.monotonic() + PATIENCE
    while not (value := true()):
        assert time.monotonic() < until, f"never true: {what}"
        time.sleep(0.02)
    return value
