"""Worker processes: started without half a process, ended with their parent, and never left behind."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def closing_pool(pool: Executor) -> Iterator[None]:
    """Close a pool at the end; whatever happens, none of its processes is left behind."""
    try:
        yield
    except BaseException as error:
        # An interrupted run does not wait for what is being made: it ends the workers it has started.
        for worker in list((getattr(pool, "_processes", None) or {}).values()):
            worker.kill()  # it holds nothing but memory, and may still be deaf to anything milder
        # An error waits for what is being made, which may be paid for; an interrupt waits for nobody.
        pool.shutdown(wait=isinstance(error, Exception) or isinstance(pool, ProcessPoolExecutor), cancel_futures=True)
        raise
    pool.shutdown(wait=True)


def make_process_pool(workers: int, prepare: Callable[..., None] | None = None, *given: object) -> ProcessPoolExecutor:
    """Make a pool of processes that each call `prepare` with what is given before they work."""
    # Never "fork": threads run in the parent, and a fork copies the locks they hold.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(prepare, given))


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Hold interrupts back while processes start: half a process cannot be cleaned away.

    The processes inherit the mask: they die with their parent only, and print nothing. The handlers are put aside too,
    because the mask is that of this thread, and a signal that another thread takes is handled in this one.
    """
    caught: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    handlers = {number: signal.signal(number, lambda got, _frame: caught.append(got)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler or signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    for got in caught[:1]:
        signal.raise_signal(got)


def _begin(prepare: Callable[..., None] | None, given: tuple[object, ...]) -> None:
    """Follow the parent, then do what has to be done before the work."""
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent:
            parent.join()
        os._exit(1)  # also when the parent was killed and could not say so

    threading.Thread(target=follow, daemon=True).start()
    if prepare:
        prepare(*given)
