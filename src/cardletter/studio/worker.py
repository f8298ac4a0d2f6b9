"""Workers: what renders and checks does so in processes of its own, which may die.

A worker is asked in lines of JSON and answers in lines of JSON. One that takes too long or dies is
put away, and the next question finds a new one.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

LONGEST = 20.0
"""Seconds that an answer may take; a letter takes a fiftieth of one."""
START = 180.0
"""Seconds that a process may take until it can be asked anything: a busy machine is no mistake."""
LINE = 64 * 1024 * 1024
"""Most bytes of an answer."""
DIED = {
    "path": "templates/newsletter.mjml",
    "line": 1,
    "message": "the renderer died of it, and was started anew",
    "hint": "take back what was changed last: something nested too deep or repeated too often?",
    "severity": "error",
}
SLOW = DIED | {"message": f"takes longer than {LONGEST:.0f} seconds, and was stopped"}


class Worker:
    """A process that answers questions about a project, one at a time."""

    def __init__(self, project: Path, longest: float = LONGEST) -> None:
        """Ask about a project; the process starts with the first question."""
        self.project, self.longest = project, longest
        self.process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def ask(self, verb: str, **about: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Give the answer to a question; where the process dies of it, that is a finding."""
        async with self._turn:
            try:
                process = await self._running()
                assert process.stdin is not None and process.stdout is not None  # noqa: PT018
                process.stdin.write(json.dumps({"verb": verb, **about}).encode() + b"\n")
                line = await asyncio.wait_for(process.stdout.readline(), self.longest)
            except (TimeoutError, ConnectionError, ValueError) as error:
                await self._put_away()
                return {"findings": [SLOW if isinstance(error, TimeoutError) else DIED]}
            except asyncio.CancelledError:
                await self._put_away()  # its answer must not be taken for the next one's
                raise
            if not line.endswith(b"\n"):
                await self._put_away()
                return {"findings": [DIED]}
            answer: dict[str, Any] = json.loads(line)
            return answer

    async def close(self) -> None:
        """Put the process away."""
        async with self._turn:
            await self._put_away()

    async def _running(self) -> asyncio.subprocess.Process:
        if self.process is None or self.process.returncode is not None:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "cardletter.studio.bench", str(self.project)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=LINE,
            )
            assert self.process.stdout is not None
            await asyncio.wait_for(self.process.stdout.readline(), START)  # that it is there
        return self.process

    async def _put_away(self) -> None:
        if self.process is not None:
            if self.process.returncode is None:
                self.process.kill()
            await self.process.wait()
            self.process = None
