from django.utils.translation import gettext as _


class DomainError(Exception):
    """A refusal, with a sentence fit for the person who reads it.

    `code` names the reason for programs; `field` is the form field beside which the sentence belongs.
    """

    def __init__(self, message, *, code: str = "", field: str | None = None):
        super().__init__(str(message))
        self.message = message
        self.code = code
        self.field = field

    def __str__(self):
        return str(self.message)


def refuse_unless(is_allowed: bool) -> None:
    """Who may not take a step is told so, in the same words everywhere. Raises DomainError "not_allowed"."""
    if not is_allowed:
        raise DomainError(_("You may not take this step."), code="not_allowed")
