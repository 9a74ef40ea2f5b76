"""Foreign formats: what comes in from and goes out to other programs, one folder or module each."""
