"""What the keepers of the book need: revisions, what is wanted, suggestions, the log, and the store of them all."""
