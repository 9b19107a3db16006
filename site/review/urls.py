"""Addresses for reviewers without an account."""

from django.urls import path

from review.views import outside

app_name = "review"
urlpatterns = [
    path("<str:key>/", outside.review, name="outside"),
    path("<str:key>/page/", outside.preview, name="outside_preview"),
]
