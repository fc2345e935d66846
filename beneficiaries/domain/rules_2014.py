# ruff: noqa: E501 - a table
# ruff: noqa: E501 - a table
"""Version 1 of the rules of ORAFO: the one constant from which the database is filled and that needs none.

Titles and sources are in the language of the documents: staff read them beside each requirement. Certainty: what the
programme said, the law, a secondary source, or a choice that the consortium has still to confirm.
"""

from datetime import date

from oltreiperimetri.shared import municipalities
from oltreiperimetri.shared.rulesets import Rule, RuleSet

PRESS = "Comunicato stampa di Lainate, 22 febbraio 2016"
CALL = "Avviso ORAFO di Rho, 2014"
X825, X7763 = "D.G.R. Lombardia X/825 del 25 ottobre 2013", "D.G.R. Lombardia X/7763 del 17 gennaio 2018"
NATIONAL = "Linee guida nazionali sui tirocini, 25 maggio 2017"
ANPAL = "Circolare ANPAL 1/2019; art. 19 D.Lgs. 150/2015"
NONE_FOUND = "Nessuna fonte: lo decide il consorzio"
PROGRAMME, LAW, SECONDARY, TO_CONFIRM = "programme", "law", "secondary", "to_confirm"
BLOCK, WARN, INFO = "block", "warn", "info"
NUMBER, YES_NO, LIST, TEXT, CHOICE = "number", "yes_no", "list", "text", "choice"
NINE_TOWNS = tuple(sorted(row["istat_code"] for row in municipalities.rows() if row["in_programme"] == "yes"))
CRISIS = ("dismissal", "redundancy", "contract_end", "closure")


def rule(code, kind, value, unit, effect, certainty, title, source) -> Rule:  # noqa: PLR0917 - the columns of the tables  # noqa: PLR0917 - the columns of the tables
    return Rule(code, value, unit, effect, source, certainty, kind, title)


ELIGIBILITY = (
    rule("age_min", NUMBER, 40, "anni compiuti", BLOCK, PROGRAMME, "Età minima", f"{PRESS}: «over 40»"),
    rule("age_max", NUMBER, None, "anni compiuti", WARN, TO_CONFIRM, "Età massima", f"{CALL}: 60 anni; oggi nessun limite"),
    rule(
        "eligibility_reference_date", CHOICE, "screening_date", "", INFO, TO_CONFIRM,
        "Giorno a cui si guardano i requisiti", NONE_FOUND,
    ),
    rule(
        "unemployed_now", YES_NO, True, "", BLOCK, LAW, "Senza lavoro",
        f"{PRESS}; art. 19 D.Lgs. 150/2015",
    ),
    rule(
        "unemployment_max_months", NUMBER, 24, "mesi di calendario", BLOCK, PROGRAMME, "Mesi senza lavoro, al massimo",
        f"{PRESS}: «da non più di due anni»",
    ),
    rule(
        "unemployment_max_inclusive", YES_NO, True, "", INFO, TO_CONFIRM, "L’ultimo giorno dei mesi vale ancora",
        f"{PRESS}: «da non più di due anni»; altrove «meno di 24 mesi»",
    ),
    rule(
        "unemployment_clock", CHOICE, "last_job_end", "", INFO, TO_CONFIRM, "Da quando si contano i mesi",
        "Pagina del programma: «usciti dal mondo del lavoro»",
    ),
    rule(
        "unemployment_suspension_days_max", NUMBER, 180, "giorni", INFO, SECONDARY,
        "Un lavoro breve sospende soltanto, fino a", ANPAL,
    ),
    rule(
        "unemployment_income_employee", NUMBER, 8145, "euro l’anno", INFO, TO_CONFIRM,
        "Reddito da dipendente con cui si resta disoccupati", f"{ANPAL}: valori del 2019, poi cresciuti",
    ),
    rule(
        "unemployment_income_self", NUMBER, 4800, "euro l’anno", INFO, TO_CONFIRM,
        "Reddito in proprio con cui si resta disoccupati", f"{ANPAL}: valori del 2019, poi cresciuti",
    ),
    rule(
        "expelled_by_crisis", "reasons", CRISIS, "", WARN, TO_CONFIRM, "Come è finito il lavoro",
        f"{PRESS}: «espulsi dal mondo del lavoro a causa della crisi»; l’elenco è da confermare",
    ),
    rule(
        "residence", "towns", NINE_TOWNS, "codici ISTAT", BLOCK, PROGRAMME, "Comuni di residenza",
        f"{PRESS}; registro dei comuni",
    ),
    rule("residence_min_months", NUMBER, 0, "mesi", WARN, TO_CONFIRM, "Residenza da almeno", NONE_FOUND),
    rule(
        "evidence_required", "evidence", (), "", INFO, LAW, "Carte da vedere per ogni requisito",
        "Artt. 43 e 46 D.P.R. 445/2000: le dichiarazioni sostituiscono i certificati",
    ),
    rule("isee_min", NUMBER, None, "euro", WARN, TO_CONFIRM, "ISEE minimo", NONE_FOUND),
    rule("isee_max", NUMBER, None, "euro", WARN, TO_CONFIRM, "ISEE massimo", NONE_FOUND),
    rule(
        "isee_valid_until", TEXT, "31 dicembre dell’anno della DSU; ISEE corrente: 6 mesi", "", WARN, SECONDARY,
        "Validità dell’ISEE", "Art. 10 D.Lgs. 147/2017; D.P.C.M. 159/2013",
    ),
)  # fmt: skip

