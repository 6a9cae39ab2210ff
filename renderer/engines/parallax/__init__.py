"""The engine that needs no model: layers at their depths, and a camera that moves among them."""
