"""From the record to the tables of a release: reading, presence, rows, sources, and the archive's share."""
