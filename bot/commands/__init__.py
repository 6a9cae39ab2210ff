"""What members see and press: a module for each command, and what answers buttons, forms, emoji and replies."""
