"""A plan written in the browser, row by row."""
