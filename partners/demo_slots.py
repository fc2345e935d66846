# ruff: noqa: E501 - one work a line
"""Works that the demo's organisations offer; texts are invented."""

from .enums import Sector

DAY = "dal lunedì al venerdì, 8-12 e 13-15"
MORNING = "dal lunedì al venerdì, 8.30-12.30"
SHOP = "su turni dal martedì al sabato"


def work(title, sector, tasks, skills="", *, hours=30, schedule=DAY, licence=False, car=False) -> dict:
    return {
        "title": title,
        "sector": sector,
        "tasks": tasks,
        "skills": skills,
        "weekly_hours": hours,
        "schedule": schedule,
        "needs_licence": licence,
        "needs_car": car,
    }


WORKS = {
    "lathe": work("Aiuto tornitore", Sector.MANUFACTURING, "Preparare i pezzi, caricare la macchina, misurare con il calibro.", "Lettura del disegno; si impara sul posto."),
    "assembly": work("Montaggio di piccoli impianti", Sector.MANUFACTURING, "Assemblare i componenti al banco seguendo la scheda, avvitare, provare.", "Manualità e precisione."),
    "quality": work("Controllo qualità", Sector.MANUFACTURING, "Misurare i pezzi finiti e scrivere i risultati nel registro.", "Attenzione ai particolari, uso base del computer."),
    "warehouse": work("Addetto al magazzino", Sector.LOGISTICS, "Ricevere la merce, sistemarla, preparare gli ordini con il lettore di codici.", "Ordine; il carrello si impara con il corso."),
    "forklift": work("Movimentazione con carrello", Sector.LOGISTICS, "Carico e scarico con il carrello elevatore, dopo il corso a carico nostro.", "Nessuna esperienza richiesta.", hours=36),
    "shipping": work("Ufficio spedizioni", Sector.LOGISTICS, "Stampare i documenti di trasporto, rispondere ai corrieri, seguire i ritardi.", "Uso della posta elettronica e del foglio di calcolo."),
    "driver": work("Consegne in zona", Sector.TRANSPORT, "Consegnare pacchi e documenti nei nove comuni con il furgone dell'azienda.", "Guida tranquilla, cortesia.", licence=True),
    "baker": work("Aiuto panettiere", Sector.CATERING, "Impastare, formare, infornare; pulire il laboratorio.", "Disponibilità al mattino presto.", schedule="dal lunedì al sabato, 5-10", hours=30),
    "shop": work("Banco e vendita", Sector.RETAIL, "Accogliere i clienti, servire, tenere in ordine gli scaffali, usare la cassa.", "Parlare volentieri con le persone.", schedule=SHOP),
    "stockroom": work("Rifornimento scaffali", Sector.RETAIL, "Controllare le scadenze, rifornire, preparare le offerte della settimana.", "", schedule="dal lunedì al sabato, 6-11", hours=30),
    "deli": work("Banco gastronomia", Sector.RETAIL, "Preparare e servire al banco, pesare, confezionare.", "Attestato HACCP, si può fare qui.", schedule=SHOP),
    "carpenter": work("Falegname di bottega", Sector.MANUFACTURING, "Tagliare, levigare, montare mobili su misura e posarli in casa del cliente.", "Manualità.", licence=True),
    "plumber": work("Aiuto idraulico", Sector.BUILDING, "Affiancare il tecnico nelle case: preparare il materiale, montare, provare.", "", licence=True, car=False, hours=38),
    "electrician": work("Aiuto elettricista", Sector.BUILDING, "Posare canaline e cavi, montare prese e quadri con il tecnico.", "Si parte dalle basi.", hours=38),
    "kitchen": work("Aiuto cuoco", Sector.CATERING, "Preparare gli ingredienti, cucinare i piatti semplici, tenere pulita la cucina.", "Attestato HACCP, si può fare qui.", schedule="dal martedì al sabato, 9-15"),
    "waiter": work("Servizio in sala", Sector.CATERING, "Preparare i tavoli, prendere le ordinazioni, servire.", "", schedule="dal mercoledì alla domenica, 18-23", hours=25),
    "accounts": work("Aiuto contabile", Sector.OFFICE, "Registrare le fatture, ordinare i documenti, preparare le scadenze.", "Foglio di calcolo.", schedule=MORNING, hours=20),
    "office": work("Segreteria e accoglienza", Sector.OFFICE, "Rispondere al telefono, accogliere le persone, tenere l'archivio.", "Uso del computer.", schedule=MORNING, hours=20),
    "records": work("Archivio e sportello", Sector.OFFICE, "Riordinare l'archivio, accompagnare chi arriva allo sportello.", "", hours=20, schedule=MORNING),
    "printer": work("Legatoria e confezione", Sector.MANUFACTURING, "Piegare, rilegare, confezionare gli stampati; controllare le copie.", ""),
    "web": work("Contenuti per il sito", Sector.DIGITAL, "Scrivere testi e schede, preparare le immagini, aggiornare il catalogo.", "Buon italiano scritto."),
    "helpdesk": work("Assistenza ai clienti", Sector.DIGITAL, "Rispondere alle richieste, provare i computer, preparare le consegne.", "Pazienza; conoscenze di base del computer.", licence=True),
    "gardener": work("Manutenzione del verde", Sector.MAINTENANCE, "Potare, piantare, tagliare i prati, curare gli attrezzi.", "Lavoro all'aperto.", licence=True, car=False),
    "cleaning": work("Pulizie e riordino di uffici", Sector.MAINTENANCE, "Pulire uffici e spazi comuni con una piccola squadra.", "", schedule="dal lunedì al venerdì, 17-21", hours=20, car=True, licence=True),
    "maintenance": work("Piccole manutenzioni", Sector.MAINTENANCE, "Riparare arredi e serramenti delle scuole e degli uffici.", "Manualità.", licence=True),
    "care": work("Accompagnamento di persone anziane", Sector.CARE, "Accompagnare alle visite e alla spesa, fare compagnia, segnalare i bisogni.", "Ascolto e discrezione.", licence=True, car=True, hours=25),
}  # fmt: skip
