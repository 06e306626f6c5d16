"""What models are told and how they are asked; what they answer, parsed and decoded before anybody believes it."""
