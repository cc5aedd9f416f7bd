"""The buttons under an answer, and the one way from a reply to a message.

All that a button under an answer needs stands in its `custom_id`: it works for as long as its message stands.
What it answers is what the book says at the time of the click.
"""

from __future__ import annotations

import contextlib
import re
from abc import abstractmethod
from enum import Enum, auto
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import discord
from msgspec import Struct
from msgspec.structs import replace

from bot.answers.model import Choice, Status
from bot.answers.restating import asked
from bot.chat.doubting import WhatIsWrong, as_it_was
from bot.chat.errors import RefusedError, explain_click
from bot.chat.pages import Page, pages
from bot.chat.picturing import Picture, picture_of
from bot.chat.text import Reply, reply, today
from bot.chat.views import Pages
from bot.english import sentence
from bot.pictures.themes import Theme
from bot.questions.bounds import MOST_REMEMBERED
from bot.questions.model import Question, WhichOne, is_known
from bot.questions.packing import pack, unpack
from bot.questions.reader import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.chat.client import Herdbook
    from bot.questions.reader import Reader

LONGEST_ID: Final = 100
LONGEST_LABEL: Final = 80
ROW: Final = 5
"""Buttons in a row."""
MOST_CHOICES: Final = 4 * ROW
"""Buttons of choices, above a last row."""
VERSION: Final = 4
"""Hexadecimal digits of a book's version in a button: of 65,536 newer books, one is taken for the same."""

OUTDATED: Final = "This button is from an earlier version of me, and I cannot read it any more; ask again."
CHANGED: Final = "The book changed since this button was made; this is what it says now."
GONE: Final = "The book changed since you asked, and no longer has whom or what this button asks about."
NOT_YOURS: Final = "Only whoever asked can take this answer away."
MAY_NOT_WRITE: Final = "You may not write in this channel, so I do not post there for you."


class How(Enum):
    """Where the answer to a click goes."""

    IN_PLACE = auto()
    PRIVATELY = auto()
    PUBLICLY = auto()


ButtonPayload = dict[str, Any]
"""A button as Discord takes it."""


class Shown(Page):
    """A message as Discord takes it for an edit, where None takes away what was there."""

    view: discord.ui.View | None
    attachments: list[discord.File]


class Carried(Struct, frozen=True):
    """What a button carries: a question, which page of its answer, for whom (0 for nobody), and the book it was made from."""

    question: Question
    version: str
    asker: int = 0
    page: int = 0

    def __str__(self) -> str:
        return f"{self.asker:x}:{self.page}:{self.version[:VERSION]}:{pack(self.question)}"

    @classmethod
    def read(cls, text: str) -> Self:
        """What `str` of it made. Raises ValueError when it is not that."""
        asker, page, version, question = text.split(":", 3)
        return cls(unpack(question), version, int(asker, 16), int(page))


class Buttons(discord.ui.View):
    """Rows of buttons as Discord takes them. The clicks come by the verbs, so that discord.py need not keep any button."""

    def __init__(self, rows: Iterable[Sequence[ButtonPayload]]) -> None:
        super().__init__(timeout=None)
        self.stop()
        self.rows = [[*row] for row in rows if row]

    def to_components(self) -> list[dict[str, Any]]:
        """The rows, for a message."""
        return [{"type": discord.ComponentType.action_row.value, "components": row} for row in self.rows]


