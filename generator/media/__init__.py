"""Recordings and pictures off git: what a bundle keeps of them, where they are, and how they get there and back."""
