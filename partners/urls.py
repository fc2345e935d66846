from django.urls import path

from .views import contact, mentor, network, organisation, site, slot, slot_link

app_name = "partners"

urlpatterns = [
    path("rete/", network.network, name="network"),
    path("rete/iscrizione/", network.join, name="join"),
    path("rete/iscrizione/fatto/", network.joined, name="joined"),
    path("partner/", organisation.organisations, name="organisations"),
    path("partner/nuovo/", organisation.new, name="organisation_new"),
    path("partner/<int:pk>/", organisation.organisation, name="organisation"),
    path("partner/<int:pk>/stato/", organisation.move, name="organisation_move"),
    path("partner/richieste/<int:pk>/", contact.answer_join_request, name="join_request"),
    path("area-partner/enti/<int:pk>/modifica/", organisation.edit, name="organisation_edit"),
    path("area-partner/enti/<int:pk>/sedi/nuova/", site.new, name="site_new"),
    path("area-partner/enti/<int:pk>/persone/nuova/", contact.new, name="contact_new"),
    path("area-partner/sedi/<int:pk>/", site.edit, name="site_edit"),
    path("area-partner/persone/<int:pk>/", contact.edit, name="contact_edit"),
    path("area-partner/persone/<int:pk>/invito/", contact.invite, name="contact_invite"),
    path("area-partner/persone/<int:pk>/fine-accesso/", contact.end_access, name="contact_end_access"),
    path("area-partner/tirocini/nuovo/", slot.new, name="slot_new"),
    path("area-partner/tirocini/<int:pk>/", slot.slot, name="slot"),
    path("area-partner/tirocini/<int:pk>/modifica/", slot.edit, name="slot_edit"),
    path("area-partner/tirocini/<int:pk>/offri/", slot.offer, name="slot_offer"),
    path("area-partner/tirocini/<int:pk>/conferma/", slot.confirm, name="slot_confirm"),
    path("area-partner/tirocini/<int:pk>/ritira/", slot.withdraw, name="slot_withdraw"),
    path("area-partner/tirocini/<int:pk>/riprendi/", slot.prepare_again, name="slot_prepare_again"),
    path("tirocini-offerti/", slot.slots, name="slots"),
    path("rispondi/disponibilita/<str:token>/", slot_link.slot_valid, name="slot_valid"),
    path("mentore/profilo/", mentor.profile, name="mentor_profile"),
]
