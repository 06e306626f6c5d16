"""Benchmarks: ratios measured in one run, because machines are noisy. Run them with `make bench`."""
