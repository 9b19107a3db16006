"""The editors' desk inside Wagtail's admin: a room a subject. ``wagtail_hooks`` opens them all."""

from library.desk import checks, content_checker, feedback, guide, log_actions, publishing, reports

__all__ = ["checks", "content_checker", "feedback", "guide", "log_actions", "publishing", "reports"]
