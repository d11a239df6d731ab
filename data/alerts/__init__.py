"""Messages when a source falls ill or is well again, and a digest of new openings."""
