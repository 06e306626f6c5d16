"""The feeds of an archive: how they are written, and how they are checked."""
