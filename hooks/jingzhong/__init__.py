"""警钟: cases, regulations and quiz banks in, a public safety site out."""
