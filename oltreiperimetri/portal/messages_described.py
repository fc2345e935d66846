"""docs/messages.md, made from code: the kinds of reminder, and the functions that answer what somebody did.

A function answers with a template when its source names it ("partners/accredited", or "accredited" within its app), or
when it says its words through `tell`, whose template is one for all.
"""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils import translation

from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.digest import TEMPLATE as DIGEST

FILE = Path(settings.BASE_DIR) / "docs" / "messages.md"
MAILS = Path(settings.BASE_DIR) / "templates" / "mail"
# Where mail is written besides each app's emails.py.
ELSEWHERE = ["beneficiaries.emails_appointments", "beneficiaries.domain.notices", "oltreiperimetri.accounts.invitations"]
SAID_THROUGH = {"tell": "beneficiaries/notice"}
ROADS = {"email": "e-mail", "pec": "certified e-mail", "sms": "text message", "digest": "daily digest"}


@dataclass(frozen=True)
class Answer:
    """A mail that answers an act: where it is written, what it is for, by which template."""

    function: str
    purpose: str
    template: str


def templates() -> set[str]:
    """Every mail there is, as queue_mail names it; not the frames and the parts."""
    found = {path.relative_to(MAILS).as_posix().removesuffix(".subject.txt") for path in MAILS.rglob("*.subject.txt")}
    return {name for name in found if not name.rpartition("/")[2].startswith("_")}


def answers() -> list[Answer]:
    """In the order of the apps, and of each file."""
    known = templates()
    return [answer for module in modules() for answer in answers_of(module, known)]


def modules() -> list[str]:
    named = [f"{config.name}.emails" for config in apps.get_app_configs() if find_spec(f"{config.name}.emails")]
    return [name for name in named if is_ours(name)] + ELSEWHERE


def is_ours(module: str) -> bool:
    return Path(find_spec(module).origin).is_relative_to(settings.BASE_DIR) and ".venv" not in find_spec(module).origin


def answers_of(module: str, known: set[str]) -> Iterator[Answer]:
    app = module.removeprefix("oltreiperimetri.").partition(".")[0]
    for node in ast.parse(inspect.getsource(import_module(module))).body:
        if isinstance(node, ast.FunctionDef) and is_an_answer(node):
            purpose = (ast.get_docstring(node) or "").partition("\n")[0]
            for template in templates_in(node, app, known):
                yield Answer(f"{module}.{node.name}", purpose, template)


def is_an_answer(function: ast.FunctionDef) -> bool:
    """Not what is composed for a reminder, nor the door through which others of the file write."""
    takes = {argument.arg for argument in function.args.args}
    gives = ast.unparse(function.returns) if function.returns else "None"
    return "template" not in takes and not gives.startswith(("tuple", "dict"))


def templates_in(function: ast.FunctionDef, app: str, known: set[str]) -> list[str]:
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [name for name in (node.value, f"{app}/{node.value}") if name in known]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID_THROUGH:
            found.append(SAID_THROUGH[node.func.id])
    return list(dict.fromkeys(found))


def named_templates() -> set[str]:
    """All that a kind of reminder, an answer or the digest names."""
    of_kinds = {template for kind in kinds.REGISTRY.values() for template in kind.templates}
    return of_kinds | {answer.template for answer in answers()} | {DIGEST}


def described() -> str:
    """The text of the file, in the language of the code."""
    with translation.override(None):
        return "\n".join([*head(), *reminders(), *digest(), *answered()]) + "\n"


def head() -> list[str]:
    return [
        "# Every message the portal writes",
        "",
        "Made by `manage.py describe_messages` from the code: do not edit. Each mail has a plain and a formatted text in",
        "`templates/mail/`; what was written to whom is at `/messaggi/` and, for one person, on their page.",
        "",
        "## Reminders",
        "",
        "They leave by themselves, 08:30-19:00, Monday to Saturday, never on holidays; to one address at most one a day",
        "and three in seven days. Before each leaves the facts are looked at again. An address that refuses our mail, or",
        "somebody who wants no reminders, gets none; the office may hold a step at `/messaggi/previsione/`.",
    ]


def reminders() -> list[str]:
    lines = []
    for code, kind in sorted(kinds.REGISTRY.items()):
        lines += [
            "",
            f"### {kind.label}",
            "",
            f"- Kind: `{code}`, about `{kind.subject}`",
            f"- To whom: {kind.to_whom}",
            f"- When: {kind.when}",
            f"- Why: {kind.why}",
            f"- How it stops: {kind.stop}",
            f"- By: {', '.join(ROADS[road] for road in kind.channels)}",
        ]
        if kind.templates:
            lines.append(f"- Templates: {', '.join(f'`{name}`' for name in kind.templates)}")
    return lines


def digest() -> list[str]:
    return [
        "",
        "### Daily digest",
        "",
        f"- Template: `{DIGEST}`",
        "- To whom: whoever works in the programme and has something to do.",
        "- When: at 08:30 of office days, one mail with all lines; none when there is nothing to say.",
        "- How it stops: each line by doing what it says.",
    ]


def answered() -> list[str]:
    lines = [
        "",
        "## Answers",
        "",
        "They leave at once, once for each act, at any hour: somebody did something and waits for the answer. They cannot",
        "be stopped beforehand; a message that has not left is stopped at `/messaggi/`. Codes for signing in and for",
        "confirming an address are written by the sign-in library and are not kept in the register.",
        "",
        "| written by | what for | template |",
        "|---|---|---|",
    ]
    return lines + [f"| `{one.function}` | {one.purpose.replace('|', '/')} | `{one.template}` |" for one in answers()]
