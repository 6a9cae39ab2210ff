"""The sheet that `read` draws: a still in panels, with what was read in it laid over."""
