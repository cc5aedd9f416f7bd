"""A question and a book -> an answer. Pure: no Discord, no network, no clock."""

from bot.answers.answering import answer

__all__ = ["answer"]
