"""Settings and mail server of a portal in which one mail kills whoever sends it, as a process out of memory is killed."""

import os
import signal

from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from tests.chaos.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.chaos.poison.EmailBackend"
POISON = "n3@example.org"


class EmailBackend(SmtpBackend):
    def send_messages(self, email_messages):
        if any(POISON in mail.to for mail in email_messages):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().send_messages(email_messages)
