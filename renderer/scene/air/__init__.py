"""What is in the air: weather and particles, in depth."""
