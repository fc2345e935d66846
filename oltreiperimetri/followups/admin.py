from django.contrib import admin

from .models import Answer, AnswerVersion, Checkpoint, ContactAttempt, FollowUpPlan, Witness


class HistoryAdmin(admin.ModelAdmin):
    """States move on the pages of the portal, which leave a trace; here one looks."""

    show_full_result_count = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CheckpointInline(admin.TabularInline):
    model = Checkpoint
    extra = 0
    can_delete = False
    fields = readonly_fields = ["months", "due_on", "state"]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(FollowUpPlan)
class FollowUpPlanAdmin(HistoryAdmin):
    list_display = ["pk", "path", "anchor_on", "state"]
    list_filter = ["state", "path"]
    date_hierarchy = "anchor_on"
    inlines = [CheckpointInline]


@admin.register(Checkpoint)
class CheckpointAdmin(HistoryAdmin):
    list_display = ["pk", "plan_id", "months", "due_on", "state"]
    list_filter = ["state", "months", "plan__path"]
    date_hierarchy = "due_on"


@admin.register(Answer)
class AnswerAdmin(HistoryAdmin):
    list_display = ["checkpoint_id", "situation", "contract_kind", "same_firm", "wants_call", "channel", "answered_at", "by"]
    list_filter = ["situation", "contract_kind", "same_firm", "wants_call", "channel"]
    list_select_related = ["by"]
    date_hierarchy = "answered_at"


@admin.register(ContactAttempt)
class ContactAttemptAdmin(HistoryAdmin):
    list_display = ["checkpoint_id", "channel", "at", "by"]
    list_filter = ["channel"]
    list_select_related = ["by"]


@admin.register(AnswerVersion)
class AnswerVersionAdmin(HistoryAdmin):
    list_display = ["answer_id", "number", "situation", "contract_kind", "channel", "said_at", "replaced_at"]
    list_filter = ["situation", "channel"]
    date_hierarchy = "replaced_at"


@admin.register(Witness)
class WitnessAdmin(HistoryAdmin):
    list_display = ["checkpoint_id", "state", "goes_on", "contract_kind", "differs", "channel", "answered_at", "by"]
    list_filter = ["state", "goes_on", "differs", "channel"]
    list_select_related = ["by"]
