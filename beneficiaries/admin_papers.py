"""Papers not sent yet and people sent by partners: for looking only; what they say is read on the pages of the portal."""

from django.contrib import admin

from oltreiperimetri.shared.admin import ReadOnlyAdmin

from .models import InboundReferral, UnsentPage


@admin.register(UnsentPage)
class UnsentPageAdmin(ReadOnlyAdmin):
    list_display = ["person", "added_at", "added_by"]
    list_select_related = ["person", "added_by"]
    date_hierarchy = "added_at"


@admin.register(InboundReferral)
class InboundReferralAdmin(ReadOnlyAdmin):
    list_display = ["last_name", "first_name", "organisation", "state", "sent_at"]
    list_select_related = ["organisation"]
    list_filter = ["state"]
    search_fields = ["last_name", "first_name"]
    date_hierarchy = "sent_at"
    exclude = ["why"]
