"""From content/ to pages and back: read files, check all of them, then change the database."""
