"""Nothing is lost: backup and restore of everything that the site keeps (docs/running.md)."""
