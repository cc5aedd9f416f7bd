"""What is counted, and the state of the bot, as Prometheus takes them. Only a bot that is looked at imports this."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from bot.chat.metrics import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prometheus_client import Metric

    from bot.chat.client import Herdbook
    from bot.chat.metrics import Metrics


def registry(metrics: Metrics) -> CollectorRegistry:
    """All that there is to tell, of the process too."""
    found = CollectorRegistry()
    ProcessCollector(registry=found)
    found.register(_Exposition(metrics))
    return found


class _Exposition(Collector):
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        """The counts, and the state of the bot that runs now."""
        yield from _counted(self._metrics)
        if self._metrics.bot:
            yield from _state(self._metrics.bot)


def _counted(metrics: Metrics) -> Iterator[Metric]:
    yield _counter(
        "answers", "Answers that were sent, by kind of question and of answer.", metrics.answers, "kind", "status"
    )
    yield _answer_seconds(metrics)
    yield _counter("reloads", "Readings of the folder that were to be served.", _labelled(metrics.reloads), "outcome")
    yield _counter("gateway_resumes", "Sessions of the gateway that were resumed.", {(): metrics.resumes})
    yield _counter(
        "start_retries", "Starts that failed since Discord was away, and were tried again.", {(): metrics.restarts}
    )
    yield _counter("request_retries", "Requests to Discord that failed, and were made again.", {(): metrics.retries})
    yield _counter("requests_given_up", "Requests to Discord that were not made again.", {(): metrics.given_up})
    yield _counter(
        "discord_requests",
        "Tries of requests to Discord, by the status that came back.",
        _labelled(metrics.requests),
        "status",
    )
    yield _counter("log_lines", "Lines of the log.", _labelled(metrics.lines), "level")


def _state(bot: Herdbook) -> Iterator[Metric]:
    yield _gauge("gateway_connected", "Whether events of Discord come in.", bot.is_connected)
    if bot.is_connected and bot.latency < inf:
        yield _gauge("gateway_latency_seconds", "From the last heartbeat to its answer.", bot.latency)
    yield _gauge("guilds", "Servers that the bot is in.", len(bot.guilds))
    yield _gauge("events_in_progress", "Messages, commands and clicks that are being answered.", len(bot.in_progress()))
    yield _gauge("requests_waiting", "Requests that are under way or wait for Discord's limits.", bot.sending.waiting)
    yield _gauge("wanted_waiting", "Words that were asked in vain, and are not yet in the store.", bot.wishes.waiting)
    yield _gauge("store_away", "Whether the store could not be reached when it was last looked at.", bot.is_away)
    yield _gauge("pictures_waiting", "Pictures that are being drawn, or wait for it.", bot.studio.waiting)
    yield _counter("pictures", "Pictures that were asked for.", _labelled(bot.studio.outcomes), "outcome")
    if bot.is_serving:
        info = GaugeMetricFamily("herdbook_book_info", "The book that is served.", labels=["version"])
        info.add_metric([bot.reader.book.short_version], 1)
        yield info
    if bot.shelf.revision:
        age = datetime.now(UTC) - bot.shelf.revision.at
        yield _gauge("book_age_seconds", "Since the revision that is served was made.", age.total_seconds())


def _counter(name: str, documentation: str, counts: Mapping[tuple[str, ...], int], *labels: str) -> Metric:
    family = CounterMetricFamily(f"herdbook_{name}", documentation, labels=labels)
    for values, count in counts.items():
        family.add_metric(values, count)
    return family


def _labelled(counts: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    return {(label,): count for label, count in counts.items()}


def _answer_seconds(metrics: Metrics) -> Metric:
    bounds = [*map(str, BOUNDS), "+Inf"]
    buckets = [*zip(bounds, accumulate(metrics.within), strict=True)]
    documentation = "From when a question was heard until its answer was sent."
    return HistogramMetricFamily("herdbook_answer_seconds", documentation, buckets, metrics.seconds)


def _gauge(name: str, documentation: str, value: float) -> Metric:
    return GaugeMetricFamily(f"herdbook_{name}", documentation, value)
