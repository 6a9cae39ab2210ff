"""Values and decisions: no SQL, no Discord, no disk."""
