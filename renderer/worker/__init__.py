"""From Redis to Redis: a worker serves a queue, one attempt at a time, and tells how it is."""
