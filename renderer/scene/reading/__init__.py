"""What the still shows, near and far: from its pixels and what models saw in it."""
