"""The worker: PgQueuer's loop under supervision, stopped without losing what is in flight."""

import asyncio
import logging
from collections.abc import Mapping

from pgqueuer.core.qm import QueueManager

from foredesk.database.shielded import shielded
from foredesk.jobs.attempt import Attempt
from foredesk.jobs.policy import Handler, JobPolicy
from foredesk.jobs.store import Store

logger = logging.getLogger(__name__)


class Worker:
    def __init__(self, store: Store, policy: JobPolicy) -> None:
        self._store = store
        self._policy = policy
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Start the loop anew whenever it ends or fails, until `stop`."""
        while not self._stopping.is_set():
            try:
                await self._run_once(handlers)
            except Exception:
                logger.exception("The worker stopped and is started again")
            await self._pause()

    async def _run_once(self, handlers: Mapping[str, Handler]) -> None:
        async with self._store.worker_queries() as queries:
            manager = QueueManager(queries)
            for name, handler in handlers.items():
                manager.register_executor(
                    name, Attempt(handler, self._policy, self._store.free_key)
                )
            loop = asyncio.create_task(self._loop(manager))
            stopping = asyncio.create_task(self._stopping.wait())
            try:
                await asyncio.wait({loop, stopping}, return_when=asyncio.FIRST_COMPLETED)
                manager.shutdown.set()
                await asyncio.wait({loop}, timeout=self._policy.grace.total_seconds())
            finally:
                stopping.cancel()
                manager.shutdown.set()
                await shielded(_end(loop))
            if not loop.cancelled():
                loop.result()

    async def _loop(self, manager: QueueManager) -> None:
        await manager.run(
            dequeue_timeout=self._policy.poll,
            batch_size=self._policy.batch,
            max_concurrent_tasks=self._policy.concurrent,
            heartbeat_timeout=self._policy.heartbeat,
            shutdown_on_listener_failure=True,
        )

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._policy.restart_delay.total_seconds()):
                await self._stopping.wait()
        except TimeoutError:
            pass


async def _end(loop: asyncio.Task[None]) -> None:
    """The first cancellation ends the loop, the next the jobs it waits for; each of those puts
    itself back into the queue."""
    while not loop.done():
        loop.cancel()
        await asyncio.wait({loop}, timeout=0.5)
