"""What is done on the git host: requests from issues, the watchdog's issues, pull requests for review."""