GROUPS_AND_SCORES = (
    rule("group_capacity", NUMBER, 12, "persone", BLOCK, PROGRAMME, "Posti in un gruppo", PRESS),
    rule("group_min_start", NUMBER, 6, "persone", WARN, TO_CONFIRM, "Persone per partire", "Gruppi visti: circa 8"),
    rule("waiting_list_order", CHOICE, "application_date", "", INFO, TO_CONFIRM, "Ordine della lista d’attesa", NONE_FOUND),
    rule("score_minor_child", NUMBER, 10, "punti l’uno", INFO, TO_CONFIRM, "Punti per figlio minore", CALL),
    rule("score_minor_child_max", NUMBER, 30, "punti", INFO, TO_CONFIRM, "Punti per figli minori, al massimo", CALL),
    rule("score_other_dependant", NUMBER, 5, "punti l’uno", INFO, TO_CONFIRM, "Punti per altra persona a carico", CALL),
    rule("score_other_dependant_max", NUMBER, 10, "punti", INFO, TO_CONFIRM, "Punti per altri a carico, al massimo", CALL),
    rule("score_partner_not_working", NUMBER, 10, "punti", INFO, TO_CONFIRM, "Punti se il partner non lavora", CALL),
    rule("score_month_unemployed", NUMBER, 2, "punti al mese", INFO, TO_CONFIRM, "Punti per mese senza lavoro", CALL),
    rule("score_month_unemployed_max", NUMBER, 50, "punti", INFO, TO_CONFIRM, "Punti per i mesi, al massimo", CALL),
    rule("scoring_enabled", YES_NO, False, "", INFO, TO_CONFIRM, "Graduatoria a punti", NONE_FOUND),
    rule(
        "phase_order", LIST,
        ("orientation", "training", "active_search", "mock_interview", "traineeship", "monitoring"), "", WARN, PROGRAMME,
        "Fasi del percorso", PRESS,
    ),
    rule(
        "traineeship_months_programme", NUMBER, 3, "mesi", WARN, PROGRAMME, "Durata del tirocinio nel programma",
        f"{PRESS}; {CALL}: durata «orientativa»",
    ),
    rule(
        "followup_months_after_end", LIST, (1, 3, 6, 12), "mesi", INFO, TO_CONFIRM, "Quando chiediamo come va",
        f"{PRESS}: «monitoraggio», senza date",
    ),
)  # fmt: skip

