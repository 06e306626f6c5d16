"""Judging a draft: is it long enough, readable, in its language, fit for children, and new to the archive."""
