"""Registers for Sercop. States move on the portal only; secrets are masked; what history needs cannot be deleted."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared import admin as shared

from .models import (
    Application,
    Appointment,
    CriterionResult,
    FreeTime,
    MeetingPlace,
    Note,
    Notice,
    NumberSeries,
    Person,
    PersonDocument,
    RegistrationDraft,
    Screening,
    SearchWord,
)


class KeptAdmin(shared.KeptAdmin):
    list_per_page = 50
    save_on_top = False


class ReadOnlyAdmin(shared.ReadOnlyAdmin):
    list_per_page = 50


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def on_portal(url):
    return format_html('<a href="{}">{}</a>', url, _("See on the portal"))


class ApplicationInline(ReadOnlyInline):
    model = Application
    fields = ["number", "state", "received_at", "owner", "due_on"]


class SearchWordInline(ReadOnlyInline):
    model = SearchWord
    fields = ["word"]
    show_change_link = False


@admin.register(Person)
class PersonAdmin(KeptAdmin):
    list_display = ["last_name", "first_name", "town", "phone", "email", "has_account", "has_tax_code"]
    list_filter = ["municipality", "contact_by", ("user", admin.EmptyFieldListFilter)]
    list_select_related = ["municipality"]
    search_fields = ["last_name", "first_name", "email", "phone"]
    search_help_text = _("Surname, name, e-mail or phone")
    autocomplete_fields = ["municipality", "user"]
    readonly_fields = ["masked_tax_code", "portal", "audit_key", "created_at", "updated_at"]
    exclude = ["tax_code", "tax_code_index"]
    inlines = [ApplicationInline, SearchWordInline]
    save_on_top = True

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=Person.objects.visible_to(request.user))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A file opened here is a file read, as on the portal."""
        person = self.get_object(request, object_id)
        if person is not None and request.method == "GET":
            record_read(person, by=request.user)
        return super().change_view(request, object_id, form_url, extra_context)

    @admin.display(description=_("town"), ordering="municipality")
    def town(self, person):
        return person.municipality or person.other_town

    @admin.display(description=_("account"), boolean=True)
    def has_account(self, person):
        return person.user_id is not None

    @admin.display(description=_("tax code"), boolean=True)
    def has_tax_code(self, person):
        return person.tax_code_index is not None

    @admin.display(description=_("tax code"))
    def masked_tax_code(self, person):
        return f"{'•' * 12}{person.tax_code[-4:]}" if person.tax_code else "–"

    @admin.display(description=_("portal"))
    def portal(self, person):
        return on_portal(person.get_absolute_url())


class ScreeningInline(ReadOnlyInline):
    model = Screening
    fields = ["on_day", "outcome", "changes_on", "rule_set", "rule_set_version"]


class InterviewInline(ReadOnlyInline):
    model = Appointment
    fk_name = "application"
    fields = ["starts_at", "place", "state"]


@admin.register(Application)
class ApplicationAdmin(KeptAdmin):
    list_display = ["number", "person", "state", "received_at", "channel", "owner", "due_on", "protocol_number"]
    list_filter = ["state", "channel", "person__municipality", ("owner", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "owner"]
    search_fields = ["number", "protocol_number", "person__last_name", "person__first_name"]
    search_help_text = _("Number, protocol number, surname or name")
    date_hierarchy = "received_at"
    autocomplete_fields = ["owner"]
    readonly_fields = [
        "person",
        "number",
        "state",
        "received_at",
        "filled_by",
        "decided_at",
        "portal",
        "created_at",
        "updated_at",
    ]
    inlines = [ScreeningInline, InterviewInline]
    save_on_top = True

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("portal"))
    def portal(self, application):
        return on_portal(application.get_absolute_url())


class CriterionInline(ReadOnlyInline):
    model = CriterionResult
    show_change_link = False


@admin.register(Screening)
class ScreeningAdmin(ReadOnlyAdmin):
    list_display = ["application", "outcome", "on_day", "changes_on", "rule_set", "rule_set_version", "by"]
    list_filter = ["outcome", "rule_set", "rule_set_version"]
    list_select_related = ["application", "by"]
    search_fields = ["application__number"]
    date_hierarchy = "on_day"
    exclude = ["facts"]
    inlines = [CriterionInline]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("facts")


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyAdmin):
    list_display = ["person", "kind", "starts_at", "place", "state", "host"]
    list_filter = ["state", "kind", ("host", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "host"]
    search_fields = ["application__number", "person__last_name", "person__first_name", "place"]
    date_hierarchy = "starts_at"


@admin.register(FreeTime)
class FreeTimeAdmin(ReadOnlyAdmin):
    """Published and taken back on the portal, where the people booked are seen."""

    list_display = ["place", "kind", "host", "starts_at", "ends_at", "capacity", "withdrawn_at"]
    list_filter = ["kind", "place", ("host", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["place", "host"]
    date_hierarchy = "starts_at"


@admin.register(MeetingPlace)
class MeetingPlaceAdmin(KeptAdmin):
    list_display = ["name", "address", "municipality"]
    search_fields = ["name", "address"]
    list_select_related = ["municipality"]


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    """That a note exists, never what it says: notes are read on the person's page by those who may."""

    list_display = ["person", "author", "written_at", "is_private"]
    list_filter = ["is_private", ("author", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "author"]
    search_fields = ["person__last_name", "person__first_name"]
    date_hierarchy = "written_at"
    exclude = ["title", "text"]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["subject", "person", "sent_at", "delivery", "called_at", "read_at", "sent_by"]
    list_filter = ["delivery", ("called_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "sent_by"]
    search_fields = ["subject", "person__last_name", "person__first_name"]
    date_hierarchy = "sent_at"
    exclude = ["body"]


@admin.register(RegistrationDraft)
class RegistrationDraftAdmin(ReadOnlyAdmin):
    """That somebody has begun, and how far they are; never what they have written."""

    list_display = ["__str__", "step", "saved_at", "kept_until", "was_sent"]
    list_filter = [("application", admin.EmptyFieldListFilter), "step"]
    date_hierarchy = "started_at"
    exclude = ["answers"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("answers")

    @admin.display(description=_("sent"), boolean=True)
    def was_sent(self, draft):
        return draft.application_id is not None

    @admin.display(description=_("kept until"))
    def kept_until(self, draft):
        return draft.kept_until


@admin.register(NumberSeries)
class NumberSeriesAdmin(ReadOnlyAdmin):
    list_display = ["year", "last"]


@admin.register(PersonDocument)
class PersonDocumentAdmin(ReadOnlyAdmin):
    """That a paper exists and who added it; it is opened on the portal, where opening it is recorded."""

    list_display = ["person", "kind", "state", "expires_on", "added_at", "added_by"]
    list_filter = ["state", "kind"]
    list_select_related = ["person", "added_by"]
    search_fields = ["person__last_name", "person__first_name"]
    date_hierarchy = "added_at"
    exclude = ["description"]


# The registers of each area live in a file of their own; they build on the classes above.
from . import admin_intake, admin_lists, admin_money, admin_papers, admin_rules, admin_twins, admin_work  # noqa: E402, F401
