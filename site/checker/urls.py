"""The checker's own addresses. None of them holds an answer."""

from django.urls import path

from checker import views

app_name = "checker"
urlpatterns = [
    path("<slug:name>/", views.start, name="start"),
    path("<slug:name>/begin/", views.begin, name="begin"),
    path("<slug:name>/questions/<slug:key>/", views.question, name="question"),
    path("<slug:name>/answers/", views.answers, name="answers"),
    path("<slug:name>/result/", views.result, name="result"),
    path("<slug:name>/summary/", views.summary, name="summary"),
    path("<slug:name>/summary/questionnaire-response.json", views.fhir, name="fhir"),
    path("<slug:name>/delete/", views.delete, name="delete"),
    path("<slug:name>/replay/", views.replay, name="replay"),
    path("<slug:name>/paper/", views.paper, name="paper"),
    path("<slug:name>/rules/", views.rules, name="rules"),
    path("<slug:name>/releases/", views.releases, name="releases"),
    path("<slug:name>/releases/<int:number>/", views.release, name="release"),
    path(
        "<slug:name>/releases/<int:number>/questionnaire.json",
        views.questionnaire,
        name="questionnaire",
    ),
]
