"""A member taken out of everything, or given a copy of it."""
