"""One picture, drawn by a process of its own: the chart comes pickled on standard input, the PNG goes to standard output."""

import pickle
import sys
import warnings

from bot.pictures.drawing import draw

warnings.simplefilter("error", UserWarning)  # a letter that the font does not have would be drawn as an empty box
chart, theme = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the studio, and nobody else
sys.stdout.buffer.write(draw(chart, theme))
