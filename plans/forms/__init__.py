"""Forms about plans, by topic."""
