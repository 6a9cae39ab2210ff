"""What bot and renderer say to each other: frozen values, errors, names in Redis. Light: the bot imports it."""
