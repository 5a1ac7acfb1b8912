"""What a document or picture really is: told by its content, bounded in time and memory, whatever it is called."""
