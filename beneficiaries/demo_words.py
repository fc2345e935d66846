# ruff: noqa: E501 - one line is one sentence
"""What caseworkers write in the demo: to people, kindly and plainly, and to each other. All invented."""

from .enums import RefusalReason

PLACES = {
    "015182": "Rho, #Op cafè, via dell'Esempio 1",
    "015116": "Lainate, #Op cafè, via delle Prove 3",
    "015211": "Settimo Milanese, #Op cafè, via dei Tigli 9",
    "015179": "Pregnana Milanese, #Op cafè, via dei Mulini 4",
    "015229": "Vanzago, Sala #Op, via della Ripa 2",
    "015009": "Arese, sportello lavoro, via dei Gelsi 7",
    "015087": "Cornaredo, sportello lavoro, via del Filatoio 5",
    "015170": "Pero, sportello lavoro, via del Tramway 8",
    "015176": "Pogliano Milanese, sportello lavoro, via delle Rogge 6",
}
TAKEN = "Abbiamo letto la tua domanda e la seguiamo noi. Entro due settimane ti diciamo come si va avanti."
INVITED = (
    "È una chiacchierata di mezz'ora per conoscerti e capire che cosa ti serve. Porta, se li hai, il curriculum e la lettera "
    "di fine lavoro.\n\nSe quel giorno non puoi, chiamaci: ne troviamo un altro."
)
ASKED = (
    (
        "Ci manca una data: quando è finito il tuo ultimo lavoro? Basta la foto della lettera o dell'ultima busta paga, "
        "oppure dicci la data al telefono."
    ),
    "Non abbiamo capito se in questo momento lavori, anche solo qualche ora. Ci chiami, o ci scrivi due righe?",
)
ADMITTED = (
    "Buona notizia: sei nel programma. Il prossimo passo è un gruppo di al massimo dodici persone che si trova due volte la "
    "settimana.\n\nTi chiamiamo appena c'è un posto, e fissiamo insieme il giorno in cui cominci."
)
LISTED = (
    "Puoi partecipare, ma adesso i posti sono tutti occupati. Sei nella lista di chi aspetta e ti chiamiamo appena se ne "
    "libera uno.\n\nIntanto lo sportello è aperto: passa quando vuoi."
)
WITHDRAWN = "Abbiamo fermato la tua domanda, come ci hai chiesto. Se cambi idea basta una telefonata: la porta resta aperta."
REFUSED = {
    RefusalReason.AGE: "Questo percorso è pensato per chi ha già compiuto 40 anni. Allo sportello lavoro ce n'è un altro che "
    "può fare per te: chiamaci e ti accompagniamo noi.",
    RefusalReason.WINDOW: "Questo percorso è per chi ha perso il lavoro da non più di due anni. Non è una porta chiusa: allo "
    "sportello ti diciamo quali altre strade ci sono.",
    RefusalReason.WORKING: "Ci hai detto che adesso lavori: siamo contenti. Se il lavoro finisce, la tua domanda si riapre "
    "con una telefonata.",
    RefusalReason.RESIDENCE: "Il programma è per chi abita in uno dei nove comuni del Rhodense. Ti diamo il numero dello "
    "sportello lavoro del tuo comune: dì che ti mandiamo noi.",
    RefusalReason.NO_ANSWER: "Ti abbiamo cercato più volte senza trovarti e per ora fermiamo la tua domanda. Quando vuoi, "
    "chiamaci e ripartiamo da qui.",
}
FOUND_OUT = "Ha portato la lettera di fine rapporto: la data c'è, l'ho aggiornata."
NEARLY_FORTY = "Compie 40 anni fra poche settimane: teniamo il posto in lista fino a quel giorno."
NOTES = (
    "Vent'anni in magazzino, usa il muletto (patentino da rinnovare). Disponibile anche sui turni.",
    "Ha tenuto la contabilità di una piccola ditta fino alla chiusura. Vuole aggiornarsi sui programmi nuovi.",
    "Preferisce il mattino: accompagna la madre alle cure il pomeriggio.",
    "Si muove in treno e in autobus. Bene le sedi vicine alla stazione.",
    "All'inizio era in imbarazzo, poi si è aperta. Le piace lavorare con la gente: cassa, accoglienza.",
    "Operaio metalmeccanico, tornio e fresa. Legge il disegno tecnico, poco computer.",
    "Parla bene l'italiano, scrive con fatica: compilare insieme i moduli.",
    "Ha già fatto un corso da saldatore: chiede se l'attestato vale ancora.",
    "Cuoca in mensa per undici anni. Non può sollevare pesi oltre i dieci chili.",
    "Molto motivato. Cerca qualcosa entro l'anno, anche part-time.",
)
PRIVATE_NOTES = (
    "Richiamare io giovedì dopo le 17, prima è con i figli.",
    "Da capire se la casa è un problema: chiedere con calma al prossimo colloquio.",
    "Chiedere alla coordinatrice se c'è posto nel corso di computer.",
)
