"""Rules, waivers, stored screenings."""

from django.urls import path

from .views import rules, waiver

urlpatterns = [
    path("regole/", rules.rules, name="rules"),
    path("regole/bozza/", rules.rule_draft, name="rule_draft"),
    path("regole/<int:version>/", rules.rule_version, name="rule_version"),
    path("regole/<int:version>/modifica/", rules.rule_edit, name="rule_edit"),
    path("regole/<int:version>/prova/", rules.rule_rehearsal, name="rule_rehearsal"),
    path("regole/<int:version>/pubblica/", rules.rule_publish, name="rule_publish"),
    path("regole/<int:version>/elimina/", rules.rule_discard, name="rule_discard"),
    path("deroghe/", waiver.waivers, name="waivers"),
    path("deroghe/<int:pk>/", waiver.waiver_answer, name="waiver_answer"),
    path("domande/<int:pk>/deroga/<slug:criterion>/", waiver.waiver_new, name="waiver_new"),
    path("domande/<int:pk>/verifica/", waiver.screen_anew, name="screen_again"),
    path("domande/verifiche/<int:pk>/", waiver.screening, name="screening"),
]
