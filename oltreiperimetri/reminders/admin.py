import re

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .models import BounceEvent, ContactPoint, DigestLine, ForecastLine, Heartbeat, Message, Reminder

LINK_TOKEN = re.compile(r"(/rispondi/[^/\s]+/)[\w-]+")


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ["kind", "subject_type", "subject_id", "audience", "wave", "due_at", "state", "reason"]
    list_filter = ["state", "kind", "audience"]
    search_fields = ["=subject_id"]
    date_hierarchy = "due_at"


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """The text is shown without its links: who reads the register cannot answer in somebody's place."""

    list_display = ["queued_at", "recipient", "template", "state", "attempt", "last_error"]
    list_filter = ["state", "channel", "template"]
    search_fields = ["recipient", "template"]
    fields = [
        "queued_at",
        "recipient",
        "recipient_name",
        "template",
        "subject",
        "text",
        "channel",
        "state",
        "attempt",
        "retry_at",
        "sent_at",
        "last_error",
        "message_id",
        "about_type",
        "about_id",
    ]
    readonly_fields = ["text", "message_id"]

    @admin.display(description=_("text"))
    def text(self, message):
        return LINK_TOKEN.sub(r"\1…", message.body)


@admin.register(DigestLine)
class DigestLineAdmin(ReadOnlyAdmin):
    list_display = ["not_before", "recipient", "text", "message"]
    list_select_related = ["message"]
    list_filter = [("message", admin.EmptyFieldListFilter)]
    search_fields = ["recipient"]


@admin.register(ForecastLine)
class ForecastLineAdmin(ReadOnlyAdmin):
    list_display = ["at", "reminder", "goes", "reason", "in_digest", "foreseen_at"]
    list_select_related = ["reminder"]
    list_filter = ["goes", "in_digest"]


@admin.register(ContactPoint)
class ContactPointAdmin(admin.ModelAdmin):
    list_display = ["address", "kind", "status", "hard_bounces", "soft_bounces", "last_bounced_at", "no_reminders"]
    list_filter = ["status", "kind", "no_reminders"]
    search_fields = ["address"]
    readonly_fields = ["kind", "address", "hard_bounces", "soft_bounces", "last_bounced_at"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(BounceEvent)
class BounceEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "address", "is_hard"]
    list_filter = ["is_hard"]
    search_fields = ["address"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["entry", "at"]
