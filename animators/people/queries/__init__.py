"""What is asked about animators, their municipalities and their leaves."""
