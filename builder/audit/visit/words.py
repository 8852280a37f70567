"""What controls are called, by what they are for, in the languages that courses are mostly in."""

from __future__ import annotations

import re

_NAMES = {
    "again": """start over, restart, start again, from the beginning, begin again, no, nein, non,
        von vorn, neu beginnen, recommencer, empezar de nuevo, ricomincia""",
    "resume": """resume, continue where, carry on, yes, ja, oui, sí, fortsetzen, weitermachen,
        reprendre, continuar donde, riprendi, hervatten""",
    "exit": """exit, quit, leave, close course, close window, save and exit, save and close,
        log out, beenden und schließen, verlassen, kurs schließen, quitter, salir, esci, afsluiten,
        sair""",
    "back": """back, previous, prev, zurück, précédent, retour, anterior, atrás, indietro,
        precedente, vorige, voltar, ←, \u2039, «, <""",
    "submit": """submit, check, check answer, check my answer, answer, confirm, send, save answer,
        prüfen, antworten, abschicken, bestätigen, absenden, valider, vérifier, envoyer, enviar,
        comprobar, verificar, invia, conferma, verifica, controleren, verzenden""",
    "retry": """try again, retry, retake, another attempt, noch einmal, erneut versuchen,
        réessayer, intentar de nuevo, reintentar, riprova, opnieuw, tentar novamente""",
    "finish": """finish, complete, done, end, see your result, see result, results,
        mark as complete, finish course, abschließen, fertig, beenden, ergebnis, terminer, fin,
        terminar, finalizar, termina, fine, voltooien, concluir""",
    "start": """start, begin, launch, start course, let’s go, let's go, los geht’s, starten,
        beginnen, commencer, démarrer, comenzar, empezar, iniciar, inizia, começar""",
    "next": """next, continue, forward, go on, proceed, weiter, nächste, suivant, continuer,
        siguiente, continuar, avanti, successivo, volgende, verder, próximo, seguinte, →, \u203a,
        », >""",
    "shut": "close, ok, okay, got it, dismiss, schließen, fermer, cerrar, chiudi, sluiten, fechar",
    "aside": """search, help, about, print, contents, menu, settings, download, glossary, language,
        full screen, fullscreen, mute, volume, skip to, suche, hilfe, drucken, inhalt, aide, ayuda,
        transcript, copy""",
}
_SHORT = 25
"""Characters of a name in which the word may stand anywhere; in a longer one it comes first."""


def _pattern(names: str) -> re.Pattern[str]:
    every = sorted((" ".join(name.split()) for name in names.split(",")), key=len, reverse=True)
    whole = (
        rf"(?<!\w){re.escape(name)}(?!\w)" if re.search(r"\w", name) else re.escape(name)
        for name in every
    )
    return re.compile("|".join(whole), re.IGNORECASE)


_PATTERNS = {what: _pattern(names) for what, names in _NAMES.items()}


def purpose(name: str) -> str:
    """What a control of this name is for: the word that comes first in it says so; "" where none
    does."""
    found: list[tuple[int, int, str]] = []
    for order, (what, pattern) in enumerate(_PATTERNS.items()):
        match = pattern.search(name)
        if match and (match.start() == 0 or len(name) <= _SHORT):
            found.append((match.start(), order, what))
    return min(found)[2] if found else ""
