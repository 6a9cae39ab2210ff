"""From a clip's seconds and size to a model's, and from its frames to the clip's: arrays and arithmetic, no torch."""
