"""Frozen values without I/O: what the stages hand to each other and what an answer is made of (docs: contract)."""
