"""Which postings are one opening: the rules, their memory, the user's decisions, explanations."""
