"""Answers public pages from ready bytes, before Django is asked (see docs/running.md)."""
