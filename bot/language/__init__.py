"""Words in members' languages: Fluent's messages, and what grammar they need."""
