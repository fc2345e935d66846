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
