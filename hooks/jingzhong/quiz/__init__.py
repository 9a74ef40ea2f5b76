"""Drawing papers and scoring answers: pure functions, each the twin of a script of the page."""
