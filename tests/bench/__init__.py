"""Figures, not tests: what a take costs the bot, how soon a finished clip goes up, how fast the renderer is."""
