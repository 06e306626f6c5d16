"""Check a published podcast feed: its bytes, its XML, its words, what it links, and what stood there before."""
