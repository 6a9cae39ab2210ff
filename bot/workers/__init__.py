"""The workers as the bot sees them: jobs go out, results and offers come in."""
