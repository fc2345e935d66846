from django.urls import path

from .views import demo, health, homes, monitoring, my_data, my_path, partner_area, person, public, reports, search, start

app_name = "portal"

urlpatterns = [
    path("", public.home, name="home"),
    path("aiuto/", public.page, {"template": "portal/public/help.html"}, name="help"),
    path("privacy/", public.page, {"template": "portal/public/privacy.html"}, name="privacy"),
    path("accessibilita/", public.accessibility, name="accessibility"),
    path("en/", public.page, {"template": "portal/public/home_en.html"}, name="home_en"),
    path("en/how-to-join/", public.page, {"template": "portal/public/join_en.html"}, name="join_en"),
    path("inizio/", start.start, name="start"),
    path("oggi/", homes.today, name="today"),
    path("mentore/", homes.mentor, name="mentor"),
    path("il-mio-percorso/", my_path.my_path, name="my_path"),
    path("il-mio-percorso/messaggi/", my_path.my_messages, name="my_messages"),
    path("il-mio-percorso/accessi/", my_data.my_accesses, name="my_accesses"),
    path("il-mio-percorso/dati/", my_data.my_data, name="my_data"),
    path("il-mio-percorso/dati/contatti/", my_data.my_contacts, name="my_contacts"),
    path("persone/<int:pk>/", person.person, name="person"),
    path("cerca/", search.search, name="search"),
    path("area-partner/", partner_area.partner_area, name="partner_area"),
    path("rapporti/", reports.reports, name="reports"),
    path("monitoraggio/", monitoring.board, name="monitoring"),
    path("monitoraggio/<int:pk>/", monitoring.checkpoint, name="checkpoint"),
    path("monitoraggio/<int:pk>/risposta/", monitoring.record_answer, name="checkpoint_answer"),
    path("monitoraggio/<int:pk>/tentativo/", monitoring.record_attempt, name="checkpoint_attempt"),
    path("monitoraggio/<int:pk>/chiusura/", monitoring.close_without_answer, name="checkpoint_close"),
    path("monitoraggio/<int:pk>/invia/", monitoring.send_again, name="checkpoint_send"),
    path("monitoraggio/<int:pk>/richiamata/", monitoring.called_back, name="checkpoint_called"),
    path("demo/", demo.index, name="demo"),
    path("demo/entra/", demo.enter, name="demo_enter"),
    path("demo/posta/<int:pk>/", demo.mail, name="demo_mail"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
