"""Django's backend for SQLite, with what a disk that turned read-only needs."""
