"""L’état d’une fiche tel qu’une contribution le lit : des textes, par genre, champ et objet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contrats.models import Action, Contribution, GenreElement, Jalon
from contrats.models.contribution import RIEN_DE_NOUVEAU
from contrats.services.journal import TEXTES
from indicateurs.models import Calcul, Indicateur, Mesure

STATUT, FAIT_LE, VALEUR = "statut", "fait_le", "valeur"
CHAMPS_DE_NOTE = (*TEXTES[:1], "participants", *TEXTES[1:])
Valeurs = dict[str, str]


@dataclass(frozen=True, slots=True)
class EtatLu:
    """Une fiche, ses étapes, ses indicateurs et leur valeur de l’année, la note déjà écrite."""

    action: Action
    annee: int
    jalons: Mapping[UUID, Jalon]
    indicateurs: Mapping[UUID, Indicateur]
    mesures: Mapping[UUID, Mesure]
    note: Any

    def valeur(self, genre: str, champ: str, objet: UUID | None) -> Valeurs | None:
        """La valeur d’aujourd’hui ; None si l’étape ou l’indicateur n’existe plus."""
        if genre == GenreElement.STATUT:
            return {"statut": self.action.statut, "raison": self.action.statut_raison}
        if genre == GenreElement.NOTE:
            ecrite = self.note and champ != RIEN_DE_NOUVEAU
            ecrit = getattr(self.note, champ) if ecrite else None
            return {champ: "" if ecrit is None else str(ecrit)}
        if objet is None:
            return None
        if genre == GenreElement.ETAPE:
            return _de_l_etape(self.jalons.get(objet))
        return self._de_l_indicateur(objet)

    def _de_l_indicateur(self, objet: UUID) -> Valeurs | None:
        indicateur = self.indicateurs.get(objet)
        if indicateur is None:
            return None
        mesure = self.mesures.get(objet)
        noms = ("numerateur", "denominateur") if indicateur.est_ratio else ("valeur",)
        return {nom: en_texte(getattr(mesure, nom) if mesure else None) for nom in noms}


def _de_l_etape(jalon: Jalon | None) -> Valeurs | None:
    if jalon is None:
        return None
    return {"fait_le": jalon.fait_le.isoformat() if jalon.fait_le else ""}


def en_texte(nombre: Any) -> str:
    """Un nombre tel qu’il se garde : « 12.5 », sans zéro de trop."""
    return "" if nombre is None else f"{nombre.normalize():f}"


def lire(contribution: Contribution) -> EtatLu:
    """L’état de la fiche aujourd’hui ; trois requêtes. Une valeur calculée ne se demande pas."""
    action, annee = contribution.action, contribution.lien.annee
    saisis = Indicateur.objects.filter(actions=action, calcul=Calcul.SAISIE)
    mesures = (
        Mesure.objects.filter(indicateur__actions=action).de_l_ensemble().de_l_annee_entiere(annee)
    )
    return EtatLu(
        action=action,
        annee=annee,
        jalons={jalon.pk: jalon for jalon in action.jalons.dans_l_ordre()},
        indicateurs={
            indicateur.pk: indicateur
            for indicateur in saisis.select_related("contrat").dans_l_ordre()
        },
        mesures={mesure.indicateur_id: mesure for mesure in mesures},
        note=contribution.note,
    )
