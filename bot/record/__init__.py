"""SQL: every take and what became of it, what servers and members chose, and how the tables came to be."""
