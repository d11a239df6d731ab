"""The writer: collects postings from public sources, politely, into the record."""
