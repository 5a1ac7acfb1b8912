"""Plan workbooks: written for people to fill in, read back cell by cell."""
