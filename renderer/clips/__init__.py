"""A shot and its still become an MP4."""
