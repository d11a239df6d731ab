"""The reader of text: turns an advert into facts, each with the quote that proves it."""
