"""Reading words, with one book in hand: what was typed -> a question."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import OSA

from bot.english import listed
from bot.names.folding import clean, fold
from bot.names.index import Decision, Kind, Named, NameIndex, Resolution
from bot.questions.bounds import LONGEST, MOST_REMEMBERED, TOO_LONG
from bot.questions.commands import COMMANDS, ORGANISATIONS, PEOPLE, Command
from bot.questions.model import (
    About,
    At,
    Help,
    Left,
    Manual,
    NotInBook,
    NotUnderstood,
    Question,
    SmallTalk,
    Sources,
    StillAt,
    Talk,
    WhichOne,
    Who,
)
from bot.questions.periods import take_period

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.facts.book import Book
    from bot.questions.understanding import (  # noqa: TC004 - a start need not wait for it
        Understander,
        Understanding,
    )

_WANTED: Final = {
    Kind.PERSON: "a person",
    Kind.ORGANISATION: "an organisation",
    Kind.TOPIC: "a topic",
    Kind.SOURCE: "a source",
}
SHORTEST_SUGGESTED: Final = 3
"""Letters; a slip in a shorter name makes any other word of it."""
LONGEST_COMMAND: Final = 3
"""Words behind a command's name that are read as by the command, where it has no prefix."""
_POINTS: Final = " ,.:;!?"
_TO: Final = re.compile(r"\s(?:to|for)\s", re.IGNORECASE)
"""Before the organisation that somebody left for."""


class Reading(Struct, frozen=True):
    """A question, and how the name in it was looked up, where it has one."""

    question: Question
    typed: str = ""
    resolution: Resolution | None = None
    understanding: Understanding | None = None

    @property
    def others(self) -> tuple[Question, ...]:
        """Other questions that the words may ask."""
        return self.understanding.others if self.understanding else ()

    @property
    def leaves_words(self) -> bool:
        """Whether words stand beside a name that no part of it explains, whoever is meant by it."""
        found = self.resolution.candidates if self.resolution else ()
        return bool(found) and all(candidate.explanation.left_typed for candidate in found)

    @property
    def understood(self) -> str:
        """Who was understood where a name was not typed as it is written: "lampel → Guillaume Lample (spelling)"."""
        found = self.resolution
        if not found or found.decision is not Decision.MATCH or found.candidates[0].exact:
            return ""
        best = found.candidates[0]
        how = f" ({', '.join(best.explanation.ways)})" if best.explanation.ways else ""
        return f"{clean(self.typed)} → {best.named.name}{how}"


