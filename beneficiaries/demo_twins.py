"""a list brought in, with two rows to correct (the two files that look alike registered themselves twice)"""

from datetime import date, timedelta

from .domain.people_import import confirm, match_columns, upload, write_chunk

LIST = """Cognome;Nome;Data di nascita;Comune;Cellulare;E-mail
Dell’Acqua;Loredana;14/05/1973;Rho;02 0000 0191;loredana.dellacqua@example.org
Sant’Ambrogio;Ivano;02.11.1968;Pero;02 0000 0192;
Inventati;Ornella;31/02/1975;Rho;02 0000 0193;ornella.inventati@example.org
Provetti;Silvio;09/09/1970;Settimo Milanese;12;silvio.provetti@example.org
"""


def build(world, *, today: date) -> None:
    """Needs the coordinator."""
    by, now = world.users["coordinator"], world.now - timedelta(days=2)
    done = upload(LIST.encode("cp1252"), "elenco-sportello.csv", by=by, now=now)
    match_columns(done, done.columns, by=by, now=now)
    confirm(done, None, by=by, now=now)
    write_chunk(done, now=now)
