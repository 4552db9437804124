"""Les champs d’une fiche action, dans l’ordre de lecture : une seule table pour toutes les pages.

La fiche, le formulaire entier et la modification en place la lisent.
"""

from dataclasses import dataclass
from enum import StrEnum

from contrats.models import ChampLibre
from contrats.models.vocabulaire_liens import PREFIXE_LIBRE


class Genre(StrEnum):
    """Comment une valeur s’écrit à l’écran."""

    LIGNE = "ligne"
    TEXTE = "texte"
    CHOIX = "choix"
    CASE = "case"
    LISTE = "liste"
    LIBRE = "libre"
    COMPOSE = "compose"


@dataclass(frozen=True, slots=True)
class ChampEnPlace:
    """Ce qui se change d’un seul geste : un champ, ou deux qui vont ensemble.

    `est_courant` : montré même vide. Les autres se replient tant qu’ils n’ont rien à dire.
    """

    nom: str
    libelle: str
    aide: str
    champs: tuple[str, ...]
    manque: str = ""
    genre: Genre = Genre.COMPOSE
    est_courant: bool = True


@dataclass(frozen=True, slots=True)
class Panneau:
    """Une section de la fiche."""

    cle: str
    titre: str
    champs: tuple[ChampEnPlace, ...]


def _champ(
    nom: str,
    libelle: str,
    genre: Genre,
    manque: str = "",
    aide: str = "",
    *champs: str,
    rare: bool = False,
) -> ChampEnPlace:
    return ChampEnPlace(nom, libelle, aide, champs or (nom,), manque, genre, not rare)


