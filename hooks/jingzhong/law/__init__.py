"""What the law of the day says: versions and the numbers their articles had."""
