"""Files of postings into the record: shapes, mappings, parts, what came of it."""
