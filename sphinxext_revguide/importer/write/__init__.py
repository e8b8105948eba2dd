"""The parts of a guide -> a MyST page, or JSON."""