class Reader:
    """Reads commands and plain questions. Made once for each book; changes in nothing but what it remembers."""

    def __init__(self, book: Book, prefix: str) -> None:
        self.book = book
        self.prefix = prefix
        self.names = NameIndex(
            Named(item.id, Kind(item.kind_name), item.name, item.aliases) for item in book.entities.values()
        )
        renamed = {"stillat": book.frame.commands.stillat}
        self.commands = {renamed.get(command.name, command.name): command for command in COMMANDS}
        self._remembered = lru_cache(maxsize=MOST_REMEMBERED)(self._command)  # people ask the same again and again

    @cached_property
    def understander(self) -> Understander:
        """What reads plain words. Made by the first that are typed, or by `warm`: of the commands only `ask` needs it."""
        from bot.questions.understanding import Understander  # noqa: PLC0415 - nor for its dozen modules

        return Understander(self.book, self.names)

    def warm(self) -> None:
        """Make what else the first questions would wait for. Any thread may do it."""
        self.names.warm()
        _ = self.understander

    @property
    def is_warm(self) -> bool:
        """Whether all is made."""
        return "understander" in vars(self)

    def message(self, text: str, previous: Question | None = None) -> Reading | None:
        """Read a whole message: a command after the prefix, else a question. None where a bot keeps silent.

        That is for no words at all, and for words behind the prefix that are no command here: they may be another bot's.
        """
        text = text.strip()
        if not text.startswith(self.prefix):
            return self.question(text, previous) if fold(text) else None
        name, _, words = " ".join(text[len(self.prefix) :].split()).partition(" ")
        if name.casefold() in self.commands:
            return self.command(name.casefold(), words)
        near = self.suggest(name.casefold())
        hint = f"Did you mean `{self.prefix}{near}`?" if near else ""
        return Reading(NotUnderstood(leftover=clean(name), hint=hint)) if near else None

    def mentioned(self, text: str) -> Reading:
        """Read a text that asks nothing, for whom and what it names."""
        return Reading(self.understander.mentioned(text))

    def question(self, text: str, previous: Question | None = None) -> Reading:
        """Read words that need not begin with a command: they are answered where a name alone is left of them.

        A word too many in a sentence may ask for something else, so that it is told and not passed over.
        """
        text = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
        if len(text) > LONGEST:
            return Reading(TOO_LONG)
        words = " ".join(text.split()).removeprefix(self.prefix).lstrip(_POINTS)
        first, _, rest = words.partition(" ")
        name = first.rstrip(_POINTS).casefold()
        if name in self.commands and (not fold(rest) or (name == "help" and rest.casefold() in self.commands)):
            return self.command(name, rest)
        if not fold(text):
            return Reading(SmallTalk(Talk.IDENTITY))
        understanding = self.understander.read(text, previous)
        short = len(rest.split()) <= LONGEST_COMMAND
        if isinstance(understanding.question, NotUnderstood) and name in self.commands and short:
            reading = self.command(name, rest)
            if not isinstance(reading.question, NotInBook | NotUnderstood) and not reading.leaves_words:
                return reading
        return Reading(self._with_hint(understanding.question, name), text, understanding=understanding)

    def _with_hint(self, question: Question, name: str) -> Question:
        """What was not understood, with how to ask: the command that was mistyped, or where all of them are listed."""
        if not isinstance(question, NotUnderstood) or question.hint:
            return question
        near = self.suggest(name)
        hint = f"Did you mean `{self.prefix}{near}`?" if near else f"`{self.prefix}help` lists what can be asked."
        if question.understood and not question.leftover:
            hint = f"I know nothing of what you ask about that. {hint}"
        return replace(question, hint=hint)

    def command(self, name: str, words: str = "", previous: Question | None = None) -> Reading:
        """Read the words behind a command. `name` is one of `commands`, `previous` the question that plain words may lean on."""
        command = self.commands[name]
        if len(words) > LONGEST:
            return Reading(TOO_LONG)
        return self._asked(command, words, previous) if command.name == "ask" else self._remembered(command, words)

    def _command(self, command: Command, words: str) -> Reading:
        if command.ask:
            return self._about_one(command, words, command.ask)
        match command.name:
            case "stillat":
                return self._still_at(command, words)
            case "left":
                return self._left(words)
            case _:
                return self._help(words)

    def suggest(self, name: str) -> str | None:
        """The command whose name was mistyped by a letter."""
        return next(
            (known for known in self.commands if len(known) >= SHORTEST_SUGGESTED and OSA.distance(name, known) == 1),
            None,
        )

    def manual(self, name: str) -> Manual:
        """How a command is used, with this book's names in it."""
        command = self.commands[name]
        example = " ".join(filter(None, (name, self.fill(command.example))))
        usage = " ".join(filter(None, (name, command.usage)))
        return Manual(self.prefix + usage, self.fill(command.summary), self.prefix + example, command.group)

    def fill(self, template: str) -> str:
        """A text of the command list with this book's home and the names that examples use."""
        book = self.book
        elsewhere = (item.name for item in book.organisations.values() if not book.is_within(item.id, book.frame.home))
        return template.format(
            home=book.home.name,
            person=book.cohort[0].name.split()[-1],
            organisation=next(elsewhere, book.home.name),
            topic=next((topic.name for topic in book.topics.values()), book.home.name),
        )

    def _about_one(self, command: Command, words: str, ask: Callable[..., Question]) -> Reading:
        if command.optional and not fold(words):
            return Reading(ask())
        if not command.kinds or not self.names.content_words(words):
            return Reading(NotUnderstood(leftover=clean(words), hint=self._example(command)))
        return self._name(words, command.kinds, ask, command)

    def _still_at(self, command: Command, words: str) -> Reading:
        on, rest = take_period(words)
        if not self.names.content_words(rest):
            return Reading(StillAt(on=on))
        return self._name(rest, PEOPLE, lambda person: StillAt(person, on), command)

    def _asked(self, command: Command, words: str, previous: Question | None) -> Reading:
        if not fold(words):
            return Reading(NotUnderstood(hint=self._example(command)))
        understanding = self.understander.read(words, previous)
        return Reading(understanding.question, words, understanding=understanding)

    def _left(self, words: str) -> Reading:
        command = self.commands["left"]
        when, rest = take_period(words)
        before, *to = _TO.split(f" {rest} ", maxsplit=1)
        if not self.names.content_words(before):
            if not to:
                return Reading(Left(when))
            if self.names.content_words(to[0]):
                return self._name(to[0], ORGANISATIONS, lambda organisation: Left(when, organisation), command)
            before = "to"
        found = self.names.resolve(before, ORGANISATIONS)
        near = tuple(Left(when, candidate.named.id) for candidate in found.candidates)
        return Reading(NotUnderstood(leftover=clean(before), hint=self._example(command), near=near))

    def _help(self, words: str) -> Reading:
        name = words.strip().removeprefix(self.prefix).casefold()
        if not name:
            return Reading(Help(tuple(map(self.manual, self.commands))))
        known = name if name in self.commands else self.suggest(name)
        if known:
            return Reading(Help((self.manual(known),)))
        return Reading(NotUnderstood(leftover=clean(name), hint=f"`{self.prefix}help` lists the commands."))

    def _name(self, words: str, kinds: Collection[Kind], ask: Callable[[str], Question], command: Command) -> Reading:
        """The question about whoever the words name, or the question back."""
        found = self.names.resolve(words, kinds)
        questions = tuple(ask(candidate.named.id) for candidate in found.candidates)
        if found.decision is Decision.MATCH:
            return Reading(questions[0], words, found)
        if found.decision is Decision.AMBIGUOUS:
            return Reading(WhichOne(questions), words, found)
        other = self.names.resolve(words)
        if other.decision is Decision.MATCH and other.candidates[0].exact:
            return Reading(self._wrong_kind(other.candidates[0].named, kinds, command))
        if any(char.isdigit() for char in clean(words)):
            return Reading(self._beside_a_name(words, kinds, ask, command))
        wanted = listed([_WANTED[kind].split(maxsplit=1)[1] for kind in kinds], "or")
        return Reading(NotInBook(clean(words), wanted, questions), words, found)

    def _beside_a_name(
        self, words: str, kinds: Collection[Kind], ask: Callable[[str], Question], command: Command
    ) -> NotUnderstood:
        """Figures are no part of a name that is not in the book: say which name there is, and what was not understood."""
        entities, left = self._named_in(words, kinds)
        return NotUnderstood(
            tuple(named.name for named in entities),
            clean(left if entities else words),
            self._example(command),
            tuple(ask(named.id) for named in entities),
        )

    def _named_in(self, text: str, kinds: Collection[Kind]) -> tuple[list[Named], str]:
        """Those of some kinds who are named in a text, each once, and the folded words that are no part of their names."""
        mentions = [mention for mention in self.names.find_in(text) if mention.named.kind in kinds]
        taken = {at for mention in mentions for at in range(mention.start, mention.end)}
        left = " ".join(word for at, word in enumerate(fold(text).split()) if at not in taken)
        return list(dict.fromkeys(mention.named for mention in mentions)), left

    def _wrong_kind(self, named: Named, kinds: Collection[Kind], command: Command) -> NotUnderstood:
        wanted = listed([_WANTED[kind] for kind in kinds], "or")
        hint = f"`{self.prefix}{self._called(command)}` takes {wanted}, and {named.name} is {_WANTED[named.kind]}."
        near = (At(named.id), About(named.id)) if named.kind is Kind.ORGANISATION else (_card(named),)
        return NotUnderstood((named.name,), hint=hint, near=near)

    def _example(self, command: Command) -> str:
        manual = self.manual(self._called(command))
        example = f", for example `{manual.example}`" if manual.example != manual.usage else ""
        return f"Write it as `{manual.usage}`{example}."

    def _called(self, command: Command) -> str:
        """A command's name in this book."""
        return next(name for name, known in self.commands.items() if known is command)


def _card(named: Named) -> Question:
    """What a name alone asks for."""
    match named.kind:
        case Kind.PERSON:
            return Who(named.id)
        case Kind.SOURCE:
            return Sources(named.id)
        case _:
            return About(named.id)
