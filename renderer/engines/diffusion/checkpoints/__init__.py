"""Which models there are, where one is, and how it becomes a pipeline."""
