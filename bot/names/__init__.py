"""What was typed -> who is meant: one person, several that fit, or nobody."""
