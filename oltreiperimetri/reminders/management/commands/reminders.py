"""The engine from the command line. Exit codes: 0 done; 1 there was nothing to do, or it was refused; 2 no such thing."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oltreiperimetri.reminders import acts, engine
from oltreiperimetri.reminders.condition import gave_up
from oltreiperimetri.reminders.explaining import clock, explain
from oltreiperimetri.reminders.forecast import DAYS, forecast
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.errors import DomainError

NO_SUCH = 2


class Command(BaseCommand):
    help = "Plan reminders, foresee what will leave, try failed messages again, explain one reminder."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("plan", help="look at every live subject once, as the hourly pass does")
        ahead = verbs.add_parser("forecast", help="who will be written to and why; writes nothing")
        ahead.add_argument("--days", type=int, default=DAYS)
        again = verbs.add_parser("retry", help="queue a failed message once more")
        which = again.add_mutually_exclusive_group(required=True)
        which.add_argument("id", type=int, nargs="?", help="number of the message")
        which.add_argument("--all", action="store_true", help="all that failed for a trouble that was ours")
        why = verbs.add_parser("explain", help="why a reminder went or did not")
        why.add_argument("id", type=int, help="number of the reminder")

    def handle(self, *args, verb, **options):
        is_done = getattr(self, verb)(now=timezone.now(), **options)
        if not is_done:
            sys.exit(1)

    def plan(self, *, now, **options) -> bool:
        self.stdout.write(f"changed: {engine.plan_all(now=now)}")
        return True

    def forecast(self, *, now, days: int, **options) -> bool:
        if days < 1:
            raise CommandError("--days must be 1 or more", returncode=NO_SUCH)
        lines = forecast(now=now, days=days)
        for one in lines:
            row, decision = one.reminder, one.decision
            to = f"to {len(decision.people)} by mail, {len(decision.staff)} in the digest" if one.goes else decision.state
            why = f" ({decision.reason})" if decision.reason else ""
            self.stdout.write(f"{clock(one.at)} {row.pk} {row.kind} {row.subject_id} {row.audience}/{row.wave} {to}{why}")
        self.stdout.write(f"steps: {len(lines)}; going: {sum(one.goes for one in lines)}")
        return True

    def retry(self, *, now, id: int | None, all: bool, **options) -> bool:  # noqa: A002 - names of the options
        messages = list(gave_up()) if all else [self.found(Message, id)]
        tried = [message for message in messages if self.is_tried_again(message, now=now)]
        self.stdout.write(f"queued again: {len(tried)}")
        return bool(tried)

    def is_tried_again(self, message: Message, *, now) -> bool:
        try:
            acts.try_again(message, by=None, now=now)
        except DomainError as refusal:
            self.stderr.write(f"{message.pk}: {refusal.message}")
            return False
        return True

    def explain(self, *, now, id: int, **options) -> bool:  # noqa: A002 - the name of the argument
        for line in explain(self.found(Reminder, id), now=now):
            self.stdout.write(line)
        return True

    def found(self, model, pk: int):
        thing = model.objects.filter(pk=pk).first()
        if thing is None:
            raise CommandError(f"there is no {model._meta.model_name} {pk}", returncode=NO_SUCH)
        return thing
