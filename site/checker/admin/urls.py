"""The checker's own pages inside the Wagtail admin. Wagtail asks for a sign-in at each of them."""

from django.urls import path

from checker.admin import proposing, releases, trying, workbench

app_name = "checker_admin"
urlpatterns = [
    path("", workbench.index, name="index"),
    path("proposals/", proposing.proposals, name="proposals"),
    path("proposals/<int:pk>/", proposing.proposal, name="proposal"),
    path("proposals/<int:pk>/<str:step>/", proposing.decide, name="decide"),
    path("releases/", releases.releases, name="releases"),
    path("try/<slug:name>/", trying.try_it, {"rest": ""}, name="try"),
    path("try/<slug:name>/<path:rest>", trying.try_it),
    path("<slug:name>/", workbench.workbench, name="workbench"),
    path("<slug:name>/files.zip", workbench.download, name="download"),
    path("<slug:name>/propose/", proposing.propose_view, name="propose"),
    path("<slug:name>/switch/", proposing.switch_view, name="switch"),
    path("<slug:name>/compare/", releases.compare, name="compare"),
    path("<slug:name>/releases/<int:number>/", releases.release, name="release"),
    path("<slug:name>/releases/<int:number>/restore/", proposing.restore_view, name="restore"),
]
