from django.urls import path

from .views import answer, witness

app_name = "followups"

urlpatterns = [
    path("rispondi/monitoraggio/<str:token>/", answer.answer, name="answer"),
    path("rispondi/conferma/<str:token>/", witness.witness, name="witness"),
]
