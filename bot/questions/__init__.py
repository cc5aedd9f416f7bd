"""Words -> a question: one small frozen value for each kind of asking, however it was asked."""
