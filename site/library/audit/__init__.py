"""Whether the words are fit to publish: checks over pages, from content files or from the site."""
