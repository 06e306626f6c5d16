"""Taleshelf: a story archive that writes, draws and reads itself every night.

Importing this package loads the standard library only; everything else is imported where it is used.
"""

__version__ = "0.1.0"
