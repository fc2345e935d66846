"""The reminders engine beside its floors, in one run on a private PostgreSQL: run by `make bench`.

Each figure is a ratio of medians over interleaved rounds: rows claimed by us and by a bare script with SKIP LOCKED, mails
sent with a mark on each row and mails over one bare SMTP connection. The hourly pass is CPU per thousand subjects, with the
memory it grew by: what it costs when nothing has changed, which is every hour of every day.
"""

import os
import resource
import statistics
import sys
import time
from datetime import timedelta

from bench import ROOT, set_up

ROUNDS = 9
CLAIMED = 5000  # rows of a round
CLAIM_BATCH = 500
MAILS = 300  # mails of a round
SUBJECTS = int(os.environ.get("BENCH_SUBJECTS", "100000"))
CLAIM = """
    UPDATE reminders_message SET state = 'inflight', attempt = attempt + 1, lease_until = %s, handed_over_at = NULL
    WHERE id IN (SELECT id FROM reminders_message WHERE state = 'queued' ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
    RETURNING id
"""


def queue(count: int) -> None:
    """Fresh messages that wait to be sent, in place of the old ones."""
    from django.db import connection
    from django.utils import timezone

    from oltreiperimetri.reminders.models import Message

    Message.objects.all().delete()
    now, text = timezone.now(), "Buongiorno, giovedì alle 10 ti aspettiamo a Rho. " * 12
    Message.objects.bulk_create(
        Message(
            dedupe_key=f"bench:{number}",
            recipient=f"p{number}@example.org",
            template="bench",
            subject="Il tuo appuntamento",
            body=text,
            message_id=f"<{number}@bench>",
            queued_at=now,
        )
        for number in range(count)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE reminders_message")


def same(found, expected) -> None:
    """A figure of work that was not done would be a fine one."""
    if found != expected:
        raise SystemExit(f"{found} instead of {expected}: nothing to compare.")


def claim_ours() -> int:
    from django.utils import timezone

    from oltreiperimetri.reminders.delivery import claim

    return len(claim(now=timezone.now(), size=CLAIM_BATCH))


def claim_bare() -> int:
    from django.db import connection, transaction
    from django.utils import timezone

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, [timezone.now() + timedelta(minutes=5)])
        return len(cursor.fetchall())


def rows_per_second(claim_batch) -> float:
    queue(CLAIMED)
    started, done = time.perf_counter(), 0
    while taken := claim_batch():
        done += taken
    same(done, CLAIMED)
    return done / (time.perf_counter() - started)


def mails_ours() -> float:
    from django.utils import timezone

    from oltreiperimetri.reminders.delivery import deliver

    queue(MAILS)
    started = time.perf_counter()
    done = deliver(now=timezone.now())
    same(done, {"sent": MAILS})
    return MAILS / (time.perf_counter() - started)


def mails_bare() -> float:
    from django.core.mail import EmailMultiAlternatives, get_connection

    text = "Buongiorno, giovedì alle 10 ti aspettiamo a Rho. " * 12
    started = time.perf_counter()
    connection = get_connection()
    connection.open()
    for number in range(MAILS):
        mail = EmailMultiAlternatives("Il tuo appuntamento", text, to=[f"p{number}@example.org"], connection=connection)
        connection.send_messages([mail])
    connection.close()
    return MAILS / (time.perf_counter() - started)


def ratio_of(ours, bare) -> tuple[float, float, float]:
    """Medians of both, and the median of the ratio of each round."""
    ours(), bare()
    rounds = [(ours(), bare()) for _round in range(ROUNDS)]
    ratio = statistics.median(mine / floor for mine, floor in rounds)
    return statistics.median(mine for mine, _floor in rounds), statistics.median(floor for _mine, floor in rounds), ratio


def show(name: str, goal: float, ours, bare) -> None:
    mine, floor, ratio = ratio_of(ours, bare)
    print(f"{name:44} {mine:9.0f} {floor:9.0f} {ratio:6.2f} {goal:6.2f}", flush=True)


def invent_subjects() -> None:
    """People followed up after a path, each with one checkpoint being asked and its planned steps."""
    from django.utils import timezone

    from oltreiperimetri.followups.models import Checkpoint, FollowUpPlan
    from oltreiperimetri.reminders.planning import plan_all

    today, now = timezone.localdate(), timezone.now()
    plans = FollowUpPlan.objects.bulk_create(
        [FollowUpPlan(path="bench.path", anchor_on=today - timedelta(days=20)) for _number in range(SUBJECTS)],
        batch_size=5000,
    )
    Checkpoint.objects.bulk_create(
        [Checkpoint(plan=plan, months=1, due_on=today + timedelta(days=10)) for plan in plans], batch_size=5000
    )
    plan_all(now=now)


def register_path() -> None:
    from django.utils.translation import gettext_lazy

    from oltreiperimetri.followups import paths

    paths.register(
        paths.Path(
            code="bench.path",
            label=gettext_lazy("Follow-up"),
            offsets_months=(1,),
            contact=lambda plan: paths.Contact("Anna", "anna@example.org"),
            owner=lambda plan: None,
            town=lambda plan: None,
            is_open=lambda plan: True,
            visible_to=lambda plans, viewer: plans,
            subject_label=lambda plan: "Anna",
            audit_subject=lambda plan: None,
        )
    )


def hourly_pass() -> tuple[float, float]:
    """CPU milliseconds per thousand subjects of a pass in which nothing changed, and the MiB it grew by."""
    from django.utils import timezone

    from oltreiperimetri.reminders.planning import plan_all

    before = resource.getrusage(resource.RUSAGE_SELF)
    changed = plan_all(now=timezone.now())
    after = resource.getrusage(resource.RUSAGE_SELF)
    same(changed, 0)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return 1000 * cpu / (SUBJECTS / 1000), (after.ru_maxrss - before.ru_maxrss) / 1024


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from tests import postgres
    from tests.services import new_database

    set_up(DATABASE_URL=new_database(postgres.start(), "bench_reminders"))
    from aiosmtpd.controller import Controller
    from django.conf import settings

    from tests.services import Sink, free_port

    sink = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.QUIET_HOURS = "127.0.0.1", sink.port, False
    print(f"\nMedians of {ROUNDS} interleaved rounds, PostgreSQL\n")
    print(f"{'reminders':44} {'ours':>9} {'floor':>9} {'ratio':>6} {'goal':>6}")
    show(
        "rows claimed a second, batches of 500",
        0.5,
        lambda: rows_per_second(claim_ours),
        lambda: rows_per_second(claim_bare),
    )
    show("mails a second, each row marked", 0.35, mails_ours, mails_bare)
    sink.stop()
    register_path()
    invent_subjects()
    hourly_pass()
    cpu, grown = hourly_pass()
    print(f"hourly pass over {SUBJECTS} subjects, nothing changed: {cpu:.0f} ms of CPU per thousand (goal 150)")
    print(f"memory it grew by: {grown:.1f} MiB")


if __name__ == "__main__":
    main()
