"""Each page as Markdown, beside it: ``/back-and-calf-pain/slipped-disc/page.md``.

Programs cut texts into pieces. So the urgent signs open the file, and close it again in one line.
"""

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from library.brand import brand_of
from library.machines.addresses import page_address, public_page
from library.machines.markdown_body import body_markdown
from library.models.clinical_page import ClinicalPage
from library.reading import Reading


def twin(request: HttpRequest, path: str) -> HttpResponse:
    text = markdown_of(public_page(request, path), request)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    # The page itself is what search engines should show.
    response["X-Robots-Tag"] = "noindex"
    return response


def markdown_of(page: ClinicalPage, request: HttpRequest) -> str:
    """The whole page with its care cards first and its warning last."""
    reading = Reading(page, request)
    context = {
        "request": request,
        "brand": brand_of(request),
        "page": page,
        "answer": " ".join(page.answer.split()),
        "address": page_address(request, page),
        "care_keys": page.care_keys(),
        "body": body_markdown(reading, request),
        "reading": reading,
        "status": page.review_status,
    }
    return get_template("library/machines/page.md").render(context).strip() + "\n"
