"""Full-text search: units of text in, an index in small scripts out (see `index.py`)."""
