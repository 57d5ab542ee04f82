"""Processes are lent to one asker each, taken back from who has left, and never lent while they have work."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import Literal

from kg.serve.pool import Busy, Gone, Pool
from kg.store import LimitedStore, Store
from tests.serve.loop import run

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@contextmanager
def pool(built: Path, patience: float) -> Iterator[Pool]:
    """One process, which may take ten minutes for a query."""
    made = Pool(lambda: LimitedStore(str(built), seconds=600), 1, patience)
    try:
        yield made
    finally:
        made.stop()


def runs(store: Store) -> object:
    return store.select(ENDLESS)


def counts(store: Store) -> object:
    return store.select("SELECT (1 AS ?n) {}").rows[0][0]


async def never() -> None:
    await asyncio.Event().wait()


async def at_once() -> None:
    return


def test_query_of_who_left_is_stopped(built: Path) -> None:
    """
    The asker is gone, the query ends long before its deadline, and the next asker is answered.
    """

    async def ask() -> object:
        with pool(built, 60) as one:
            assert await one.ask(counts, never) == Literal(1)
            for _ in range(2):
                with pytest.raises(Gone):
                    await one.ask(runs, at_once)
            return await one.ask(counts, never)

    assert Literal(1) == run(ask())


def test_who_waits_too_long_is_told(built: Path) -> None:
    """
    Where every process has work, an asker is told so after a while; when the asker in front is cancelled, there is room.
    """

    async def ask() -> object:
        with pool(built, 0.2) as one:
            first = asyncio.ensure_future(one.ask(runs, never))
            await asyncio.sleep(0)
            with pytest.raises(Busy, match="busy; ask again later"):
                await one.ask(counts, never)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            return await one.ask(counts, never)

    assert Literal(1) == run(ask())


def test_retired_pool_lets_its_work_end(built: Path) -> None:
    """
    What was begun before a new graph took the place is answered.
    """

    async def ask() -> object:
        one = Pool(lambda: LimitedStore(str(built), seconds=600), 1, 60)
        first = asyncio.ensure_future(one.ask(counts, never))
        await asyncio.sleep(0)
        one.retire()
        return await first

    assert Literal(1) == run(ask())
