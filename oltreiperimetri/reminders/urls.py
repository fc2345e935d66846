from django.urls import path

from . import views

app_name = "reminders"

urlpatterns = [
    path("messaggi/", views.messages, name="messages"),
    path("messaggi/<int:pk>/riprova/", views.try_again, name="try_again"),
]
