"""Ce que la page de la liste de travail montre : colonnes, puces, cellules."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cls_platform.socle import presentation, typographie
from cls_platform.socle.navigation import Entree
from contrats.a_faire.ligne import LigneAFaire
from contrats.a_faire.liste import ListeAFaire
from contrats.a_faire.situations import Motif, Situation
from contrats.adresses import adresse_avec
from contrats.filtres_a_faire import A_VOIR, AFaireFilterSet, Voir

# Signe et ton de chaque situation : la forme, le mot et la couleur disent la même chose
SIGNES: dict[str, tuple[str, str]] = {
    Situation.ECHU: ("EN_RETARD", "t-attention"),
    Situation.FINIT_BIENTOT: ("EN_RETARD", "t-attention"),
    Situation.A_SIGNER: ("SIGNATURE", "t-succes"),
    Situation.EN_PROJET: ("EN_COURS", "t-accent"),
    Situation.SIGNE: ("MISE_EN_OEUVRE", "t-info"),
    Situation.SANS_CONTRAT: ("A_VENIR", "t-neutre"),
}
VOUS = "vous"
# Filtre, seuil, mot : ce que les puces proposent ; toute autre valeur s’écrit dans l’adresse
SEUILS = (
    ("population_min", 20_000, f"20{typographie.FINE}000 habitants et plus"),
    ("pauvrete_min", 15, f"Pauvreté de 15{typographie.FINE}% et plus"),
    ("sous_dense_min", 50, "La moitié en zone sous-dense"),
)


@dataclass(frozen=True, slots=True)
class Colonnes:
    """Une colonne qui dirait partout la même chose ne se montre pas."""

    situation: bool
    region: bool
    delegation: bool
    pauvrete: bool
    sous_dense: bool


@dataclass(frozen=True, slots=True)
class RangeeAFaire:
    """Une ligne prête à écrire ; les cellules qui changent sur place ont un identifiant."""

    ligne: LigneAFaire
    situation: SafeString
    referent: SafeString
    referent_nom: str
    pauvrete: str
    sous_dense: str
    veille: str

    @property
    def cle(self) -> str:
        return self.ligne.cle


def rangee(ligne: LigneAFaire, moi: Any) -> RangeeAFaire:
    nom = VOUS if ligne.suivi.referent == moi.pk else ligne.suivi.referent_nom
    return RangeeAFaire(
        ligne=ligne,
        situation=situation(ligne),
        referent=personne(ligne.suivi.referent_nom, nom) if nom else SafeString(),
        referent_nom=nom,
        pauvrete="" if ligne.pauvrete is None else typographie.pourcent(ligne.pauvrete / 100),
        sous_dense="" if ligne.sous_dense is None else typographie.pourcent(ligne.sous_dense, 0),
        veille=_veille(ligne),
    )


def situation(ligne: LigneAFaire) -> SafeString:
    signe, ton = SIGNES[ligne.situation]
    return format_html(
        '<span class="statut {}">{}{}</span>',
        ton,
        presentation.icone(f"st-{signe}", "forme"),
        ligne.situation_libelle,
    )


def personne(nom: str, ecrit: str) -> SafeString:
    return format_html('<span class="personne">{}{}</span>', presentation.pastille(nom), ecrit)


def _veille(ligne: LigneAFaire) -> str:
    jusqu_au = ligne.suivi.en_veille_jusqu_au
    if ligne.est_en_veille and jusqu_au:
        return f"En veille jusqu’au {typographie.date_longue(jusqu_au)}"
    if ligne.retour_le:
        return f"Revenue de veille le {typographie.date_longue(ligne.retour_le)}"
    return ""


def colonnes(lignes: Iterable[LigneAFaire]) -> Colonnes:
    """`lignes` : celles que les filtres gardent."""
    montrees = list(lignes)
    return Colonnes(
        situation=len({ligne.situation for ligne in montrees}) > 1,
        region=len({ligne.region for ligne in montrees}) > 1,
        delegation=len({ligne.departement_nom for ligne in montrees}) > 1,
        pauvrete=any(ligne.pauvrete is not None for ligne in montrees),
        sous_dense=any(ligne.sous_dense is not None for ligne in montrees),
    )


def donnees_qui_manquent(liste: ListeAFaire) -> str:
    """Ce qui rangerait aussi les territoires sans contrat et n’est pas chargé ; vide sinon."""
    sans_contrat = [ligne for ligne in liste if not ligne.est_contrat]
    if not sans_contrat:
        return ""
    manques = [
        nom
        for nom, est_lu in (
            ("taux de pauvreté", any(li.pauvrete is not None for li in sans_contrat)),
            ("zonage des médecins", any(li.sous_dense is not None for li in sans_contrat)),
        )
        if not est_lu
    ]
    return " ni ".join(manques)


# Puces ----------------------------------------------------------------------------------------


def puces(filtre: AFaireFilterSet, parametres: QueryDict, liste: ListeAFaire) -> list[Entree]:
    """Une puce pose son filtre, ou le retire s’il est posé ; à zéro et inactive, elle manque."""
    toutes = [
        *(_puce_du_motif(filtre, parametres, motif) for motif in Motif),
        *_puces_des_seuils(filtre, parametres),
        _puce(filtre, parametres, "a_moi", "true", "À moi", lambda li: _est_a(filtre, li)),
        *_puce_de_la_delegation(filtre, parametres, liste),
        _puce(filtre, parametres, "voir", Voir.VEILLE, "En veille", A_VOIR[Voir.VEILLE]),
        _puce(filtre, parametres, "voir", Voir.TOUT, "Tout voir", A_VOIR[Voir.TOUT]),
    ]
    return [puce for puce in toutes if puce.est_courante or puce.compte != "0"]


def _est_a(filtre: AFaireFilterSet, ligne: LigneAFaire) -> bool:
    return bool(ligne.suivi.referent == filtre.utilisateur.pk)


def _puce_du_motif(filtre: AFaireFilterSet, parametres: QueryDict, motif: Motif) -> Entree:
    libelle = str(motif.label)
    if motif == Motif.SANS_BILAN:
        libelle = f"Sans bilan {filtre.le.year - 1}"
    return _puce(
        filtre, parametres, "motif", motif.value, libelle, lambda ligne: motif.value in ligne.motifs
    )


def _puces_des_seuils(filtre: AFaireFilterSet, parametres: QueryDict) -> list[Entree]:
    """Parmi les territoires sans contrat : les plus peuplés, les plus pauvres, les sous-denses."""
    if Motif.SANS_CONTRAT not in parametres.getlist("motif"):
        return []
    return [
        _puce(filtre, parametres, nom, str(seuil), libelle, filtre.condition(nom, seuil))
        for nom, seuil, libelle in SEUILS
    ]


def _puce_de_la_delegation(
    filtre: AFaireFilterSet, parametres: QueryDict, liste: ListeAFaire
) -> Iterable[Entree]:
    """Ma délégation, si je vois davantage qu’elle."""
    siennes = sorted(liste.ressort.delegations)
    if len(siennes) != 1 or not liste.ressort.regions_entieres:
        return []
    (code,) = siennes
    return [
        _puce(
            filtre,
            parametres,
            "departement",
            code,
            "Ma délégation",
            lambda ligne: code in ligne.departements,
        )
    ]


def _puce(
    filtre: AFaireFilterSet,
    parametres: QueryDict,
    nom: str,
    valeur: str,
    libelle: str,
    condition: Any,
) -> Entree:
    est_posee = valeur in parametres.getlist(nom)
    adresse = adresse_avec(
        reverse("contrats:a_faire"), parametres, {nom: None if est_posee else valeur}
    )
    nombre = typographie.nombre(filtre.nombre(nom, condition))
    return Entree(libelle, adresse, compte=nombre, est_courante=est_posee)
