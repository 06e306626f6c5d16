"""Some threads at one list of work: no more at a time, and none begun after the first failure."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import TypeVar

T = TypeVar("T")


def do_all(work: Callable[[T], object], items: Iterable[T], threads: int) -> None:
    """Do a piece of work for every item and return when all is done. Raises what the first failure raised."""
    waiting, lock, stop = iter(items), Lock(), Event()

    def labour() -> None:
        while not stop.is_set():
            with lock:
                item = next(waiting, lock)
            if item is lock:
                return
            try:
                work(item)  # type: ignore[arg-type]
            except BaseException:
                stop.set()
                raise

    with ThreadPoolExecutor(threads) as pool:
        hands = [pool.submit(labour) for _ in range(threads)]
        try:
            for hand in hands:
                hand.result()
        finally:
            stop.set()  # also when this thread is interrupted: what is under way ends, nothing else begins
