"""What stands in Discord for takes: their conversations, clips, status lines, votes, and how they are kept true."""
