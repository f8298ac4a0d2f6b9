"""The process that sets letters: asked on its standard input, answering on its standard output.

A message is its length in eight bytes, a line of JSON, and parts that follow as they are.
"""

import html  # noqa: F401 - what is imported late could not be read any more
import os
import resource
import signal
import time
from collections import OrderedDict
from dataclasses import asdict
from typing import Any, BinaryIO

from cardletter.errors import FilesError, Finding
from cardletter.typesetting.setting import OvertimeError, Rendered, Rules, Traced, Typesetter
from cardletter.typesetting.wire import receive, send, unpacked

MEMORY = 1_500_000_000
"""Bytes of address space, libraries included."""
KEPT = 6
"""Sets of templates that are kept ready."""


def main() -> None:
    """Answer until nobody asks any more."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)
    _warm()
    _confine()
    kept: OrderedDict[str, Typesetter] = OrderedDict()
    send(answers, {"ready": True})
    while (message := receive(asked)) is not None:
        request, parts = message
        _answer(answers, kept, request, unpacked(parts[0]))


def _warm() -> None:
    """Set a letter once, so that all that is needed is read before no file can be read."""
    page = "<mjml><mj-body><mj-raw>{{ 'a' | e }}{{ x.y | striptags }}</mj-raw></mj-body></mjml>"
    try:
        sources = {"a.mjml": page, "a.txt": "{{ 1 | round }}"}
        Typesetter(sources, Rules({})).trace("a", {"edition": {"subject": "a"}, "x": {"y": "<b>"}})
        Typesetter({"a.mjml": "{{ 1 + }}"}, Rules({})).print("a", {})
    except FilesError:
        pass


def _confine() -> None:
    """Give up what setting letters does not need: files, processes, memory without end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    signal.signal(signal.SIGPROF, _overtime)


def _overtime(*_: object) -> None:
    raise OvertimeError


def _limit(seconds: float) -> None:
    """Let an error come after so many seconds of work, and the end a second later."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _answer(
    answers: BinaryIO,
    kept: OrderedDict[str, Typesetter],
    request: dict[str, Any],
    context: dict[str, Any],
) -> None:
    key = request["key"]
    if "sources" in request:
        rules = Rules(*request["rules"])
        kept[key] = Typesetter(request["sources"], rules)
        if len(kept) > KEPT:
            kept.popitem(last=False)
    if key not in kept:
        send(answers, {"unknown": True})
        return
    kept.move_to_end(key)
    began = time.process_time()
    header, parts = _set(kept[key], request, context)
    send(answers, header | {"worked": time.process_time() - began}, *parts)


def _set(
    typesetter: Typesetter, request: dict[str, Any], context: dict[str, Any]
) -> tuple[dict[str, Any], list[bytes]]:
    try:
        _limit(request["seconds"])
        verb = typesetter.trace if request["traced"] else typesetter.print
        made = verb(request["template"], context)
    except FilesError as error:
        return {"findings": [asdict(finding) for finding in error.findings]}, []
    except (MemoryError, OvertimeError, RecursionError) as error:  # outside of any template
        words = "the letter needs more time, memory or depth than it may have"
        path = f"templates/{request['template']}.mjml"
        return {"findings": [asdict(Finding(path, 1, words, type(error).__name__))]}, []
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return _told(made)


def _told(made: Rendered | Traced) -> tuple[dict[str, Any], list[bytes]]:
    if isinstance(made, Rendered):
        header: dict[str, Any] = {"subject": made.subject, "subject_b": made.subject_b}
        return header, [made.html.encode(), made.text.encode()]
    header, parts = _told(made.rendered)
    known = {source: number for number, source in enumerate(dict.fromkeys(_sources(made)))}
    header |= {
        "sources": [[source.path, source.line] for source in known],
        "elements": [[at, known[source]] for at, source in made.elements],
        "lines": [known[source] for source in made.lines],
    }
    return header, [*parts, made.mjml.encode(), made.marked.encode()]


def _sources(made: Traced) -> list[Any]:
    return [source for _, source in made.elements] + list(made.lines)


if __name__ == "__main__":
    main()
