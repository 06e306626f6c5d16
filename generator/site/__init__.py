"""What the archive looks like: a MkDocs plugin of thin hooks over pure functions, the build, a server and a check."""
