"""Two contents of a plan beside each other: what is new, what differs word by word, what went."""
