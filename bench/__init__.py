"""Benchmarks that anyone can run, and what makes the data that ships. See README.md here."""
