"""The vocabulary of the access matrix."""

PERSONAS = (
    "anonymous",
    "beneficiary",
    "other_beneficiary",
    "firm",
    "other_firm",
    "mentor",
    "juror",
    "citizen",
    "caseworker",
    "other_caseworker",
    "coordinator",
    "admin",
)
SIGNED_IN = frozenset(PERSONAS) - {"anonymous"}
STAFF_ALL = frozenset({"caseworker", "other_caseworker", "coordinator", "admin"})
STAFF_IN_REACH = STAFF_ALL - {"other_caseworker"}
ALL_TOWNS = frozenset({"coordinator", "admin"})
BENEFICIARIES = frozenset({"beneficiary", "other_beneficiary"})
FIRMS = frozenset({"firm", "other_firm"})

OK, LOGIN = "ok", "login"


def everybody(expected=OK) -> dict:
    return dict.fromkeys(PERSONAS, expected)


def signed_in(expected=OK, *, hidden=(), forbidden=()) -> dict:
    row = dict.fromkeys(SIGNED_IN, expected) | {"anonymous": LOGIN}
    return row | dict.fromkeys(hidden, 404) | dict.fromkeys(forbidden, 403)


def only(personas, *, hidden=(), others=403, expected=OK) -> dict:
    """`personas` pass, `hidden` get 404, `others` (everybody else who is signed in) get 403 unless said otherwise."""
    return (
        dict.fromkeys(SIGNED_IN, others)
        | {"anonymous": LOGIN}
        | dict.fromkeys(hidden, 404)
        | dict.fromkeys(personas, expected)
    )


def refused(row: dict) -> dict:
    """The method is not offered: 405 to whoever would pass, the gate's answer to the others."""
    return {persona: 405 if expected == OK else expected for persona, expected in row.items()}
