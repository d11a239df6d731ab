"""The noun: what a posting is, where it is kept, what it says. Imports nothing of ours."""
