"""The HTTP service: parse, call the desk, answer."""
