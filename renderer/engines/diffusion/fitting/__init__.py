"""How a pipeline fits the card at hand, is quick there, and what happens when memory runs out."""
