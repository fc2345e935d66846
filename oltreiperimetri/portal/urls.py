from django.urls import path

from .views import health, homes, public, start

app_name = "portal"

urlpatterns = [
    path("", public.home, name="home"),
    path("inizio/", start.start, name="start"),
    path("oggi/", homes.today, name="today"),
    path("mentore/", homes.mentor, name="mentor"),
    path("healthz", health.healthz, name="healthz"),
]
