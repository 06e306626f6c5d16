"""One SDK a module: how its client is made, and what its exceptions mean in our words."""
