"""What is counted: every answer, however it was asked for, and nothing of who asked or in which words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from prometheus_client import generate_latest

from bot.answers.model import Status
from bot.chat.exposition import registry
from bot.questions.model import Question
from tests.chat.test_buttons import WHO_ELSE

if TYPE_CHECKING:
    from tests.chat.conftest import World

README = Path(__file__).parents[2] / "README.md"
HOSTILE = (
    '!where "}\nherdbook_answers_total{kind="forged"} 1',
    "!where \\",
    "!who sesame zanzibar",
    "!about 123456789012345678",
    "!ask how much does sesame zanzibar earn",
    "!left 20",
    "!at sesame",
    "!help sesame",
)


def counted(world: World, kind: str, status: str) -> float:
    """How many answers of a kind were counted."""
    return registry(world.bot.metrics).get_sample_value("herdbook_answers_total", {"kind": kind, "status": status}) or 0


async def test_every_way_of_asking_is_counted(world: World) -> None:
    """A message, an edit, a mention, a slash command, a private one and a click are one answer each, with their time."""
    typed = await world.member.send(world.channel, "!where zebulon")
    await world.member.edit(typed, "!where bram")
    await world.say(f"{world.mention} where bram quill")
    await world.member.slash(world.channel, "where", person="bram quill")
    await world.member.slash(world.channel, "where", person="bram quill", private=True)
    assert counted(world, "Where", "answered") == 4
    answer = await world.say("!where bram")
    assert answer
    await world.member.click(answer, label=WHO_ELSE)
    assert counted(world, "At", "answered") == 1
    assert counted(world, "Where", "answered") == 5
    assert registry(world.bot.metrics).get_sample_value("herdbook_answer_seconds_count") == 7


async def test_the_kinds_of_answer(world: World) -> None:
    """What could not be answered is counted by why."""
    await world.say("!where zebulon")
    await world.say("!ask how many bells are there in zanzibar")
    assert counted(world, "NotInBook", "not_in_book") == 1
    assert counted(world, "NotUnderstood", "not_understood") == 1


@pytest.mark.settings(cooldown=1)
async def test_what_is_refused_is_no_answer(world: World) -> None:
    """A member who has to wait was not answered."""
    for _ in range(3):
        await world.say("!where bram")
    assert counted(world, "Where", "answered") == 1
    world.env.errors.clear()


async def test_labels_are_few_and_tell_of_nobody(world: World) -> None:
    """Whatever is typed, a label is a kind of question or a kind of answer: no words, no identifiers."""
    for text in HOSTILE:
        await world.say(text)
    kinds = {question.__name__ for question in get_args(Question)}
    statuses = {status.name.lower() for status in Status}
    samples = [sample for metric in registry(world.bot.metrics).collect() for sample in metric.samples]
    assert sum(sample.value for sample in samples if sample.name == "herdbook_answers_total") == len(HOSTILE)
    for sample in samples:
        assert sample.labels.get("kind", "Where") in kinds
        if sample.name.startswith("herdbook_answers"):
            assert sample.labels["status"] in statuses
    told = generate_latest(registry(world.bot.metrics)).decode()
    for private in (
        "sesame",
        "zanzibar",
        "forged",
        "robin",
        str(world.member.id),
        str(world.guild.id),
        str(world.channel.id),
    ):
        assert private not in told


async def test_readme_lists_the_metrics(world: World) -> None:
    """Every metric of the bot stands in README, and no other does."""
    known = {metric.name for metric in registry(world.bot.metrics).collect() if metric.name.startswith("herdbook")}
    told = set(re.findall(r"`(herdbook_\w+?)(?:_total)?(?:\{\w+(?:,\w+)*\})?`", README.read_text("utf-8")))
    assert told == known | {"herdbook_gateway_latency_seconds"}, "known once a heartbeat was answered"


async def test_reloads_are_counted_by_outcome(world: World) -> None:
    """A folder that is served, and one that is broken."""
    await world.say("!reload", author=world.keeper)
    (world.folder / "more.yaml").write_text("people: [", "utf-8")
    await world.say("!reload", author=world.keeper)
    outcomes = {
        outcome: registry(world.bot.metrics).get_sample_value("herdbook_reloads_total", {"outcome": outcome})
        for outcome in ("served", "refused")
    }
    assert outcomes == {"served": 1, "refused": 1}
