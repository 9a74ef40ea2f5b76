"""What leaves the site in another form: one package or module a channel."""
