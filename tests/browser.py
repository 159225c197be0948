"""A headless Chromium, spoken to over a pipe (Chrome DevTools Protocol): no driver, no port, no network."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

_PATIENCE = 60  # seconds
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-extensions",
    "--disable-background-networking",
    "--remote-debugging-pipe",
)


class Browser:
    """One tab. ``asked`` are the addresses of all requests since the last page was opened."""

    def __init__(self, write: int, read: int) -> None:
        self._out = os.fdopen(write, "wb", buffering=0)
        self._in = os.fdopen(read, "rb", buffering=0)
        self._rest = b""
        self._numbers = count(1)
        self._session = ""
        self._loaded = False
        self.asked: list[str] = []
        self.complaints: list[str] = []
        target = self._do("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._do("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._do(f"{domain}.enable")

    def size(
        self, width: int, height: int = 900, *, dark: bool = False, paper: bool = False
    ) -> None:
        """How wide the screen is, and whether its owner likes it dark."""
        self._do(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._do(
            "Emulation.setEmulatedMedia", media="print" if paper else "screen", features=[scheme]
        )

    def open(self, address: str) -> None:
        """Go to a page and wait until all of it is there."""
        self.asked, self.complaints = [], []
        self._loaded = False
        answer = self._do("Page.navigate", url=address)
        while (
            "loaderId" in answer and not self._loaded
        ):  # without one only the place in the page changed
            self._take(self._next())

    def without_script(self, off: bool = True) -> None:
        self._do("Emulation.setScriptExecutionDisabled", value=off)

    def run(self, script: str) -> Any:
        """What an expression comes to, awaited; as JSON."""
        answer = self._do(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def picture(self, whole: bool = True) -> bytes:
        """A PNG of the page."""
        answer = self._do("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(answer["data"])

    def close(self) -> None:
        self._out.close()
        self._in.close()

    def _do(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == number:
                assert "error" not in told, told
                return told["result"]
            self._take(told)

    def _take(self, told: dict[str, Any]) -> None:
        """Note what happened."""
        match told.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Network.requestWillBeSent":
                self.asked.append(told["params"]["request"]["url"])
            case "Log.entryAdded":
                self.complaints.append(told["params"]["entry"]["text"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], _PATIENCE)
            assert ready, "the browser does not answer"
            more = self._in.read(1 << 20)
            assert more, "the browser is gone"
            self._rest += more
        first, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(first)
        return told


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, gone afterwards."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()

    def wire() -> None:  # the protocol wants file descriptors 3 and 4
        spare = os.dup(theirs_out)
        os.dup2(theirs_in, 3)
        os.dup2(spare, 4)
        for handle in (3, 4):
            os.set_inheritable(handle, True)

    process = subprocess.Popen(
        ["chromium", *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=False,
        preexec_fn=wire,  # noqa: PLW1509 - no threads here
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        opened = Browser(ours_out, ours_in)
        try:
            yield opened
        finally:
            opened.close()
    finally:
        process.terminate()
        process.wait(30)
