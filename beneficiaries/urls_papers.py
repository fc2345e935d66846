"""Papers, accounts that are taken over, people sent by partners."""

from django.urls import path

from .views import assisted, claim, document, evidence, inbound_referral

urlpatterns = [
    path("collega/", claim.code, name="claim_code"),
    path("collega/conferma/", claim.confirm, name="claim"),
    path("collega/<str:token>/", claim.link, name="claim_link"),
    path("persone/<int:pk>/accesso/", claim.hand_over_access, name="hand_over"),
    path("persone/documenti/<int:pk>/", document.document, name="document"),
    path("persone/documenti/<int:pk>/controlla/", evidence.paper_check, name="paper_check"),
    path("persone/documenti/<int:pk>/da-parte/", evidence.paper_set_aside, name="paper_set_aside"),
    path("persone/documenti/<int:pk>/riprendi/", evidence.paper_take_up, name="paper_take_up"),
    path("persone/<int:pk>/documenti/senza-copia/", evidence.paper_new, name="paper_new"),
    path("il-mio-percorso/documenti/piu-tardi/", evidence.my_paper_later, name="my_paper_later"),
    path("persone/<int:pk>/documenti/", document.document_new, name="document_new"),
    path("persone/<int:pk>/documenti/pagine/", document.document_pages, name="document_pages"),
    path("il-mio-percorso/documenti/pagine/", document.my_document_pages, name="my_document_pages"),
    path("documenti/pagine/<int:pk>/", document.page, name="page"),
    path("documenti/pagine/<int:pk>/togli/", document.page_remove, name="page_remove"),
    path("il-mio-percorso/documenti/", document.my_document_new, name="my_document_new"),
    path("area-partner/segnalazioni/", inbound_referral.my_referrals, name="my_referrals"),
    path("area-partner/segnalazioni/nuova/", inbound_referral.my_referral_new, name="my_referral_new"),
    path("domande/<int:pk>/prima-di-salutare/", assisted.before_leaving, name="before_leaving"),
    path("segnalazioni/", inbound_referral.inbound_referrals, name="inbound_referrals"),
    path("segnalazioni/<int:pk>/", inbound_referral.inbound_referral, name="inbound_referral"),
    path("segnalazioni/<int:pk>/sentita/", inbound_referral.inbound_contacted, name="inbound_contacted"),
    path("segnalazioni/<int:pk>/chiudi/", inbound_referral.inbound_close, name="inbound_close"),
    path("segnalazioni/<int:pk>/unisci/<int:person_pk>/", inbound_referral.inbound_join, name="inbound_join"),
]
