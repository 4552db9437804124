"""La fin du bilan : partenaires, mots à connaître, contact."""

from collections.abc import Collection, Iterable

from bilans.instantane import Famille, Instantane, Mot
from bilans.mise_en_page.deux_colonnes import Blocs, en_deux
from bilans.mise_en_page.mesures import lignes
from bilans.mise_en_page.mots_ecrits import enumerer, typo

PLACE_AVANT_LE_CONTACT = 190.0


def est_courte(instantane: Instantane, presentes: Collection[str]) -> bool:
    """Vrai si ce qui est présent tient avec le contact sur la dernière page."""
    mots = instantane.mots if "GLOSSAIRE" in presentes else ()
    partenaires = instantane.partenaires if "PARTENAIRES" in presentes else ()
    if not (mots or partenaires):
        return False
    noms = sum(hauteur_du_rang(rang) for rang in par_trois(familles(partenaires, 8)))
    hauteur = 17 + hauteur_des_mots(mots) / 2 + (24 if partenaires else 0) + noms
    return hauteur <= PLACE_AVANT_LE_CONTACT


def hauteur_des_mots(mots: Iterable[Mot]) -> float:
    """Millimètres d’une colonne de mots."""
    return 5.2 * sum(0.6 + _lignes_du_mot(mot) for mot in mots)


def hauteur_du_rang(rang: Iterable[tuple[str, str]]) -> float:
    return max(_hauteur_famille(*famille) for famille in rang)


def _hauteur_famille(libelle: str, noms: str) -> float:
    """Millimètres pris dans un tiers de page."""
    return 4 + 5.7 * lignes(libelle, 12.5, 52, 700) + 5.5 * lignes(noms, 11, 52)


def par_trois(ecrites: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [ecrites[rang : rang + 3] for rang in range(0, len(ecrites), 3)]


def mots_en_deux(mots: tuple[Mot, ...]) -> Blocs[Mot]:
    ecrits = [Mot(terme=typo(m.terme), sigle=m.sigle, definition=typo(m.definition)) for m in mots]
    return en_deux(ecrits, _lignes_du_mot, par_bloc=16)


def _lignes_du_mot(mot: Mot) -> float:
    texte = f"{mot.terme} ({mot.sigle}) : {mot.definition}"
    return 0.4 + lignes(texte, 10.5, 80)


def familles(groupes: tuple[Famille, ...], maximum: int) -> list[tuple[str, str]]:
    return [(f.libelle, enumerer([typo(nom) for nom in f.noms], maximum)) for f in groupes]
