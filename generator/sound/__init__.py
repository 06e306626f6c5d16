"""From a story to its recording: the lines that are read, one sound with exact times, a tagged and measured MP3."""
