"""Des réunions pour un agenda : le texte d’un fichier iCalendar (RFC 5545).

Fonctions pures. L’heure est celle du territoire, écrite avec son fuseau ; sans heure, la réunion
occupe la journée. Aucune fin n’est inventée : la plateforme n’en connaît pas.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

TYPE = "text/calendar; charset=utf-8"
PRODUIT = "-//Contrats locaux de santé//Réunions//FR"
LARGEUR = 75
# Région (code officiel) → fuseau et écart à UTC ; sans changement d’heure outre-mer
FUSEAUX = {
    "01": ("America/Guadeloupe", "-0400"),
    "02": ("America/Martinique", "-0400"),
    "03": ("America/Cayenne", "-0300"),
    "04": ("Indian/Reunion", "+0400"),
    "06": ("Indian/Mayotte", "+0300"),
}
PARIS = "Europe/Paris"
# Heure d’été du dernier dimanche de mars au dernier dimanche d’octobre (directive 2000/84/CE)
HEURES_DE_PARIS = (
    "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST",
    "DTSTART:19960331T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET",
    "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evenement:
    """`uid` ne change jamais, `sequence` croît à chaque modification."""

    uid: str
    sequence: int
    modifie_le: datetime
    titre: str
    jour: date
    heure: time | None = None
    lieu: str = ""
    description: str = ""
    adresse: str = ""
    est_annule: bool = False


def agenda(nom: str, region: str, evenements: Iterable[Evenement]) -> str:
    """Le fichier entier, lignes repliées et finies par CRLF."""
    fuseau, _ = FUSEAUX.get(region, (PARIS, ""))
    lignes = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUIT}", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{echapper(nom)}", *_fuseau(region),
    ]  # fmt: skip
    for evenement in evenements:
        lignes.extend(_evenement(evenement, fuseau))
    return "".join(f"{replier(ligne)}\r\n" for ligne in [*lignes, "END:VCALENDAR"])


def _fuseau(region: str) -> list[str]:
    nom, ecart = FUSEAUX.get(region, (PARIS, ""))
    fixe = (
        "BEGIN:STANDARD", f"TZOFFSETFROM:{ecart}", f"TZOFFSETTO:{ecart}",
        "DTSTART:19700101T000000", "END:STANDARD",
    )  # fmt: skip
    heures = fixe if ecart else HEURES_DE_PARIS
    return ["BEGIN:VTIMEZONE", f"TZID:{nom}", *heures, "END:VTIMEZONE"]


def _evenement(evenement: Evenement, fuseau: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{evenement.uid}"
    yield f"SEQUENCE:{evenement.sequence}"
    yield f"DTSTAMP:{evenement.modifie_le.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield from _quand(evenement, fuseau)
    yield f"SUMMARY:{echapper(evenement.titre)}"
    if evenement.lieu:
        yield f"LOCATION:{echapper(evenement.lieu)}"
    if evenement.description:
        yield f"DESCRIPTION:{echapper(evenement.description)}"
    if evenement.adresse:
        yield f"URL:{evenement.adresse}"
    yield f"STATUS:{'CANCELLED' if evenement.est_annule else 'CONFIRMED'}"
    yield "END:VEVENT"


def _quand(evenement: Evenement, fuseau: str) -> Iterator[str]:
    if evenement.heure is None:
        yield f"DTSTART;VALUE=DATE:{evenement.jour:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{evenement.jour + timedelta(days=1):%Y%m%d}"
    else:
        yield f"DTSTART;TZID={fuseau}:{evenement.jour:%Y%m%d}T{evenement.heure:%H%M%S}"


def echapper(texte: str) -> str:
    """RFC 5545, 3.3.11 : barre inverse, point-virgule, virgule, saut de ligne."""
    for brut, ecrit in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        texte = texte.replace(brut, ecrit)
    lignes = texte.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(c for c in ligne if c >= " " and c != "\x7f") for ligne in lignes)


def replier(ligne: str) -> str:
    """RFC 5545, 3.1 : 75 octets au plus par ligne, la suite commence par une espace."""
    morceaux, courant, octets = [], "", 0
    for caractere in ligne:
        taille = len(caractere.encode())
        if octets + taille > LARGEUR:
            morceaux.append(courant)
            courant, octets = " ", 1
        courant, octets = courant + caractere, octets + taille
    return "\r\n".join([*morceaux, courant])