DESCRIPTION = (
    _champ("titre", "Titre", Genre.LIGNE),
    _champ("contexte", "Constat du diagnostic", Genre.TEXTE,
           "Dire d’où vient cette action", "Pourquoi cette action"),
    _champ("objectif_general", "Objectif général", Genre.TEXTE,
           "Dire le but de l’action", "Ce que l’action veut changer"),
    _champ("objectifs_operationnels", "Objectifs opérationnels", Genre.TEXTE,
           "Ajouter les objectifs opérationnels", "Un par ligne", rare=True),
    _champ("description", "Description", Genre.TEXTE,
           "Décrire ce qui sera fait", "Ce qui sera fait, concrètement"),
    _champ("resultats_attendus", "Résultats attendus", Genre.TEXTE,
           "Dire ce qui doit changer", "Ce qui aura changé"),
    _champ("resume_public", "En mots simples", Genre.TEXTE,
           "Résumer l’action pour les habitants", "Ce que lit un habitant"),
)  # fmt: skip
PUBLICS = (
    _champ("populations", "Publics", Genre.LISTE, "Choisir les publics", "Pour qui"),
    _champ("communes", "Communes", Genre.LISTE, "Choisir les communes",
           "Aucune cochée : tout le périmètre", rare=True),
    _champ("quartiers", "Quartiers et lieux", Genre.LIGNE,
           "Nommer les quartiers ou les lieux", "Quartiers prioritaires, lieux", rare=True),
    _champ("participation", "Participation des habitants", Genre.COMPOSE,
           "Dire comment les habitants participent", "", "participation", "participation_detail",
           rare=True),
)  # fmt: skip
PILOTAGE = (
    _champ("pilote", "Pilote", Genre.COMPOSE, "Choisir un pilote", "Qui fait avancer l’action",
           "pilote", "pilote_personne", "pilote_nom"),
    _champ("services_pilotes", "Services pilotes", Genre.LIGNE, "Nommer les services",
           "Directions ou services", rare=True),
    _champ("elu_referent", "Élu référent", Genre.LIGNE, "Nommer l’élu ou l’élue",
           "Qui porte l’action politiquement", rare=True),
    _champ("copilotes", "Copilotes", Genre.LISTE, "Ajouter des copilotes", "", rare=True),
    _champ("partenaires", "Partenaires", Genre.LISTE, "Ajouter des partenaires"),
    _champ("intervenants", "Intervenants", Genre.LISTE, "Ajouter des intervenants",
           "Qui agit auprès du public", rare=True),
    _champ("financeurs", "Financeurs", Genre.LISTE, "Ajouter des financeurs",
           "Les montants sont dans l’onglet Budget", rare=True),
    _champ("instance", "Instance de suivi", Genre.LIGNE, "Nommer l’instance",
           "Où l’action est discutée", rare=True),
)  # fmt: skip
CALENDRIER = (
    _champ("calendrier", "Calendrier", Genre.COMPOSE, "Donner une échéance", "",
           "date_debut", "date_fin"),
    _champ("est_annuelle", "Tous les ans", Genre.CASE, "Dire si l’action revient", "", rare=True),
    _champ("echeancier", "Échéancier", Genre.TEXTE, "Décrire les grandes périodes", "", rare=True),
)  # fmt: skip
MOYENS = (
    _champ("moyens", "Moyens", Genre.TEXTE, "Dire les moyens humains et matériels",
           "Humains et matériels", rare=True),
    _champ("modalites_evaluation", "Évaluation", Genre.TEXTE,
           "Dire comment l’action sera évaluée", "Méthode, source des données"),
    _champ("freins", "Freins", Genre.TEXTE, "Noter ce qui freine", "", rare=True),
    _champ("leviers", "Leviers", Genre.TEXTE, "Noter ce qui aide", "", rare=True),
)  # fmt: skip
RATTACHEMENTS = (
    _champ("place", "Place dans le plan", Genre.COMPOSE, "Rattacher à un axe",
           "Axe, objectif et numéro", "axe", "objectif", "numero"),
    _champ("themes", "Thèmes", Genre.LISTE, "Choisir les thèmes"),
    _champ("sous_themes", "Sous-thèmes", Genre.LISTE, "Choisir les sous-thèmes", "", rare=True),
    _champ("priorite", "Priorité", Genre.CHOIX, "Donner une priorité", "", rare=True),
    _champ("origine", "Origine", Genre.COMPOSE, "Dire si l’action est nouvelle", "",
           "origine", "action_precedente", rare=True),
    _champ("types_action", "Types d’action", Genre.LISTE, "Choisir les types d’action", "",
           rare=True),
    _champ("niveau_prevention", "Niveau de prévention", Genre.CHOIX, "Choisir un niveau", "",
           rare=True),
    _champ("determinants", "Déterminants de santé", Genre.LISTE, "Choisir les déterminants",
           "Sur quoi l’action agit", rare=True),
    _champ("ottawa", "Charte d’Ottawa", Genre.LISTE, "Choisir les axes de la charte", "",
           rare=True),
    _champ("objectifs_regionaux", "Projet régional de santé", Genre.LISTE,
           "Relier au projet régional", "Objectifs de la région du contrat", rare=True),
    _champ("autres_plans", "Autres plans", Genre.COMPOSE, "Relier à d’autres plans",
           "ASV, CLSM, PAT…", "dispositifs", "autres_plans", rare=True),
)  # fmt: skip
PUBLICATION = (
    _champ("est_publique", "Visible du public", Genre.COMPOSE),
    _champ("est_restreinte", "Qui la lit", Genre.COMPOSE),
)
STATUT = _champ(
    "statut", "Statut", Genre.COMPOSE, "", "", "statut", "statut_raison", "statut_est_impose"
)
PANNEAUX = (
    Panneau("description", "Description", DESCRIPTION),
    Panneau("publics", "Publics et territoire", PUBLICS),
    Panneau("pilotage", "Pilotage et partenaires", PILOTAGE),
    Panneau("calendrier", "Calendrier", CALENDRIER),
    Panneau("moyens", "Moyens et évaluation", MOYENS),
    Panneau("rattachements", "Rattachements", RATTACHEMENTS),
    Panneau("publication", "Publication", PUBLICATION),
)
CHAMPS_EN_PLACE = {champ.nom: champ for champ in (STATUT, *(c for p in PANNEAUX for c in p.champs))}
CHERCHENT_UNE_ORGANISATION = frozenset(
    {"pilote", "copilotes", "partenaires", "intervenants", "financeurs"}
)


def cle_libre(champ: ChampLibre) -> str:
    """Le nom, dans un formulaire ou une écriture, d’un champ propre à un contrat."""
    return f"{PREFIXE_LIBRE}{champ.pk}"


def champ_libre_en_place(champ: ChampLibre) -> ChampEnPlace:
    cle = cle_libre(champ)
    return ChampEnPlace(
        cle, champ.libelle, champ.aide, (cle,), "Renseigner", Genre.LIBRE, est_courant=False
    )


def panneau_du_contrat(champs: list[ChampLibre]) -> Panneau:
    """Les champs que le contrat ajoute, juste avant la publication."""
    return Panneau("contrat", "Champs du contrat", tuple(map(champ_libre_en_place, champs)))


def panneaux(champs: list[ChampLibre]) -> tuple[Panneau, ...]:
    if not champs:
        return PANNEAUX
    return (*PANNEAUX[:-1], panneau_du_contrat(champs), PANNEAUX[-1])
