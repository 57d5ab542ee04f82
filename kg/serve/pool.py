"""Some child processes over one place, lent to one request each; a query that nobody waits for any more is stopped."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from kg.evidence.problem import KgError
from kg.store.limited import LimitedStore
from kg.store.protocol import Store

T = TypeVar("T")


class Busy(KgError):
    """All that could answer have work, and it lasts."""


class Gone(KgError):
    """Who asked has left."""


class Pool:
    """So many stores as `make` is asked for; each is a process that starts with its first query."""

    def __init__(self, make: Callable[[], LimitedStore], size: int, patience: float) -> None:
        self._stores = [make() for _ in range(size)]
        self._free: asyncio.LifoQueue[LimitedStore] = asyncio.LifoQueue()
        for store in self._stores:
            self._free.put_nowait(store)
        self._threads = ThreadPoolExecutor(size)
        self._patience = patience
        self._retired = False

    async def ask(self, work: Callable[[Store], T], left: Callable[[], Awaitable[None]]) -> T:
        """What `work` makes of a store; stopped when `left`, which waits for the asker to go, is done first."""
        try:
            store = await asyncio.wait_for(self._free.get(), self._patience)
        except TimeoutError as error:
            raise Busy("all processes that answer queries are busy; ask again later") from error
        try:
            return await self._watched(store, work, left)
        finally:
            if self._retired:
                store.close()
            self._free.put_nowait(store)

    async def _watched(self, store: LimitedStore, work: Callable[[Store], T], left: Callable[[], Awaitable[None]]) -> T:
        answer = asyncio.get_running_loop().run_in_executor(self._threads, work, store)
        watch = asyncio.ensure_future(left())
        first: tuple[asyncio.Future[Any], ...] = (answer, watch)
        try:
            await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
        finally:
            watch.cancel()
            if not answer.done():
                store.stop()
                await asyncio.wait({answer})
                answer.exception()  # looked at, so that nobody misses it
                store.close()
        raise Gone("who asked has left")

    def retire(self) -> None:
        """Ends the processes, those that have work when they are done."""
        self._retired = True
        idle = [self._free.get_nowait() for _ in range(self._free.qsize())]
        for store in idle:
            store.close()
            self._free.put_nowait(store)  # who asked for this state of the graph a moment ago may still have it

    def stop(self) -> None:
        """Ends all processes at once."""
        self.retire()
        for store in self._stores:
            store.stop()
        self._threads.shutdown(wait=False)
