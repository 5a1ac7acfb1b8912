"""A year of trainings under way: what was planned and what came of it, what goes on into the next year, what is shared."""
