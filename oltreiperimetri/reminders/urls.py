from django.urls import path

from . import views, webhook

app_name = "reminders"

urlpatterns = [
    path("posta/ritorni/", webhook.returned, name="returned"),
    path("messaggi/", views.messages, name="messages"),
    path("messaggi/<int:pk>/<slug:act>/", views.act_on_message, name="act_on_message"),
    path("messaggi/previsione/", views.forecast, name="forecast"),
    path("messaggi/previsione/aggiorna/", views.foresee, name="foresee"),
    path("messaggi/passi/<int:pk>/<slug:act>/", views.act_on_step, name="act_on_step"),
]
