"""Programs that handle bytes which are not trusted and limit themselves first, and what they do with the bytes."""
