"""How a source is doing: counts of its days, and one verdict in words."""
