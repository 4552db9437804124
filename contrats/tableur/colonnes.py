"""Les colonnes échangées : leur en-tête, les mots sous lesquels on les rencontre, leur genre.

Ajouter une colonne : une ligne ici, et son genre dans `valeurs.py` (lire) et `etat.py` (écrire).
Celles d’argent sont à part : il y en a une par année (`cases_budget.py`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from contrats.etats import StatutAction
from contrats.models import (
    AxeOttawa,
    Determinant,
    Dispositif,
    NiveauObjectif,
    NiveauParticipation,
    NiveauPrevention,
    ObjectifRegional,
    OrigineAction,
    Population,
    Priorite,
    RoleActeur,
    SousTheme,
    Theme,
    TypeAction,
)
from contrats.tableur.cases_budget import CASES
from contrats.tableur.synonymes import SYNONYMES


class Genre(StrEnum):
    IDENTIFIANT = "identifiant"
    VERSION = "version"
    NIVEAU = "niveau"
    NUMERO = "numero"
    LIGNE = "ligne"
    TEXTE = "texte"
    CHOIX = "choix"
    DEBUT = "debut"
    FIN = "fin"
    PERIODE = "periode"
    OUI_NON = "oui_non"
    PILOTE = "pilote"
    ROLE = "role"
    PERSONNE = "personne"
    LISTE = "liste"
    COMMUNES = "communes"
    ETAPES = "etapes"
    MONTANT = "montant"
    TEMOIN = "temoin"


@dataclass(frozen=True, slots=True)
class Colonne:
    """`reference` : l’énumération, la nomenclature, le niveau, le rôle ou la case du budget."""

    cle: str
    entete: str
    genre: Genre
    longueur: int = 0
    reference: Any = None
    largeur: int = 24
    synonymes: tuple[str, ...] = field(default=())

    @property
    def est_multiple(self) -> bool:
        """Deux colonnes de ce nom s’ajoutent (« Partenaire 1 », « Partenaire 2 »)."""
        return self.genre in {Genre.ROLE, Genre.LISTE, Genre.COMMUNES, Genre.ETAPES}


def _colonne(cle: str, entete: str, genre: Genre, **options: Any) -> Colonne:
    return Colonne(cle, entete, genre, synonymes=SYNONYMES.get(cle, ()), **options)


N = NiveauObjectif
COLONNES: tuple[Colonne, ...] = (
    _colonne("identifiant", "Identifiant", Genre.IDENTIFIANT, largeur=12),
    _colonne("version", "Version", Genre.VERSION, largeur=8),
    _colonne("axe", "Axe", Genre.NIVEAU),
    _colonne("sous_axe", "Sous-axe", Genre.NIVEAU, reference=N.SOUS_AXE),
    _colonne("objectif_strategique", "Objectif stratégique", Genre.NIVEAU, reference=N.STRATEGIQUE),
    _colonne("niveau_general", "Objectif général du plan", Genre.NIVEAU, reference=N.GENERAL),
    _colonne(
        "objectif_operationnel", "Objectif opérationnel", Genre.NIVEAU, reference=N.OPERATIONNEL
    ),
    _colonne("objectif_specifique", "Objectif spécifique", Genre.NIVEAU, reference=N.SPECIFIQUE),
    _colonne("numero", "Numéro", Genre.NUMERO, longueur=20, largeur=9),
    _colonne("titre", "Titre", Genre.LIGNE, longueur=250, largeur=44),
    _colonne("statut", "Statut", Genre.CHOIX, reference=StatutAction, largeur=18),
    _colonne("statut_raison", "Raison du statut", Genre.LIGNE, longueur=300),
    _colonne("priorite", "Priorité", Genre.CHOIX, reference=Priorite, largeur=10),
    _colonne("date_debut", "Début", Genre.DEBUT, largeur=12),
    _colonne("date_fin", "Échéance", Genre.FIN, largeur=12),
    _colonne("periode", "Période", Genre.PERIODE),
    _colonne("est_annuelle", "Se répète tous les ans", Genre.OUI_NON, largeur=12),
    _colonne("pilote", "Pilote", Genre.PILOTE),
    _colonne("services_pilotes", "Services pilotes", Genre.LIGNE, longueur=150),
    _colonne("personne_pilote", "Personne pilote", Genre.PERSONNE, longueur=120),
    _colonne("copilotes", "Copilotes", Genre.ROLE, reference=RoleActeur.COPILOTE),
    _colonne("partenaires", "Partenaires", Genre.ROLE, reference=RoleActeur.PARTENAIRE),
    _colonne("intervenants", "Intervenants", Genre.ROLE, reference=RoleActeur.INTERVENANT),
    _colonne("elu_referent", "Élu référent ou élue référente", Genre.LIGNE, longueur=120),
    _colonne("contexte", "Constat du diagnostic", Genre.TEXTE, largeur=40),
    _colonne("objectif_general", "Objectif général", Genre.TEXTE, largeur=40),
    _colonne("objectifs_operationnels", "Objectifs opérationnels", Genre.TEXTE, largeur=40),
    _colonne("description", "Description", Genre.TEXTE, largeur=50),
    _colonne("etapes", "Étapes", Genre.ETAPES, longueur=250, largeur=44),
    _colonne("echeancier", "Échéancier", Genre.TEXTE),
    _colonne("publics", "Publics", Genre.LISTE, reference=("populations", Population)),
    _colonne("communes", "Communes", Genre.COMMUNES),
    _colonne("quartiers", "Quartiers et lieux", Genre.LIGNE, longueur=250),
    _colonne("themes", "Thèmes", Genre.LISTE, reference=("themes", Theme)),
    _colonne("sous_themes", "Sous-thèmes", Genre.LISTE, reference=("sous_themes", SousTheme)),
    _colonne(
        "determinants",
        "Déterminants de santé",
        Genre.LISTE,
        reference=("determinants", Determinant),
    ),
    _colonne("types_action", "Types d’action", Genre.LISTE, reference=("types_action", TypeAction)),
    _colonne("ottawa", "Charte d’Ottawa", Genre.LISTE, reference=("ottawa", AxeOttawa)),
    _colonne("niveau_prevention", "Niveau de prévention", Genre.CHOIX, reference=NiveauPrevention),
    _colonne(
        "objectifs_regionaux",
        "Objectifs du projet régional de santé",
        Genre.LISTE,
        reference=("objectifs_regionaux", ObjectifRegional),
    ),
    _colonne("dispositifs", "Autres plans", Genre.LISTE, reference=("dispositifs", Dispositif)),
    _colonne("autres_plans", "Précisions sur les autres plans", Genre.LIGNE, longueur=250),
    _colonne(
        "participation", "Participation des habitants", Genre.CHOIX, reference=NiveauParticipation
    ),
    _colonne("participation_detail", "Comment les habitants participent", Genre.TEXTE),
    _colonne("moyens", "Moyens", Genre.TEXTE),
    _colonne("resultats_attendus", "Résultats attendus", Genre.TEXTE, largeur=40),
    _colonne("modalites_evaluation", "Modalités d’évaluation", Genre.TEXTE),
    _colonne("freins", "Freins", Genre.TEXTE),
    _colonne("leviers", "Leviers", Genre.TEXTE),
    _colonne("origine", "Origine", Genre.CHOIX, reference=OrigineAction),
    _colonne("instance", "Instance de suivi", Genre.LIGNE, longueur=150),
    _colonne("resume_public", "En mots simples, pour les habitants", Genre.TEXTE, largeur=40),
    _colonne("est_publique", "Visible du public", Genre.OUI_NON, largeur=10),
    _colonne("est_restreinte", "Lue par l’équipe du plan seulement", Genre.OUI_NON, largeur=10),
)
MONTANTS = tuple(
    _colonne(case.cle, case.entete, Genre.MONTANT, reference=case, largeur=14) for case in CASES
)
# Les montants tels qu’ils sortent : ce qui a changé en ligne depuis se voit au retour
TEMOIN = _colonne("montants_exportes", "Montants à l’export", Genre.TEMOIN, largeur=12)
PAR_CLE = {colonne.cle: colonne for colonne in (*COLONNES, *MONTANTS, TEMOIN)}
NIVEAUX = tuple(c for c in COLONNES if c.genre is Genre.NIVEAU)
# Lues seulement : une période s’écrit en Début et Échéance
LUES_SEULEMENT = frozenset({"periode"})
EXPORTEES = tuple(c for c in COLONNES if c.cle not in LUES_SEULEMENT)


def est_un_montant(champ: str) -> bool:
    return champ in PAR_CLE and PAR_CLE[champ].genre is Genre.MONTANT
