"""What moves, and when: camera, pace, life, and the clock of a story."""
