"""What is done about remote advice: logged and corrected, asked for and answered, given outside the partnerships."""
