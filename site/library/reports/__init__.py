"""Reports of the editors' desk, in Wagtail's own Reports menu."""
