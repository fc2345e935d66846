from django.urls import path

from .views import answer

app_name = "followups"

urlpatterns = [
    path("rispondi/monitoraggio/<str:token>/", answer.answer, name="answer"),
]
