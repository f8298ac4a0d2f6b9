"""Work beside: everything is done, in order, and little is held."""

import threading
from collections.abc import Iterator

import pytest

from cardletter.profiles.beside import beside


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_results_come_in_order_whatever_the_threads(threads: int, count: int) -> None:
    """Every item has its result, in its place."""
    assert list(beside(lambda item: item * item, range(count), threads)) == [
        item * item for item in range(count)
    ]


def test_the_work_is_done_beside() -> None:
    """The thread that asks does not do the work itself."""
    (other,) = beside(lambda _: threading.get_ident(), [1])
    assert other != threading.get_ident()


def test_only_a_few_are_fetched_before_the_first_is_taken() -> None:
    """Memory holds one more than there are threads, not all there is."""
    fetched: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100):
            fetched.append(item)
            yield item

    results = beside(lambda item: item, items(), threads=2)
    assert next(results) == 0
    assert len(fetched) == 3


def test_an_error_comes_where_its_result_would() -> None:
    """What was done before it is not lost, and the error is the work's own."""
    results = beside(lambda item: 1 // item, [1, 1, 0, 1])
    assert [next(results), next(results)] == [1, 1]
    with pytest.raises(ZeroDivisionError):
        next(results)
