"""A made-up library of any size, to see what a large one costs before anybody has written it."""
