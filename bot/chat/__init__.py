"""Where words come in and answers go out: Discord, and the terminal's text."""
