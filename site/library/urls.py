"""Views of the library that are not pages."""

from django.urls import include, path, re_path
from wagtail.urls import serve_pattern

from library import routing, views
from library.a_to_z import a_to_z
from library.brand_css import brand_css
from library.feedback import views as feedback
from library.search import views as search_views

app_name = "library"
urlpatterns = [
    path("brand.css", brand_css, name="brand_css"),
    path("a-z/", a_to_z, name="a_to_z"),
    path("a-z/<slug:key>/", a_to_z, name="a_to_z_letter"),
    path("glossary/", views.glossary, name="glossary"),
    path("search/", search_views.search_page, name="search"),
    path("search/suggest/", search_views.suggest_page, name="suggest"),
    path("find/", search_views.find_page, name="find"),
    path("find/<slug:key>/", search_views.found_page, name="found"),
    path("feedback/<int:page_id>/", feedback.send, name="feedback"),
    path("feedback/<int:page_id>/thanks/", feedback.thanks, name="feedback_thanks"),
    path("", include("library.machines.urls")),
    re_path(serve_pattern, routing.page, name="page"),
]