class Verb(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"(?!)"):
    """A button that does one thing: the verb in its `custom_id`, with what it carries."""

    verb: ClassVar[str]

    def __init_subclass__(cls, *, verb: str) -> None:
        super().__init_subclass__(template=re.compile(f"{verb}:.*", re.DOTALL))
        cls.verb = verb

    @classmethod
    def bearing(
        cls,
        label: str,
        carried: object,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        disabled: bool = False,
    ) -> ButtonPayload | None:
        """A button with a label; None where what it carries does not fit."""
        custom_id = f"{cls.verb}:{carried}"
        if len(custom_id) > LONGEST_ID:
            return None
        return {
            "type": discord.ComponentType.button.value,
            "style": style.value,
            "label": _within(label),
            "custom_id": custom_id,
            "disabled": disabled,
        }

    @classmethod
    async def from_custom_id(cls, _interaction: Any, item: Any, _match: re.Match[str], /) -> Self:
        """The button that was pressed."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any], /) -> None:
        """Do it; errors become words in one place."""
        interaction.extras["heard"] = perf_counter()
        try:
            await self.press(interaction, self.custom_id.removeprefix(f"{self.verb}:"))
        except Exception as error:  # noqa: BLE001 - discord.py would log it, and tell the member nothing
            await explain_click(interaction, error)

    @abstractmethod
    async def press(self, interaction: discord.Interaction[Herdbook], carried: str) -> None:
        """What this button does, given what it carries."""


class Ask(Verb, verb="a"):
    """Answers a question: in place for whom it was made, and for anybody else privately."""

    theme: ClassVar[Theme] = Theme.DARK

    async def press(self, interaction: discord.Interaction[Herdbook], carried: str) -> None:
        """Choose who is meant, turn a page, or ask what is related."""
        wanted = _read(carried)
        said = _answered(wanted, interaction)
        how = How.IN_PLACE if interaction.user.id == wanted.asker else How.PRIVATELY
        await _tell(interaction, said, how, wanted.page, self.theme)


class Others(Verb, verb="o"):
    """Offers what else the words may have asked, privately."""

    async def press(self, interaction: discord.Interaction[Herdbook], carried: str) -> None:
        """Show the other questions as buttons."""
        wanted = _read(carried)
        said = _answered(wanted, interaction)
        questions = wanted.question.choices if isinstance(wanted.question, WhichOne) else (wanted.question,)
        choices = tuple(Choice(asked(question, interaction.client.reader.book), question) for question in questions)
        await _tell(interaction, replace(said, text="Did you mean one of these?", choices=choices), How.PRIVATELY)


class Post(Verb, verb="p"):
    """Says a private answer in the channel."""

    async def press(self, interaction: discord.Interaction[Herdbook], carried: str) -> None:
        """Post it as the answer of whoever clicks, who must be allowed to write there."""
        if interaction.guild_id and not _may_write(interaction):
            raise RefusedError(MAY_NOT_WRITE)
        await _tell(interaction, _answered(_read(carried), interaction), How.PUBLICLY)


class Light(Ask, verb="l"):
    """Answers with the picture for a light channel: Discord does not tell a bot what a member uses."""

    theme = Theme.LIGHT


class Wrong(Verb, verb="wrong"):
    """Opens the form by which a member says that an answer is wrong; it carries whom the answer is about."""

    async def press(self, interaction: discord.Interaction[Herdbook], carried: str) -> None:
        """Open it, with the answer as it now stands."""
        answer = as_it_was(interaction.message) if interaction.message else ""
        await interaction.response.send_modal(WhatIsWrong(carried, answer))


class TakeAway(Verb, verb="t"):
    """Deletes an answer, for whoever asked; it carries who that is."""

    async def press(self, interaction: discord.Interaction[Herdbook], carried: str) -> None:
        """Delete it."""
        if carried != f"{interaction.user.id:x}":
            raise RefusedError(NOT_YOURS)
        await interaction.response.defer()
        with contextlib.suppress(discord.NotFound):  # pressed twice
            await interaction.delete_original_response()


VERBS: Final = (Ask, Others, Post, Light, Wrong, TakeAway)


def show(  # noqa: PLR0913 - what a message is made of
    said: Reply,
    asker: discord.abc.User,
    *,
    embeds: bool,
    private: bool = False,
    at: int = 0,
    picture: Picture | None = None,
) -> Shown:
    """A page of a reply, or the nearest that there is, with its buttons: those of an answer, or of a long report.

    The picture is shown in the page's embed, or stands under its text.
    """
    choices, untold = _choices(said, asker)
    if untold:
        note = f"No button holds this, so ask for it in these words: {'; '.join(untold)}."
        said = replace(said, notes=(*said.notes, note))
    leaves = (_pages_of_answer if said.question else pages)(said, embeds=embeds)
    at = min(max(at, 0), len(leaves) - 1)
    content, embed = leaves[at]["content"], leaves[at]["embed"]
    if embed is not None and picture:
        embed = embed.copy().set_image(url=picture.file.uri)
    if len(leaves) > 1 and said.question is None:
        view: discord.ui.View | None = Pages(leaves, asker)
    else:
        theme = picture.theme if picture else None
        turning = _turning(said, asker, at, len(leaves), theme)
        last = [*turning, *_beneath(said, private=private), *_takes_away(said, asker, private=private)]
        buttons = Buttons([*choices, _related(said, theme), last])
        view = buttons if buttons.rows else None
    return Shown(content=content, embed=embed, view=view, attachments=[picture.file] if picture else [])


_pages_of_answer = lru_cache(maxsize=MOST_REMEMBERED)(pages)
"""Of answers alone: reports to keepers are long, come once, and are for them."""


def _choices(said: Reply, asker: discord.abc.User) -> tuple[list[Sequence[ButtonPayload]], list[str]]:
    """Rows of what may be chosen, and the labels of what has no room there."""
    buttons, untold = list[ButtonPayload](), list[str]()
    for choice in {choice.question: choice for choice in said.choices if choice.label}.values():
        carried = Carried(choice.question, said.version, asker.id)
        button = Ask.bearing(choice.label, carried, discord.ButtonStyle.primary)
        if button and len(buttons) < MOST_CHOICES:
            buttons.append(button)
        else:
            untold.append(choice.label)
    return [buttons[start : start + ROW] for start in range(0, len(buttons), ROW)], untold


def sendable(shown: Shown) -> dict[str, Any]:
    """A message as Discord takes it when it is new, where nothing is None, and attachments are called files."""
    message = {key: value for key, value in shown.items() if value is not None}
    files = message.pop("attachments")
    return message | {"files": files} if files else message


def _turning(said: Reply, asker: discord.abc.User, at: int, count: int, theme: Theme | None) -> Iterator[ButtonPayload]:
    """The buttons that turn the pages; none where no button can carry what is answered."""
    if said.question and count > 1:
        kind = Light if theme is Theme.LIGHT else Ask
        carried = Carried(said.question, said.version, asker.id, at)
        back = kind.bearing("Back", replace(carried, page=at - 1), disabled=at == 0)
        on = kind.bearing("Next", replace(carried, page=at + 1), disabled=at == count - 1)
        if back and on:
            yield from (back, on)


@lru_cache(maxsize=MOST_REMEMBERED)
def _related(said: Reply, theme: Theme | None) -> tuple[ButtonPayload, ...]:
    """What may be asked next."""
    if said.question is None:
        return ()
    buttons = [Ask.bearing(choice.label, Carried(choice.question, said.version)) for choice in said.related]
    if theme is Theme.DARK:
        buttons.append(Light.bearing("On light paper", Carried(said.question, said.version)))
    return tuple(filter(None, buttons))


@lru_cache(maxsize=MOST_REMEMBERED)
def _beneath(said: Reply, *, private: bool) -> tuple[ButtonPayload, ...]:
    """What anybody may do with an answer."""
    if said.question is None:
        return ()
    asks_back = said.status in {Status.WHICH_ONE, Status.NOT_UNDERSTOOD, Status.SMALL_TALK}
    buttons = [
        _others(said),
        Post.bearing("Post for everyone", Carried(said.question, said.version)) if private and not asks_back else None,
        Wrong.bearing("Wrong?", said.about) if said.can_be_wrong else None,
    ]
    return tuple(filter(None, buttons))


def _takes_away(said: Reply, asker: discord.abc.User, *, private: bool) -> Iterator[ButtonPayload]:
    """The asker's own button."""
    wanted = said.question and not private and said.status != Status.SMALL_TALK
    if wanted and (button := TakeAway.bearing("Take away", f"{asker.id:x}")):
        yield button


