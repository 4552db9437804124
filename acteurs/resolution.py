"""Retrouver un territoire par son code, tel qu’un fichier l’écrit, aujourd’hui ou autrefois.

Une commune fusionnée désigne celle qui lui succède ; un arrondissement, sa commune. Un tableur ôte
le zéro qui commence un code : il est remis.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from acteurs.models import Commune, Departement, Epci, NiveauTerritoire, Region

LONGUEURS: dict[str, int] = {
    NiveauTerritoire.COMMUNE: 5,
    NiveauTerritoire.EPCI: 9,
    NiveauTerritoire.DEPARTEMENT: 2,
    NiveauTerritoire.REGION: 2,
}
MOTIFS: dict[str, re.Pattern[str]] = {
    NiveauTerritoire.COMMUNE: re.compile(r"[0-9]{5}|2[AB][0-9]{3}"),
    NiveauTerritoire.EPCI: re.compile(r"[0-9]{9}"),
    NiveauTerritoire.DEPARTEMENT: re.compile(r"[0-9]{2}|2[AB]|9[78][0-9]"),
    NiveauTerritoire.REGION: re.compile(r"[0-9]{2}|9[78][0-9]"),
    NiveauTerritoire.FRANCE: re.compile(r"FR"),
}
FORMES: dict[str, str] = {
    NiveauTerritoire.COMMUNE: "Un code Insee de commune s’écrit 29232 ou 2A004.",
    NiveauTerritoire.EPCI: "Une intercommunalité se désigne par son SIREN, comme 200068120.",
    NiveauTerritoire.DEPARTEMENT: "Un code de département s’écrit 29, 2A ou 974.",
    NiveauTerritoire.REGION: "Un code de région s’écrit 53 ou 04.",
    NiveauTerritoire.FRANCE: "La France entière s’écrit FR.",
}
INCONNUS: dict[str, str] = {
    NiveauTerritoire.COMMUNE: "Aucune commune n’a, ou n’a eu, ce code Insee.",
    NiveauTerritoire.EPCI: "Aucune intercommunalité n’a ce SIREN.",
    NiveauTerritoire.DEPARTEMENT: "Aucun département n’a ce code.",
    NiveauTerritoire.REGION: "Aucune région n’a ce code.",
}
_SEPARATEURS = re.compile(r"[\s,;|/]+")
SUITES_MAX = 10


@dataclass(frozen=True, slots=True)
class Trouve:
    """`refus` : pourquoi rien n’est trouvé. `ancien` : le code donné, si un autre lui succède."""

    code: str = ""
    nom: str = ""
    regions: frozenset[str] = frozenset()
    departement: str = ""
    ancien: str = ""
    refus: str = ""

    @property
    def succession(self) -> str:
        """À dire quand le code n’est plus celui d’une commune."""
        if not self.ancien:
            return ""
        return f"La commune {self.ancien} est aujourd’hui dans {self.nom} ({self.code})."


def couper(texte: str) -> list[str]:
    """Plusieurs codes dans une cellule : virgules, points-virgules, espaces ou barres."""
    return [code for code in _SEPARATEURS.split(texte.strip()) if code]


def normaliser(niveau: str, texte: str) -> str:
    """Le code comme l’Insee l’écrit : majuscules, zéro remis devant."""
    code = texte.strip().upper().replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if niveau == NiveauTerritoire.FRANCE and code in {"F", "FRANCE"}:
        return "FR"
    longueur = LONGUEURS.get(niveau, 0)
    est_court = niveau != NiveauTerritoire.EPCI and len(code) == longueur - 1
    return f"0{code}" if est_court and code.isascii() and code.isdigit() else code


def resoudre(niveau: str, codes: Iterable[str]) -> dict[str, Trouve]:
    """Pour chaque code déjà normalisé, le territoire actuel, ou la phrase qui le refuse."""
    demandes = set(codes)
    bien_ecrits = {code for code in demandes if MOTIFS[niveau].fullmatch(code)}
    trouves = _LECTURES[niveau](bien_ecrits)
    trouves |= {code: Trouve(refus=FORMES[niveau]) for code in demandes - bien_ecrits}
    return trouves


def _communes(codes: Collection[str]) -> dict[str, Trouve]:
    """Trois requêtes au plus, et une par étage de successions ; aucune par code."""
    lues = _lire_communes(codes)
    absentes = set(codes) - set(lues)
    suites = {code: suite for code, (_, _, suite) in lues.items() if suite}
    if absentes:
        suites |= {code: chef for code, chef in _anciens_codes().items() if code in absentes}
    for _ in range(SUITES_MAX):
        nouvelles = set(suites.values()) - set(lues)
        if not nouvelles:
            break
        lues |= _lire_communes(nouvelles)
        suites |= {code: suite for code, (_, _, suite) in lues.items() if suite}
    return {code: _commune(code, lues, suites) for code in codes}


Lue = tuple[Trouve, str, str]


def _lire_communes(codes: Collection[str]) -> dict[str, Lue]:
    """(la commune, sa fin ou rien, son successeur ou rien)."""
    lignes = Commune.objects.filter(pk__anyof=codes).values_list(
        "pk", "nom", "region_id", "departement_id", "date_fin", "successeur_id"
    )
    return {
        pk: (
            Trouve(pk, nom, frozenset({region}), departement),
            f"{fin:%d/%m/%Y}" if fin else "",
            suite or "",
        )
        for pk, nom, region, departement, fin, suite in lignes
    }


def _anciens_codes() -> dict[str, str]:
    """Les codes d’anciennes communes et d’arrondissements, et la commune qui les contient."""
    porteuses = Commune.objects.actuelles().exclude(autres_codes=[])
    return {
        ancien: code
        for code, anciens in porteuses.values_list("pk", "autres_codes")
        for ancien in anciens
    }


def _commune(demande: str, lues: Mapping[str, Lue], suites: Mapping[str, str]) -> Trouve:
    code = demande
    for _ in range(SUITES_MAX):
        if code not in suites:
            break
        code = suites[code]
    if code not in lues:
        return Trouve(refus=INCONNUS[NiveauTerritoire.COMMUNE])
    trouvee, fin, _ = lues[code]
    if fin:
        return Trouve(refus=f"{trouvee.nom} n’existe plus depuis le {fin} et n’a pas de suite.")
    if code == demande:
        return trouvee
    return Trouve(trouvee.code, trouvee.nom, trouvee.regions, trouvee.departement, demande)


def _epcis(codes: Collection[str]) -> dict[str, Trouve]:
    regions: dict[str, set[str]] = {}
    membres = Commune.objects.actuelles().filter(epci__pk__anyof=codes)
    for siren, region in membres.values_list("epci_id", "region_id").distinct():
        regions.setdefault(siren, set()).add(region)
    lus = Epci.objects.filter(pk__anyof=codes).values_list("pk", "nom", "date_fin")
    return _sans_suite(
        NiveauTerritoire.EPCI,
        codes,
        {pk: (Trouve(pk, nom, frozenset(regions.get(pk, ()))), fin) for pk, nom, fin in lus},
    )


def _departements(codes: Collection[str]) -> dict[str, Trouve]:
    lus = Departement.objects.filter(pk__anyof=codes).values_list(
        "pk", "nom", "region_id", "date_fin"
    )
    return _sans_suite(
        NiveauTerritoire.DEPARTEMENT,
        codes,
        {pk: (Trouve(pk, nom, frozenset({region}), pk), fin) for pk, nom, region, fin in lus},
    )


def _regions(codes: Collection[str]) -> dict[str, Trouve]:
    lues = Region.objects.filter(pk__anyof=codes).values_list("pk", "nom", "date_fin")
    return _sans_suite(
        NiveauTerritoire.REGION,
        codes,
        {pk: (Trouve(pk, nom, frozenset({pk})), fin) for pk, nom, fin in lues},
    )


def _france(codes: Collection[str]) -> dict[str, Trouve]:
    return {code: Trouve(code, "France") for code in codes}


def _sans_suite(
    niveau: str, codes: Collection[str], lus: Mapping[str, tuple[Trouve, date | None]]
) -> dict[str, Trouve]:
    """Ces territoires n’ont pas de successeur unique : un code fermé est refusé."""
    trouves = {code: Trouve(refus=INCONNUS[niveau]) for code in codes}
    for code, (trouve, fin) in lus.items():
        trouves[code] = Trouve(refus=_ferme(trouve.nom, fin)) if fin else trouve
    return trouves


def _ferme(nom: str, fin: date) -> str:
    return f"{nom} n’existe plus depuis le {fin:%d/%m/%Y}."


_LECTURES = {
    NiveauTerritoire.COMMUNE.value: _communes,
    NiveauTerritoire.EPCI.value: _epcis,
    NiveauTerritoire.DEPARTEMENT.value: _departements,
    NiveauTerritoire.REGION.value: _regions,
    NiveauTerritoire.FRANCE.value: _france,
}
