"""Addresses of what machines read and of what stays on the device."""

from django.urls import path, re_path

from library.machines import feed, llms, markdown_twin, share_image, sitemap, views

urlpatterns = [
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("llms.txt", llms.llms, name="llms"),
    path("changes/", feed.changes_page, name="changes"),
    path("changes/atom.xml", feed.changes_feed, name="changes_feed"),
    path("share/<int:pk>-<slug:wanted>.png", share_image.share_image, name="share_image"),
    path("emergency/", views.emergency, name="emergency"),
    path("my-visit/", views.my_visit, name="my_visit"),
    path("sw.js", views.service_worker, name="service_worker"),
    re_path(r"^(?P<path>(?:[\w\-]+/)*)page\.md$", markdown_twin.twin, name="twin"),
]
