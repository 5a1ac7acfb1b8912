"""What waits on a person besides the one next step of each plan, and in which order it is shown."""
