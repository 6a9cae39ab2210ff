"""What is plainly asked, as tables of words."""
