"""A take's road from asked to shown: who asks, the gate, admission, the line, the workshop, delivery."""
