"""Speed and cost, beside peers; and how many lies get through. Run as ``python -m benchmarks.NAME``."""
