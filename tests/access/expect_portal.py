from .matrix import ALL_TOWNS, BENEFICIARIES, STAFF_ALL, everybody, only, refused, signed_in

KWARGS = {"portal:demo_mail": lambda world: {"pk": 1}}

# Outside the demo these pages do not exist, for anybody.
NOT_HERE = everybody(404)

ROWS = {
    ("portal:home", "GET"): everybody(),
    ("portal:home", "POST"): everybody(405),
    ("portal:accessibility", "GET"): everybody(),
    ("portal:accessibility", "POST"): everybody(),
    ("portal:start", "GET"): signed_in(),
    ("portal:start", "POST"): refused(signed_in()),
    ("portal:today", "GET"): only(STAFF_ALL),
    ("portal:today", "POST"): only(STAFF_ALL),
    ("portal:mentor", "GET"): only({"mentor"}),
    ("portal:mentor", "POST"): only({"mentor"}),
    ("portal:partner_area", "GET"): only({"firm", "other_firm"} | STAFF_ALL),
    ("portal:partner_area", "POST"): refused(only({"firm", "other_firm"} | STAFF_ALL)),
    ("portal:my_contacts", "GET"): only(BENEFICIARIES),
    ("portal:my_contacts", "POST"): only(BENEFICIARIES),
    ("portal:reports", "GET"): only(STAFF_ALL),
    ("portal:reports", "POST"): refused(only(STAFF_ALL)),
    ("portal:status", "GET"): only(ALL_TOWNS),
    ("portal:status", "POST"): refused(only(ALL_TOWNS)),
    ("portal:healthz", "GET"): everybody(),
    ("portal:healthz", "POST"): everybody(),
    ("portal:demo", "GET"): NOT_HERE,
    ("portal:demo", "POST"): NOT_HERE,
    ("portal:demo_enter", "GET"): NOT_HERE,
    ("portal:demo_enter", "POST"): NOT_HERE,
    ("portal:demo_mail", "GET"): NOT_HERE,
    ("portal:demo_mail", "POST"): NOT_HERE,
}
for name in ("help", "privacy", "home_en", "join_en"):
    ROWS |= {(f"portal:{name}", "GET"): everybody(), (f"portal:{name}", "POST"): everybody(405)}
for name in ("my_path", "my_messages", "my_accesses", "my_data"):
    ROWS |= {(f"portal:{name}", "GET"): only(BENEFICIARIES), (f"portal:{name}", "POST"): refused(only(BENEFICIARIES))}