TRAINEESHIPS = (
    rule("regime", TEXT, "X/825 fino all’8 giugno 2018, poi X/7763", "", INFO, SECONDARY, "Regime dei tirocini", X7763),
    rule("tr_min_months", NUMBER, 2, "mesi", BLOCK, SECONDARY, "Durata minima (1 se stagionale)", X7763),
    rule(
        "tr_max_months", TEXT, "6 (EQF 2-3), 12 (EQF 4 o più, svantaggio), 24 (disabilità)", "mesi", BLOCK, SECONDARY,
        "Durata massima", X7763,
    ),
    rule("tr_extension_needs_eqf4", YES_NO, True, "", BLOCK, SECONDARY, "Oltre 6 mesi serve EQF 4", X7763),
    rule("tr_min_eqf", NUMBER, 2, "livello", BLOCK, SECONDARY, "Livello EQF minimo", X7763),
    rule("allowance_min_full", NUMBER, 500, "euro lordi al mese", BLOCK, SECONDARY, "Indennità minima", f"{X7763} ({X825}: 400)"),
    rule("allowance_min_meals", NUMBER, 400, "euro", BLOCK, SECONDARY, "Indennità minima con i pasti", f"{X7763} ({X825}: 300)"),
    rule(
        "allowance_min_short_day", NUMBER, 350, "euro", BLOCK, SECONDARY, "Indennità minima fino a 4 ore al giorno",
        f"{X7763} ({X825}: 300)",
    ),
    rule("allowance_min_public_host", NUMBER, 300, "euro", BLOCK, SECONDARY, "Indennità minima in un ente pubblico", X7763),
    rule("allowance_full_attendance", NUMBER, 80, "% del mese", INFO, SECONDARY, "Presenza per l’indennità intera", X7763),
    rule(
        "allowance_reduced_formula", CHOICE, "proportional", "", INFO, TO_CONFIRM, "Sotto quella presenza",
        f"{X7763}: «ridotta proporzionalmente»",
    ),
    rule("allowance_floor", NUMBER, 300, "euro al mese", INFO, SECONDARY, "Indennità ridotta, non meno di", X7763),
    rule("allowance_zero_attendance", CHOICE, "ask", "", WARN, TO_CONFIRM, "Mese senza presenze", NONE_FOUND),
    rule("allowance_attendance_base", CHOICE, "hours", "", INFO, TO_CONFIRM, "La presenza si conta in", NONE_FOUND),
    rule(
        "allowance_income_support", CHOICE, "optional", "", WARN, SECONDARY, "Indennità a chi ha un sostegno al reddito",
        f"{X7763} ({X825}: non dovuta)",
    ),
    rule("allowance_payer", CHOICE, "programme", "", INFO, TO_CONFIRM, "Chi paga l’indennità", f"{PRESS}: «tirocinio retribuito»"),
    rule("host_quota_small", NUMBER, 1, "tirocinanti", BLOCK, SECONDARY, "Fino a 5 dipendenti", X7763),
    rule("host_quota_medium", NUMBER, 2, "tirocinanti", BLOCK, SECONDARY, "Da 6 a 20 dipendenti", X7763),
    rule("host_quota_large", NUMBER, 10, "% in su", BLOCK, SECONDARY, "Oltre 20 dipendenti", X7763),
    rule("host_quota_bonus", YES_NO, True, "", INFO, SECONDARY, "Posti in più a chi assume (oltre 20 fissi)", X7763),
    rule("host_quota_unit", CHOICE, "site", "", INFO, SECONDARY, "La quota si conta per", X7763),
    rule("host_dismissal_lookback", NUMBER, 12, "mesi", INFO, SECONDARY, "Nessun licenziamento per gli stessi compiti da", X7763),
    rule("host_cig_same_tasks", YES_NO, True, "", INFO, SECONDARY, "Dichiara che non ha cassa per gli stessi compiti", X7763),
    rule("host_previous_job_months", NUMBER, 24, "mesi", WARN, TO_CONFIRM, "Nessun lavoro prima nella stessa impresa da", NATIONAL),
    rule("tutor_host_max", NUMBER, 3, "tirocinanti", BLOCK, SECONDARY, "Per ogni tutor dell’impresa", X7763),
    rule("tutor_promoter_max", NUMBER, 20, "tirocinanti", WARN, TO_CONFIRM, "Per ogni tutor del promotore", NATIONAL),
    rule("hours_week_max", NUMBER, 40, "ore", BLOCK, SECONDARY, "Ore alla settimana, o del contratto", X7763),
    rule("hours_day_short", NUMBER, 4, "ore", INFO, SECONDARY, "Giornata breve, fino a", X7763),
    rule("cob_start_deadline", NUMBER, 1, "giorni prima", INFO, SECONDARY, "Comunicazione dell’avvio", "Art. 9-bis D.L. 510/1996"),
    rule("cob_public_host_deadline", NUMBER, 20, "del mese dopo", INFO, SECONDARY, "Comunicazione degli enti pubblici", "Art. 9-bis D.L. 510/1996"),
    rule("cob_change_deadline", NUMBER, 5, "giorni dopo", INFO, TO_CONFIRM, "Comunicazione delle variazioni", "Art. 9-bis D.L. 510/1996"),
    rule(
        "documents_before_start", LIST, ("agreement", "plan_signed_by_3", "inail", "liability", "cob"), "", BLOCK, SECONDARY,
        "Prima dell’avvio servono", X7763,
    ),
    rule("suspension_closure_min", NUMBER, 15, "giorni", BLOCK, SECONDARY, "Sospensione per chiusura, almeno", X7763),
    rule("suspension_health_min", NUMBER, 30, "giorni", BLOCK, SECONDARY, "Sospensione per salute, almeno", X7763),
    rule("suspension_extends_end", YES_NO, True, "", INFO, SECONDARY, "La sospensione sposta la fine", f"{X7763}: «non concorre al computo»"),
    rule("accident_report_hours", NUMBER, 48, "ore", INFO, SECONDARY, "Denuncia di infortunio entro", "Art. 53 D.P.R. 1124/1965"),
    rule("accident_absence_days", NUMBER, 3, "giorni", INFO, SECONDARY, "Infortunio con assenza di più di", "Art. 53 D.P.R. 1124/1965"),
    rule("attestation_min_attendance", NUMBER, 70, "% della durata", WARN, SECONDARY, "Presenza per l’attestazione", X7763),
)  # fmt: skip

