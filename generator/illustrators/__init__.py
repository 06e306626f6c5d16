"""Illustrators: one class, one file, one vendor. They are found through entry points and imported by nobody."""
