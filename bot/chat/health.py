"""What the bot tells of itself over HTTP, to whoever runs it: on this machine alone, and only where a port is set."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.chat.exposition import registry
from bot.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.chat.metrics import Metrics

HOST: Final = "127.0.0.1"


@asynccontextmanager
async def serving(metrics: Metrics, port: int) -> AsyncIterator[None]:
    """Serve `/livez`, `/readyz` and `/metrics`. Raises SettingsError where the port cannot be had."""
    told = registry(metrics)

    async def livez(_request: web.Request) -> web.Response:
        """Whether the event loop turns: it does where this is answered."""
        return web.Response(text="live\n")

    async def readyz(_request: web.Request) -> web.Response:
        """Whether questions are answered, or why not."""
        missing = unready(metrics)
        return web.Response(text=f"{missing or 'ready'}\n", status=503 if missing else 200)

    async def scraped(_request: web.Request) -> web.Response:
        """All that is counted."""
        return web.Response(body=generate_latest(told), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/livez", livez), web.get("/readyz", readyz), web.get("/metrics", scraped)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            raise SettingsError(
                f"METRICS_PORT: {HOST}:{port} cannot be had ({os.strerror(error.errno or 0)}); set another port."
            ) from None
        yield
    finally:
        await runner.cleanup()


def unready(metrics: Metrics) -> str:
    """Why questions are not answered now; nothing where they are."""
    bot = metrics.bot
    if bot is None or not bot.is_serving:
        return "no book is served yet"
    return "" if bot.is_connected else "Discord's gateway is not connected"
