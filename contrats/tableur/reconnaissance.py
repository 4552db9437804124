"""Trouver la ligne d’en-tête, puis le champ de chaque colonne."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cls_platform.socle.tableur.cles import cle_a_retenir, cle_d_entete
from cls_platform.socle.tableur.feuille import Feuille, Valeur
from contrats.tableur.cases_budget import cle_de_case
from contrats.tableur.colonnes import COLONNES, PAR_CLE, TEMOIN

LIGNES_REGARDEES = 60
A_LAISSER = ""
_SUITE = re.compile(r"^(.*)\(suite (\d+)\)$", re.DOTALL)
_RANG_FINAL = re.compile(r"^(.*\D)\s*\d+$")


def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for colonne in (*COLONNES, TEMOIN):
        for mot in (colonne.entete, colonne.cle.replace("_", " "), *colonne.synonymes):
            index.setdefault(cle_d_entete(mot), colonne.cle)
    # L’en-tête exporté l’emporte sur un synonyme d’une autre colonne
    index.update({cle_d_entete(colonne.entete): colonne.cle for colonne in COLONNES})
    return index


INDEX = _index()


@dataclass(slots=True)
class Entete:
    """Une colonne du fichier. `champ` vide : inconnue, ou laissée de côté à dessein."""

    rang: int
    texte: str
    champ: str = ""
    suite: int = 0
    est_laissee: bool = False

    @property
    def cle(self) -> str:
        return cle_a_retenir(self.texte)


@dataclass(slots=True)
class Reconnues:
    """`ligne` : rang de la ligne d’en-tête (0 pour la première) ; -1 quand il n’y en a pas."""

    ligne: int = -1
    entetes: list[Entete] = field(default_factory=list)

    @property
    def champs(self) -> set[str]:
        return {e.champ for e in self.entetes if e.champ}

    @property
    def inconnues(self) -> list[Entete]:
        return [e for e in self.entetes if not e.champ and not e.est_laissee]


def champ_de(texte: str, retenues: Mapping[str, str]) -> str | None:
    """Le champ d’un en-tête ; vide s’il est à laisser de côté, None s’il est inconnu."""
    retenu = retenues.get(cle_a_retenir(texte))
    if retenu is not None:
        return retenu
    mot = cle_d_entete(texte)
    if champ := INDEX.get(mot) or cle_de_case(texte):
        return champ
    if (trouve := _RANG_FINAL.match(mot)) and (champ := INDEX.get(trouve[1].strip())):
        return champ if PAR_CLE[champ].est_multiple else None
    return None


def reconnaitre(
    feuille: Feuille,
    retenues: Mapping[str, str] | None = None,
    choisies: Mapping[int, str] | None = None,
) -> Reconnues:
    """`retenues` : en-têtes déjà expliqués par l’équipe ; `choisies` : le choix fait ici."""
    retenues = retenues or {}
    meilleure = Reconnues()
    for rang, ligne in enumerate(feuille.lignes[:LIGNES_REGARDEES]):
        if sum(isinstance(v, str) and bool(v) for v in ligne) < 2 and len(ligne) > 1:
            continue
        essai = _lire_entetes(feuille, rang, retenues)
        if len(essai.champs) > len(meilleure.champs):
            meilleure = essai
    if not meilleure.entetes and choisies:
        return meilleure
    for entete in meilleure.entetes:
        if choisies and entete.rang in choisies:
            entete.champ = choisies[entete.rang]
            entete.est_laissee = not entete.champ
    return meilleure


def _lire_entetes(feuille: Feuille, rang: int, retenues: Mapping[str, str]) -> Reconnues:
    entetes: list[Entete] = []
    for colonne, texte in enumerate(_textes(feuille, rang)):
        if not texte:
            continue
        entete = Entete(colonne, texte)
        nu, entete.suite = _sans_suite(texte)
        champ = champ_de(nu, retenues)
        entete.est_laissee = champ == A_LAISSER
        entete.champ = champ or ""
        entetes.append(entete)
    _departager(entetes)
    return Reconnues(rang, entetes)


def _departager(entetes: list[Entete]) -> None:
    """Un champ simple n’a qu’une colonne : celle qui porte son nom exact, sinon la première."""
    pris: dict[tuple[str, int], Entete] = {}
    for entete in entetes:
        if not entete.champ or PAR_CLE[entete.champ].est_multiple:
            continue
        autre = pris.setdefault((entete.champ, entete.suite), entete)
        if autre is entete:
            continue
        exact = cle_d_entete(PAR_CLE[entete.champ].entete)
        perdante = autre if entete.cle == exact != autre.cle else entete
        pris[entete.champ, entete.suite] = entete if perdante is autre else autre
        perdante.champ = ""


def _textes(feuille: Feuille, rang: int) -> list[str]:
    """Les mots de la ligne ; une case vide prend le mot du dessus, une année celui du groupe."""
    ligne = feuille.lignes[rang]
    dessus = feuille.lignes[rang - 1] if rang else []
    largeur = max(len(ligne), len(dessus))
    textes = []
    for colonne in range(largeur):
        ici = ligne[colonne] if colonne < len(ligne) else None
        haut = dessus[colonne] if colonne < len(dessus) else None
        texte = _mot(ici) or (_mot(haut) if _est_un_champ(_mot(haut)) else "")
        textes.append(_sous_un_groupe(texte, dessus[: colonne + 1]))
    return textes


def _est_un_champ(texte: str) -> bool:
    return cle_d_entete(texte) in INDEX or cle_de_case(texte) is not None


def _sous_un_groupe(texte: str, dessus: list[Valeur]) -> str:
    """« 2026 » sous « Budget », « Réalisé » sous « Budget 2026 » se lisent avec leur groupe."""
    if not texte or _est_un_champ(texte):
        return texte
    groupe = next((mot for valeur in reversed(dessus) if (mot := _mot(valeur))), "")
    ensemble = f"{groupe} {texte}"
    return ensemble if cle_de_case(ensemble) else texte


def _mot(valeur: object) -> str:
    return valeur.strip() if isinstance(valeur, str) else "" if valeur is None else str(valeur)


def _sans_suite(texte: str) -> tuple[str, int]:
    """« Description (suite 2) » est la deuxième part d’un texte trop long pour une cellule."""
    trouve = _SUITE.match(texte)
    return (trouve[1].strip(), int(trouve[2])) if trouve else (texte, 0)
