"""How good a page is for its readers: the audit's checks beside the editor, and in a report."""
