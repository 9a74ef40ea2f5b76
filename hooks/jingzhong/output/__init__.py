"""From the library to pages: addresses, templates, what each page shows."""
