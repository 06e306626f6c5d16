"""The news of the archive: who is told about a story, in which way, and that nobody is told twice."""
