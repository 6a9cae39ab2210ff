"""One machine: its embedded Redis and worker, health, metrics, backup."""
