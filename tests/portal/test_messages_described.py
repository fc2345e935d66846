"""docs/messages.md says what the code does, and nothing we can write is missing from it."""

from io import StringIO

import pytest
from django.core.management import call_command

from oltreiperimetri.portal import messages_described as described
from oltreiperimetri.reminders import kinds

TEXTS = ("label", "to_whom", "when", "why", "stop")


def test_the_file_is_what_the_code_says():
    assert described.FILE.read_text() == described.described(), "run manage.py describe_messages"


def test_check_says_so_with_its_exit_code(monkeypatch, tmp_path):
    monkeypatch.setattr(described, "FILE", tmp_path / "messages.md")
    monkeypatch.setattr("oltreiperimetri.portal.management.commands.describe_messages.FILE", tmp_path / "messages.md")
    codes = []
    for arguments in (["--check"], [], ["--check"]):
        try:
            call_command("describe_messages", *arguments, stdout=StringIO())
        except SystemExit as end:
            codes.append(end.code)
    assert codes == [1, 0]


def test_every_mail_template_is_named_by_somebody_and_every_named_one_exists():
    assert described.named_templates() == described.templates()


@pytest.mark.parametrize("code", sorted(kinds.REGISTRY))
def test_every_kind_says_to_whom_when_why_and_how_to_stop_it(code):
    kind = kinds.get(code)
    assert [name for name in TEXTS if not str(getattr(kind, name))] == []
    assert kind.channels
    assert bool(kind.templates) == bool(kind.compose)


def test_every_answer_says_what_it_is_for():
    assert [answer.function for answer in described.answers() if not answer.purpose] == []
