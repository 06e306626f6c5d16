"""Feeds: what podcast apps and readers are told of the archive, written by ourselves as pure functions."""
