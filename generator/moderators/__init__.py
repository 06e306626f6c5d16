"""Who judges ideas, texts and pictures, one vendor a module."""
