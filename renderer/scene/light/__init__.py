"""The light, the colours and the film."""
