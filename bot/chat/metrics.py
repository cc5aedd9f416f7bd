"""What is counted of a running bot, for Prometheus. No label holds what members write, or who or where they are."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.answers.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import Metric

    from bot.chat.client import Herdbook
    from bot.chat.text import Reply

log = logging.getLogger(__name__)


class Metrics(Collector):
    """Counters that outlive a bot that starts anew, and the state of the bot that runs now."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.bot: Herdbook | None = None
        """Whose state is told."""
        self._answers = self._counter(
            "answers", "Answers that were sent, by kind of question and of answer.", "kind", "status"
        )
        self._seconds = Histogram(
            "herdbook_answer_seconds",
            "From when a question was heard until its answer was sent.",
            registry=self.registry,
        )
        self.reloads = self._counter("reloads", "Readings of the folder that were to be served.", "outcome")
        self.resumes = self._counter("gateway_resumes", "Sessions of the gateway that were resumed.")
        self.restarts = self._counter(
            "start_retries", "Starts that failed since Discord was away, and were tried again."
        )
        self.retries = self._counter("request_retries", "Requests to Discord that failed, and were made again.")
        self.given_up = self._counter("requests_given_up", "Requests to Discord that were not made again.")
        self._requests = self._counter(
            "discord_requests", "Requests to Discord, by the status that came back.", "status"
        )
        self.lines = self._counter("log_lines", "Lines of the log.", "level")
        ProcessCollector(registry=self.registry)
        self.registry.register(self)

    def _counter(self, name: str, documentation: str, *labels: str) -> Counter:
        return Counter(f"herdbook_{name}", documentation, labels, registry=self.registry)

    def answered(self, said: Reply, heard: float) -> None:
        """Count an answer that was sent; `heard` is when its question was, by `perf_counter`."""
        kind, status = type(said.question).__name__, Status(said.status).name.lower()
        seconds = perf_counter() - heard
        self._answers.labels(kind, status).inc()
        self._seconds.observe(seconds)
        if log.isEnabledFor(logging.DEBUG):
            log.debug("answered", extra={"kind": kind, "status": status, "seconds": round(seconds, 4)})

    def requested(self, status: str) -> None:
        """Count a request to Discord, by the status that came back, or `none`."""
        self._requests.labels(status).inc()

    def collect(self) -> Iterator[Metric]:
        """The state of the bot, as it is now."""
        if (bot := self.bot) is None:
            return
        yield _gauge("gateway_connected", "Whether events of Discord come in.", bot.is_connected)
        if bot.is_connected and bot.latency < inf:
            yield _gauge("gateway_latency_seconds", "From the last heartbeat to its answer.", bot.latency)
        yield _gauge("guilds", "Servers that the bot is in.", len(bot.guilds))
        yield _gauge(
            "events_in_progress", "Messages, commands and clicks that are being answered.", len(bot.in_progress())
        )
        yield _gauge(
            "requests_waiting", "Requests that are under way or wait for Discord's limits.", bot.sending.waiting
        )
        yield _gauge(
            "wanted_waiting", "Words that were asked in vain, and are not yet in the store.", bot.wishes.waiting
        )
        yield _gauge("store_away", "Whether the store could not be reached when it was last looked at.", bot.is_away)
        yield _gauge("pictures_waiting", "Pictures that are being drawn, or wait for it.", bot.studio.waiting)
        pictures = CounterMetricFamily("herdbook_pictures", "Pictures that were asked for.", labels=["outcome"])
        for outcome, count in bot.studio.outcomes.items():
            pictures.add_metric([outcome], count)
        yield pictures
        if bot.is_serving:
            info = GaugeMetricFamily("herdbook_book_info", "The book that is served.", labels=["version"])
            info.add_metric([bot.reader.book.short_version], 1)
            yield info
        if bot.shelf.revision:
            age = datetime.now(UTC) - bot.shelf.revision.at
            yield _gauge("book_age_seconds", "Since the revision that is served was made.", age.total_seconds())


def _gauge(name: str, documentation: str, value: float) -> Metric:
    return GaugeMetricFamily(f"herdbook_{name}", documentation, value)


class LineCounter(logging.Handler):
    """Counts the lines of the log, by level."""

    def __init__(self, lines: Counter) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Count one more."""
        self._lines.labels(record.levelname.lower()).inc()
