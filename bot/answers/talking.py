"""What the bot says to what is no question to the book: one short, friendly, useful line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.model import Answer, Status
from bot.questions.model import SmallTalk, Talk

if TYPE_CHECKING:
    from bot.facts.book import Book

_LINES: Final = {
    Talk.GREETING: "Hello! Ask me {example}.",
    Talk.THANKS: "You are welcome. Ask me more whenever you like.",
    Talk.FAREWELL: "Bye! Ask me again whenever you like.",
    Talk.PRAISE: "Glad to help. You can ask me {example}, for one.",
    Talk.INSULT: "Sorry if I was of no help. I can answer questions such as {example}.",
    Talk.INSTRUCTION: "I only answer from the book, whatever I am told; try {example}.",
    Talk.IDENTITY: "I am a bot that answers from “{title}”, with sources. Ask me {example}; `help` lists the commands.",
    Talk.FUTURE: "The sources do not say what will be, and I do not guess. You can ask me {example}.",
    Talk.TO_EVERYBODY: "I keep out of messages to everybody. Ask me alone, and I answer: {example}.",
    Talk.OPINION: "I have no opinions, only what the sources say. You can ask me {example}.",
    Talk.WHO_IS_MEANT: "Who do you mean? Name them, as in {example}.",
}


def small_talk(question: SmallTalk, book: Book) -> Answer:
    """A line for what was said, with a question that the book answers."""
    person = book.cohort[0].name.split()[-1]
    text = _LINES[question.talk].format(example=f"“where is {person}?”", title=book.frame.title)
    return Answer(Status.NOT_UNDERSTOOD if question.talk is Talk.WHO_IS_MEANT else Status.SMALL_TALK, text)
