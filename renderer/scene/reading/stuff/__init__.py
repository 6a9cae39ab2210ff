"""What else in a still may move: hair, cloth, vapour, flames, and what still water mirrors."""
