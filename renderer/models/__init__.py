"""Networks on this machine, and the card that runs them."""
