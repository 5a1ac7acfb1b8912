"""One value of a plan: read from whatever a person or a spreadsheet program wrote, shown again to people."""
