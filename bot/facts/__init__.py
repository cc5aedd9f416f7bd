"""The book: its model, its dates, how a folder of YAML is read, its evidence, and what changed between two books."""
