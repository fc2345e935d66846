from django.urls import path

from .views import demo, health, homes, public, start

app_name = "portal"

urlpatterns = [
    path("", public.home, name="home"),
    path("inizio/", start.start, name="start"),
    path("oggi/", homes.today, name="today"),
    path("mentore/", homes.mentor, name="mentor"),
    path("demo/", demo.index, name="demo"),
    path("demo/entra/", demo.enter, name="demo_enter"),
    path("demo/posta/<int:pk>/", demo.mail, name="demo_mail"),
    path("healthz", health.healthz, name="healthz"),
]
