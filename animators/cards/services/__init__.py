"""Keeping work cards: lines in ``entering``, the way from open to locked in ``flow``, reminders in ``reminding``."""
