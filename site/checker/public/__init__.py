"""A release as everybody may see it: its rules in plain words, on paper, and for other software."""
