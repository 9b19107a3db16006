"""Who may do what with releases. Superusers may all of it, but never approve their own."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

WORKBENCH = "checker.view_workbench"
PROPOSE = "checker.add_releaseproposal"
APPROVE = "checker.approve_release"
TAKE_DOWN = "checker.take_down"

View = Callable[..., HttpResponse]


def allowed(*permissions: str) -> Callable[[View], View]:
    """Only for users with one of the permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
