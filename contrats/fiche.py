"""Une fiche action à l’écran : ses repères, ses champs au repos, son journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from contrats import adresses, affichage, valeurs_affichees
from contrats.champs_fiche import (
    CHAMPS_EN_PLACE,
    ChampEnPlace,
    Genre,
    Panneau,
    champ_libre_en_place,
    cle_libre,
)
from contrats.champs_fiche import panneaux as panneaux_de_la_fiche
from contrats.completude import Completude, Critere
from contrats.forms.valeurs_action import valeurs_de

# Une Action de `pour_fiche` : elle porte aussi `statut_affiche` et `avancement`
FicheLue = Any
MANQUE_ECHEANCE = format_html('<span class="manque">{}</span>', "Sans échéance")
# Le champ contient déjà la valeur rafraîchie
MONTREE_PAR_LE_PLAN = {"statut": "statut-{}", "calendrier": "echeance-{}"}
MONTREE_PAR_LA_FICHE = {"statut": "statut-{}"}


@dataclass(frozen=True, slots=True)
class ChampAffiche:
    """Les paramètres de `composants/enplace.html`."""

    identifiant: str
    nom: str
    valeur: SafeString | str
    adresse: str
    aide: str = ""
    manque: str = ""
    enregistre: str = ""
    raison: str = ""
    lien: str = ""
    multiligne: bool = False


@dataclass(frozen=True, slots=True)
class Entete:
    """Les faits d’une fiche, déjà écrits."""

    numero: str
    titre: str
    pilote: SafeString | str
    echeance: SafeString | str
    avancement: SafeString


def nom_court(action: FicheLue) -> str:
    return f"Fiche {action.numero}" if action.numero else "Fiche"


def a_plat(action: FicheLue) -> dict[str, Any]:
    """Une action de `pour_fiche` comme une ligne de `pour_plan`."""
    personne = action.pilote_personne
    return {
        "id": action.pk,
        "numero": action.numero,
        "titre": action.titre,
        "statut_affiche": action.statut_affiche,
        "date_fin": action.date_fin,
        "pilote__nom": action.pilote.nom if action.pilote else None,
        "pilote_personne__prenom": personne.prenom if personne else None,
        "pilote_personne__nom": personne.nom if personne else None,
        "pilote_nom": action.pilote_nom,
        "avancement": action.avancement,
    }


def entete(action: FicheLue, le: date) -> Entete:
    plate = a_plat(action)
    return Entete(
        numero=action.numero,
        titre=action.titre,
        pilote=affichage.pilote(affichage.nom_du_pilote(plate)) or affichage.SANS_PILOTE,
        echeance=affichage.echeance(plate, le) or MANQUE_ECHEANCE,
        avancement=affichage.avancement(action.avancement),
    )


def cellule(
    action: FicheLue, nom: str, *, est_modifiable: bool, le: date, enregistre: str = ""
) -> ChampAffiche:
    """Le même champ, tel que le plan le montre."""
    plate = a_plat(action)
    valeurs = {
        "titre": ("titre", action.titre, ""),
        "statut": ("statut", valeurs_affichees.statut(action), ""),
        "pilote": (
            "pilote",
            affichage.pilote(affichage.nom_du_pilote(plate)),
            affichage.SANS_PILOTE,
        ),
        "calendrier": (
            "échéance",
            affichage.reperee("echeance", action.pk, affichage.echeance(plate, le)),
            "Sans échéance",
        ),
    }
    libelle, valeur, manque = valeurs[nom]
    return ChampAffiche(
        identifiant=affichage.identifiant(nom, action.pk),
        nom=libelle,
        valeur=valeur,
        adresse=affichage.adresse_du_champ(action.pk, nom) if est_modifiable else "",
        manque=manque,
        enregistre=enregistre,
        lien=affichage.adresse_de(action.pk) if nom == "titre" else "",
    )


def dependances(action: FicheLue, nom: str, le: date, *, dans_le_plan: bool) -> dict[str, Any]:
    """Ce qu’un changement fait bouger ailleurs dans la page : identifiant, nouveau contenu."""
    plate, cle = a_plat(action), action.pk
    toutes = {
        f"statut-{cle}": affichage.statut(action.statut_affiche, plein=not dans_le_plan),
        f"echeance-{cle}": affichage.echeance(plate, le),
        f"avancement-{cle}": affichage.avancement(action.avancement),
    }
    if dans_le_plan:
        toutes = {cible: contenu for cible, contenu in toutes.items() if contenu}
        toutes.pop(MONTREE_PAR_LE_PLAN.get(nom, "").format(cle), None)
    else:
        toutes.pop(MONTREE_PAR_LA_FICHE.get(nom, "").format(cle), None)
        faits = entete(action, le)
        toutes |= {f"titre-{cle}": faits.titre, f"pilote-{cle}": faits.pilote}
        toutes[f"echeance-{cle}"] = faits.echeance
    return toutes


def champ(
    action: FicheLue,
    nom: str,
    *,
    est_modifiable: bool,
    le: date,
    enregistre: str = "",
    definition: ChampEnPlace | None = None,
    valeurs: Mapping[str, Any] | None = None,
) -> ChampAffiche:
    """Un champ au repos ; `valeurs`, déjà lues pour toute la fiche, évitent de les relire."""
    definition = definition or definition_de(action, nom)
    return ChampAffiche(
        identifiant=affichage.identifiant(nom, action.pk),
        nom=definition.libelle.lower(),
        valeur=valeurs_affichees.ecrire(action, definition, valeurs),
        adresse=affichage.adresse_du_champ(action.pk, nom) if est_modifiable else "",
        aide=definition.aide,
        manque=definition.manque if est_modifiable else "Non renseigné",
        enregistre=enregistre,
        multiligne=definition.genre == Genre.TEXTE,
    )


def definition_de(action: FicheLue, nom: str) -> ChampEnPlace:
    """Un champ de la table, ou un champ du contrat. Lève KeyError."""
    if nom in CHAMPS_EN_PLACE:
        return CHAMPS_EN_PLACE[nom]
    libres = {cle_libre(c): c for c in action.contrat.champs_libres.actifs()}
    return champ_libre_en_place(libres[nom])


@dataclass(frozen=True, slots=True)
class PanneauAffiche:
    """Ce qui se montre, et ce qui, vide, attend replié."""

    cle: str
    titre: str
    montres: list[tuple[ChampEnPlace, ChampAffiche]]
    replies: list[tuple[ChampEnPlace, ChampAffiche]]


def panneaux(action: FicheLue, ouverts: frozenset[str], le: date) -> list[PanneauAffiche]:
    """La fiche, section par section. Le nombre de requêtes ne dépend que du nombre de listes."""
    libres = list(action.contrat.champs_libres.actifs())
    sections = panneaux_de_la_fiche(libres)
    tous = {nom for section in sections for c in section.champs for nom in c.champs}
    valeurs = valeurs_de(action, tous) | valeurs_affichees.genres_des_libres(libres)
    affiches = []
    for section in sections:
        champs = [
            (
                definition,
                champ(
                    action,
                    definition.nom,
                    est_modifiable=ouverts.issuperset(definition.champs),
                    le=le,
                    definition=definition,
                    valeurs=valeurs,
                ),
            )
            for definition in section.champs
        ]
        affiches.append(_panneau(section, champs))
    return [p for p in affiches if p.montres or p.replies]


def _panneau(section: Panneau, champs: list[tuple[ChampEnPlace, ChampAffiche]]) -> PanneauAffiche:
    """Un champ rare et vide ne se montre pas à qui ne peut pas le remplir."""
    montres = [(d, c) for d, c in champs if c.valeur or d.est_courant]
    vides = [(d, c) for d, c in champs if not (c.valeur or d.est_courant)]
    return PanneauAffiche(
        section.cle, section.titre, montres, [(d, c) for d, c in vides if c.adresse]
    )


@dataclass(frozen=True, slots=True)
class Manque:
    """Un élément qui manque et le geste qui y mène ; `champ` : l’éditeur à ouvrir dans la page."""

    libelle: str
    adresse: str
    champ: str = ""


def manques(action: FicheLue, complet: Completude, ouverts: frozenset[str]) -> list[Manque]:
    """Du plus au moins important ; un lien ouvre le champ, ou l’onglet où l’écrire."""
    return [_manque(action, critere, ouverts) for critere in complet.manques]


def _manque(action: FicheLue, critere: Critere, ouverts: frozenset[str]) -> Manque:
    adresse = ou_remplir(critere, action.pk)
    if critere.est_ailleurs:
        return Manque(critere.libelle, adresse if ouverts else "")
    if ouverts.issuperset(CHAMPS_EN_PLACE[critere.champ].champs):
        return Manque(critere.libelle, adresse, affichage.identifiant(critere.champ, action.pk))
    return Manque(critere.libelle, "")


def ou_remplir(critere: Critere, action: UUID) -> str:
    """L’adresse du champ, ou de l’onglet, où écrire ce qui manque."""
    if critere.est_ailleurs:
        return adresses.adresse_de(critere.ou, action)
    return affichage.adresse_du_champ(action, critere.champ)