RECORDS = (
    rule("publication_of_rankings", CHOICE, "none", "", BLOCK, LAW, "Graduatorie pubblicate", "Art. 26, comma 4, D.Lgs. 33/2013"),
    rule("retention_rejected", NUMBER, 24, "mesi", INFO, TO_CONFIRM, "Domande non ammesse, si conservano", "Massimario comunale"),
    rule("retention_closed_case", NUMBER, 120, "mesi", INFO, TO_CONFIRM, "Percorsi chiusi, si conservano", "Massimario comunale"),
    rule("small_cell_suppression", NUMBER, 5, "persone", INFO, TO_CONFIRM, "Numeri pubblici nascosti sotto", "Prassi statistica"),
)  # fmt: skip

# What each choice may be: (value, word of the documents).
CHOICES = {
    "eligibility_reference_date": (
        ("screening_date", "il giorno della verifica"), ("application_date", "il giorno della domanda"),
    ),
    "unemployment_clock": (("last_job_end", "la fine dell’ultimo lavoro"), ("did_date", "il giorno della DID")),
    "waiting_list_order": (("application_date", "data della domanda"), ("score_desc", "punti, poi data della domanda")),
    "allowance_reduced_formula": (("proportional", "in proporzione alla presenza"),),
    "allowance_zero_attendance": (("ask", "si decide caso per caso"), ("floor", "il minimo"), ("nothing", "nulla")),
    "allowance_attendance_base": (("hours", "ore"), ("days", "giorni")),
    "allowance_income_support": (("due", "dovuta"), ("optional", "facoltativa"), ("not_due", "non dovuta")),
    "allowance_payer": (("programme", "il programma"), ("promoter", "il promotore"), ("host", "l’impresa")),
    "host_quota_unit": (("site", "sede"), ("organisation", "impresa")),
    "publication_of_rankings": (("none", "no"), ("by_number", "solo con il numero di domanda")),
}  # fmt: skip

GROUPS = {
    "Requisiti": ELIGIBILITY,
    "Gruppi e punti": GROUPS_AND_SCORES,
    "Tirocini": TRAINEESHIPS,
    "Archivio e pubblicazione": RECORDS,
}
GROUP_OF = {rule.code: title for title, rules in GROUPS.items() for rule in rules}

VERSION_1 = RuleSet("orafo", 1, date(2014, 11, 1), None, (*ELIGIBILITY, *GROUPS_AND_SCORES, *TRAINEESHIPS, *RECORDS))
