"""The clinicians' side, inside the Wagtail admin."""
