"""Les échéances déjà écrites : le gabarit n’a plus qu’à les poser."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from cls_platform.socle.typographie import date_courte, pluriel
from indicateurs.echeances import DELAI_DU_CONTEXTE, DELAIS, Echeance, EtatEcheance
from indicateurs.echeancier import LigneEcheance
from indicateurs.grille.periodes import code_de
from indicateurs.models import Indicateur, Periodicite

AN = 12
INFRA_ANNUELLES = frozenset(
    {Periodicite.MENSUELLE, Periodicite.TRIMESTRIELLE, Periodicite.SEMESTRIELLE}
)


@dataclass(frozen=True, slots=True)
class Rangee:
    """`adresse` : où la donner ; vide si la personne ne le peut pas. `qui` : les noms."""

    indicateur: Indicateur
    periode: str
    limite: str
    precision: str
    est_en_retard: bool
    qui: tuple[str, ...]
    organisations: tuple[str, ...]
    adresse: str
    geste: str


@dataclass(frozen=True, slots=True)
class Delai:
    rythme: str
    delai: str


def rangees_de(lignes: Iterable[LigneEcheance], permis: Collection[UUID]) -> list[Rangee]:
    return [_rangee(ligne, permis) for ligne in lignes]


def _rangee(ligne: LigneEcheance, permis: Collection[UUID]) -> Rangee:
    est_faite = ligne.etat == EtatEcheance.FAITE
    return Rangee(
        indicateur=ligne.indicateur,
        periode=ligne.echeance.libelle,
        limite=date_courte(ligne.echeance.due_le),
        precision=retard_en_mots(ligne.echeance),
        est_en_retard=ligne.etat == EtatEcheance.EN_RETARD,
        qui=tuple(str(personne) for personne in ligne.personnes),
        organisations=tuple(nom for _, nom in ligne.organisations),
        adresse=adresse_de_saisie(ligne) if ligne.indicateur.pk in permis else "",
        geste="Revoir" if est_faite else "Saisir",
    )


def adresse_de_saisie(ligne: LigneEcheance) -> str:
    """La page même où l’on donne cette valeur ; un mois ou un trimestre y est déjà choisi."""
    periode, pk = ligne.echeance.periode, ligne.indicateur.pk
    est_dans_l_annee = ligne.indicateur.periodicite in INFRA_ANNUELLES
    if not est_dans_l_annee or ligne.etat == EtatEcheance.FAITE:
        return reverse("indicateurs:valeur", args=[pk, periode.annee])
    choix = {"annee": periode.annee, "periode": code_de((periode.debut, periode.fin))}
    return f"{reverse('indicateurs:valeur_ajouter', args=[pk])}?{urlencode(choix, safe='/')}"


def retard_en_mots(echeance: Echeance) -> str:
    """« 12 jours de retard », « 14 mois de retard » ; vide tant que la date n’est pas passée."""
    if not echeance.retard:
        return ""
    mois = echeance.retard // 30
    if mois >= 2:
        return f"{mois} mois de retard"
    return f"{pluriel(echeance.retard, 'jour')} de retard"


def _en_mots(delai: tuple[int, int]) -> str:
    mois, jours = delai
    if jours:
        return pluriel(jours, "jour")
    return f"{mois} mois" if mois < AN or mois % AN else pluriel(mois // AN, "an")


REGLE = (
    *(Delai(rythme.label, _en_mots(DELAIS[rythme.value])) for rythme in Periodicite),
    Delai("Donnée de contexte, publiée par un producteur", _en_mots(DELAI_DU_CONTEXTE)),
)
