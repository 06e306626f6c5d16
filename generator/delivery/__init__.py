"""Where the built site goes. Nothing here asks a provider or builds anything."""
