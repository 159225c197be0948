"""Search in regulations: what a person types, what a text holds, and what to show of it. Pure."""