def _others(said: Reply) -> ButtonPayload | None:
    """The button that offers as many of the next best readings as fit."""
    questions = [choice.question for choice in said.others]
    while questions:
        carried = Carried(WhichOne(tuple(questions)), said.version)
        if button := Others.bearing("Not what you meant?", carried):
            return button
        questions.pop()
    return None


def _read(carried: str) -> Carried:
    try:
        return Carried.read(carried)
    except ValueError:
        raise RefusedError(OUTDATED) from None


def _answered(wanted: Carried, interaction: discord.Interaction[Herdbook]) -> Reply:
    """The answer to a click, which counts as a turn. Raises RefusedError or CommandOnCooldown."""
    interaction.client.wait_for_turn(interaction.user, interaction.created_at)
    return answered(wanted, interaction.client.reader)


def answered(wanted: Carried, reader: Reader) -> Reply:
    """The answer of today's book, which says what it answers, since nobody typed that. Raises RefusedError."""
    if not is_known(wanted.question, reader.book):
        raise RefusedError(GONE)
    said = reply(Reading(wanted.question), reader, today())
    understood = asked(wanted.question, reader.book)
    changed = () if reader.book.version.startswith(wanted.version) else (CHANGED,)
    return replace(said, understood=(understood,) if understood else (), notes=(*said.notes, *changed))


async def _tell(
    interaction: discord.Interaction[Herdbook], said: Reply, how: How, page: int = 0, theme: Theme = Theme.DARK
) -> None:
    """Answer a click: at once, or, where something has to be drawn or waited for first, after saying that it was heard."""
    bot, allowed, in_place = interaction.client, interaction.app_permissions, how is How.IN_PLACE
    chart = said.picture if allowed.attach_files else None
    writing = bot.writing(interaction.message.id if in_place and interaction.message else interaction.id)
    if writing.locked() or (chart and not bot.studio.kept(chart, theme)):
        await interaction.response.defer(ephemeral=how is How.PRIVATELY, thinking=not in_place)
    async with writing:
        private = how is How.PRIVATELY or (in_place and _is_private(interaction.message))
        picture = await picture_of(chart, bot.studio, theme)
        shown = show(said, interaction.user, embeds=allowed.embed_links, private=private, at=page, picture=picture)
        if interaction.response.is_done():
            await interaction.edit_original_response(**shown)
        elif in_place:
            await interaction.response.edit_message(**shown)
        else:
            await interaction.response.send_message(**sendable(shown), ephemeral=private)
    if in_place and said.question and interaction.message and interaction.channel_id:
        bot.conversations.chosen(interaction.channel_id, interaction.message.id, said.question, interaction.created_at)
    bot.metrics.answered(said, interaction.extras["heard"])


def _is_private(message: discord.Message | None) -> bool:
    return bool(message and message.flags.ephemeral)


def _may_write(interaction: discord.Interaction[Herdbook]) -> bool:
    allowed = interaction.permissions
    return (
        allowed.send_messages_in_threads if isinstance(interaction.channel, discord.Thread) else allowed.send_messages
    )


def _within(label: str) -> str:
    """A button's label, within Discord's limit."""
    label = sentence(label)
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
