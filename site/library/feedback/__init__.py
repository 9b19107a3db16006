"""“Was this clear?” at the end of a page: the form, who may send it, and how often."""
