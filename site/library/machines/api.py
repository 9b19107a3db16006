"""A read-only JSON API: Wagtail's own, cut down to public pages and to what readers see.

Whoever takes a page's words takes its urgent signs with them: fields cannot be chosen. Nothing
is searched here, and a list is short, so that no request costs much.
"""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.template.loader import get_template
from django.urls import reverse
from django.utils.functional import cached_property
from rest_framework.fields import Field
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from wagtail.api import APIField
from wagtail.api.v2.filters import FieldsFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import get_page_models

from library.machines.addresses import page_address, public_pages, twin_address
from library.machines.conditions import codes
from library.machines.markdown_twin import markdown_of
from library.machines.ticked import read_ticked
from library.models import CausePage
from library.models.clinical_page import ClinicalPage

CODE_SYSTEMS = ("icd10", "icd11")


class Computed(Field):
    """A field that is worked out of the whole page."""

    def __init__(self, compute: Callable[[ClinicalPage, Any], Any]) -> None:
        super().__init__(read_only=True)
        self.compute = compute

    def get_attribute(self, instance: ClinicalPage) -> ClinicalPage:
        return instance

    def to_representation(self, page: ClinicalPage) -> Any:
        return self.compute(page, self.context["request"]._request)


def urgency(page: ClinicalPage, request: Any) -> list[dict[str, Any]]:
    """The care cards that open the page. A template asks for them: the rules are the checker's."""
    template = get_template("library/machines/care_cards.json")
    context = {"request": request, "care_keys": page.care_keys()}
    cards: list[dict[str, Any]] = json.loads(template.render(context))
    return cards


def _codes(page: ClinicalPage, _request: Any) -> dict[str, list[str]]:
    return codes(page) if isinstance(page, CausePage) else {}


def _review(page: ClinicalPage, _request: Any) -> dict[str, Any]:
    status = page.review_status
    return {
        "state": str(status.state),
        "reviewed_by": status.name,
        "profession": status.profession,
        "reviewed_on": status.signed_at and status.signed_at.date().isoformat(),
        "next_review": status.next_review and status.next_review.isoformat(),
    }


def _detail_address(page: ClinicalPage, request: Any) -> str:
    """Wagtail would take the host that the site was made with, which is often “localhost”."""
    address: str = request.build_absolute_uri(reverse("api:pages:detail", args=[page.pk]))
    return address


class CodeFilter(BaseFilterBackend):
    """``?icd10=I80.2``: the pages of one code. A field may hold several, with commas between."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        for system in CODE_SYSTEMS:
            code = request.GET.get(system, "").strip()
            if "\x00" in code:
                raise BadRequestError(f"{system} cannot hold a null character")
            if system in request.GET:
                queryset = queryset.filter(pk__in=self.pages_of(system, code))
        return queryset

    @staticmethod
    def pages_of(system: str, code: str) -> QuerySet[CausePage]:
        if not code:
            return CausePage.objects.none()
        alone = Q(**{f"{system}__iexact": code})
        first = Q(**{f"{system}__istartswith": f"{code},"})
        last = Q(**{f"{system}__iendswith": f", {code}"})
        between = Q(**{f"{system}__icontains": f", {code},"})
        return CausePage.objects.filter(alone | first | last | between).values("pk")


class AllTogether(SimpleRateThrottle):
    """So many requests a minute for everybody together: nobody's address is kept for it."""

    scope = "api"
    rate = "600/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return "api-requests"


class Pages(PagesAPIViewSet):
    """Pages by id, slug or code."""

    throttle_classes = [AllTogether]
    authentication_classes: list[type] = []
    permission_classes: list[type] = []
    pagination_class = WagtailPagination
    filter_backends = [FieldsFilter, CodeFilter]
    known_query_parameters = frozenset({"limit", "offset", "type", *CODE_SYSTEMS})
    find_query_parameters = frozenset({"id"})
    body_fields = [
        "id",
        "title",
        APIField("urgency", Computed(urgency)),
        APIField("answer", Computed(lambda page, _request: page.answer)),
        APIField("other_names", Computed(lambda page, _request: page.other_names)),
        APIField("codes", Computed(_codes)),
        APIField("review", Computed(_review)),
        APIField("markdown_url", Computed(lambda page, request: twin_address(request, page))),
        APIField("markdown", Computed(markdown_of)),
    ]
    meta_fields = [
        "type",
        APIField("detail_url", Computed(_detail_address)),
        APIField("html_url", Computed(lambda page, request: page_address(request, page))),
        "slug",
        "first_published_at",
        "last_published_at",
    ]
    nested_default_fields = ["id", "title"]
    listing_default_fields = [
        "id", "title", "urgency", "answer", "other_names", "codes", "markdown_url",
        "type", "detail_url", "html_url", "slug", "last_published_at",
    ]  # fmt: skip
    detail_only_fields = ["markdown", "review"]

    @classmethod
    def get_listing_default_fields(cls, model: Any) -> list[str]:
        return list(cls.listing_default_fields)

    @classmethod
    def get_detail_default_fields(cls, model: Any) -> list[str]:
        fields: list[str] = cls.get_available_fields(model)
        return fields

    @cached_property
    def _public(self) -> Any:
        """Asked with Django's own request, where the site is left for whoever asks next. A worker
        that has just started learns all kinds of pages at once, and not one by one."""
        ContentType.objects.get_for_models(*get_page_models())
        return public_pages(self.request._request)

    def get_base_queryset(self) -> Any:
        return self._public.all()

    def get_queryset(self) -> Any:
        return super().get_queryset().order_by("path").specific()

    def paginate_queryset(self, queryset: Any) -> Any:
        pages = list(super().paginate_queryset(queryset))
        read_ticked(pages)
        return pages

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Public, the same for everybody, and free to be used by pages of other sites."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Cache-Control"] = "public, max-age=300" if answer.status_code == 200 else "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer


router = WagtailAPIRouter("api")
router.register_endpoint("pages", Pages)
