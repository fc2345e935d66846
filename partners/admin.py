from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared import admin as shared

from .models import Contact, JoinRequest, MentorProfile, Organisation, Site, Slot


class KeptAdmin(shared.KeptAdmin):
    """States change in the portal, where they leave a trace; nothing that history needs is deleted."""

    list_per_page = 50
    save_on_top = False
    view_on_site = False


class SiteInline(admin.TabularInline):
    model = Site
    extra = 0
    can_delete = False
    fields = ["name", "address", "municipality", "headcount"]
    autocomplete_fields = ["municipality"]


class ContactInline(admin.TabularInline):
    model = Contact
    extra = 0
    can_delete = False
    fields = ["first_name", "last_name", "position", "email", "phone", "is_tutor", "is_legal_representative"]


@admin.register(Organisation)
class OrganisationAdmin(KeptAdmin):
    list_display = ["name", "kind", "state", "vat_number", "is_listed", "can_promote", "may_refer"]
    list_filter = ["state", "kind", "is_listed", "can_promote", "may_refer", "is_public_body"]
    search_fields = ["name", "vat_number", "email"]
    readonly_fields = ["state", "created_at", "updated_at"]
    inlines = [SiteInline, ContactInline]
    view_on_site = True
    fieldsets = [
        (None, {"fields": ["name", "kind", "state", "vat_number", "iban"]}),
        (_("How to reach it"), {"fields": ["email", "certified_email", "phone", "website"]}),
        (
            _("In the programme"),
            {"fields": ["is_listed", "is_public_body", "can_promote", "may_refer", "created_at", "updated_at"]},
        ),
    ]


@admin.register(Site)
class SiteAdmin(KeptAdmin):
    list_display = ["name", "organisation", "municipality", "headcount"]
    list_filter = ["municipality"]
    list_select_related = ["organisation", "municipality"]
    search_fields = ["name", "organisation__name", "address"]
    autocomplete_fields = ["organisation", "municipality"]


@admin.register(Contact)
class ContactAdmin(KeptAdmin):
    list_display = ["last_name", "first_name", "organisation", "email", "is_tutor", "user"]
    list_filter = ["is_tutor", "is_legal_representative"]
    list_select_related = ["organisation", "user"]
    search_fields = ["last_name", "first_name", "email", "organisation__name"]
    autocomplete_fields = ["organisation", "user"]


@admin.register(Slot)
class SlotAdmin(KeptAdmin):
    list_display = ["title", "organisation", "sector", "state", "quantity", "starts_on", "ends_on", "confirmed_on"]
    list_filter = ["state", "sector", "needs_licence", "needs_car", "site__municipality"]
    list_select_related = ["organisation"]
    search_fields = ["title", "organisation__name"]
    autocomplete_fields = ["organisation", "site", "tutor"]
    readonly_fields = ["state", "confirmed_on"]
    view_on_site = True


@admin.register(JoinRequest)
class JoinRequestAdmin(KeptAdmin):
    list_display = ["last_name", "first_name", "organisation", "email", "asked_at", "handled_at", "was_invited"]
    list_filter = ["was_invited"]
    list_select_related = ["organisation"]
    search_fields = ["last_name", "email", "organisation__name"]
    date_hierarchy = "asked_at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(MentorProfile)
class MentorProfileAdmin(KeptAdmin):
    list_display = ["user", "organisation", "municipality", "hours_per_month", "is_available"]
    list_filter = ["is_available", "municipality"]
    list_select_related = ["user", "organisation", "municipality"]
    search_fields = ["user__last_name", "user__first_name", "user__email", "topics", "organisation__name"]
    autocomplete_fields = ["user", "organisation", "municipality"]
