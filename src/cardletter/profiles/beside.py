"""Beside: long work on one thing after the other, in threads, the results in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def beside(work: Callable[[T], R], items: Iterable[T], threads: int = 1) -> Iterator[R]:
    """Do the work on each item in threads, while the next items are fetched; give what comes of it.

    It pays where both are long in code that frees the interpreter: an engine, NumPy, Parquet. No
    more than one thing waits for a thread, so memory holds a few. What goes wrong is raised where
    its result would come.
    """
    with ThreadPoolExecutor(threads, "beside") as pool:
        coming: deque[Future[R]] = deque()
        for item in items:
            coming.append(pool.submit(work, item))
            if len(coming) > threads:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
