"""Qui obtient quoi, à chaque adresse. Une route absente de cette table fait échouer un test.

Ajouter une route, c’est ajouter une ligne : (route, méthode, qui, réponse, objet, données).
- `qui` : les personnages admis sur LEUR contrat. Sur l’autre contrat, la voisine prend la place de
  la coordinatrice et l’administratrice garde la sienne ; les autres n’y ont rien.
- `réponse` : le code qu’ils reçoivent. Un formulaire envoyé vide revient avec ses erreurs (422).
- Les autres : l’anonyme est conduit à la connexion (302), qui suit le contrat sans en avoir le
  droit reçoit 403, qui ne le suit pas reçoit 404.
- Une méthode qui n’a pas de ligne est refusée à tous (405).
"""

from tests.droits.lignes import (
    CONNECTES,
    COORDINATION,
    CREATION,
    PERSONNAGES,
    PHASES,
    PILOTAGE,
    SUIVENT,
    TOUS,
    VIDE,
    Ligne,
    lignes,
)
from tests.droits.matrice_annees import ANNEES
from tests.droits.matrice_beneficiaires import BENEFICIAIRES
from tests.droits.matrice_campagne import CAMPAGNES
from tests.droits.matrice_cartes import CARTES
from tests.droits.matrice_charte import CHARTE
from tests.droits.matrice_contributions import CONTRIBUTIONS
from tests.droits.matrice_couverture import AVENANTS, COUVERTURE
from tests.droits.matrice_definition import DEFINITIONS
from tests.droits.matrice_donnees import DONNEES
from tests.droits.matrice_dossier import DOSSIERS
from tests.droits.matrice_ecriture import ECRITURE
from tests.droits.matrice_evaluation import CHAINE, EVALUATION
from tests.droits.matrice_fiche import LIGNES_DE_LA_FICHE
from tests.droits.matrice_gouvernance import GOUVERNANCE
from tests.droits.matrice_historique import HISTORIQUE
from tests.droits.matrice_langage import LANGAGE
from tests.droits.matrice_lecture import LECTURE_DES_INDICATEURS
from tests.droits.matrice_lots import LOTS
from tests.droits.matrice_partage import PARTAGE
from tests.droits.matrice_pilotage import PILOTAGE as PILOTAGE_DE_REGION
from tests.droits.matrice_public import SITE_PUBLIC
from tests.droits.matrice_publication import PUBLICATIONS
from tests.droits.matrice_region import REGION
from tests.droits.matrice_relire import RELECTURE
from tests.droits.matrice_saisie import SAISIE
from tests.droits.matrice_suivi import SUIVI
from tests.droits.matrice_trajectoires import TRAJECTOIRES

__all__ = ["PERSONNAGES", "TABLE", "Ligne", "attendu"]

OUVERT = [
    Ligne(f"{route}", "GET", TOUS)
    for route in (
        "bilans:accueil",
        "bilans:liste",
        "bilans:comprendre",
        "bilans:mots",
        "bilans:mentions",
        "bilans:accessibilite",
        "bilans:donnees_personnelles",
        "bilans:plan_du_site",
        "contrats:liste",
        "socle:theme",
        "socle:vivant",
        "socle:pret",
        "socle:galerie",
    )
]

# La page publique de l’autre contrat est fermée : 404 pour tout le monde
PUBLIC_DU_CONTRAT = lignes(
    "slug",
    ("bilans:contrat", "GET", TOUS, 200),
    ("bilans:bilan_public", "GET", TOUS, 200, VIDE, {"annee": 2024}),
    ("bilans:bilan_pdf", "GET", TOUS, 200, VIDE, {"annee": 2024}),
)

SANS_CONTRAT = [
    Ligne("contrats:espace", "GET", CONNECTES),
    Ligne("contrats:creer", "GET", CREATION),
    Ligne("contrats:creer", "POST", CREATION, 422),
    Ligne("acteurs:profil", "GET", CONNECTES),
    Ligne("acteurs:profil", "POST", CONNECTES, 422),
    Ligne("acteurs:jetons", "GET", CONNECTES),
    Ligne("acteurs:jetons", "POST", CONNECTES, 422),
]

SOUS_LE_CONTRAT = lignes(
    "contrat",
    ("contrats:fiche", "GET", SUIVENT, 200),
    ("contrats:plan", "GET", SUIVENT, 200),
    ("contrats:perimetre", "GET", SUIVENT, 200),
    ("contrats:signataires", "GET", SUIVENT, 200),
    ("contrats:equipe", "GET", SUIVENT, 200),
    ("contrats:equipe", "POST", COORDINATION, 422),
    ("contrats:modifier", "GET", COORDINATION, 200),
    ("contrats:modifier", "POST", COORDINATION, 422),
    ("contrats:changer_phase", "GET", PHASES, 200, VIDE, {"vers": "evaluation"}),
    ("contrats:changer_phase", "POST", PHASES, 422, VIDE, {"vers": "evaluation"}),
    ("contrats:action_creer", "GET", COORDINATION, 200),
    ("contrats:action_creer", "POST", COORDINATION, 422),
    ("contrats:axe_creer", "GET", COORDINATION, 200),
    ("contrats:axe_creer", "POST", COORDINATION, 422),
    ("contrats:objectif_creer", "GET", COORDINATION, 200),
    ("contrats:objectif_creer", "POST", COORDINATION, 422),
    ("contrats:perimetre_ajouter", "GET", COORDINATION, 200),
    ("contrats:perimetre_ajouter", "POST", COORDINATION, 422),
    ("contrats:perimetre_retirer", "POST", COORDINATION, 422),
    ("contrats:partie_ajouter", "GET", COORDINATION, 200),
    ("contrats:partie_ajouter", "POST", COORDINATION, 422),
    ("contrats:organisation_creer", "GET", COORDINATION, 200),
    ("contrats:organisation_creer", "POST", COORDINATION, 422),
    ("indicateurs:ajouter", "GET", COORDINATION, 200),
    ("indicateurs:ajouter", "POST", COORDINATION, 422),
    ("bilans:bilans", "GET", SUIVENT, 200),
    ("bilans:bilans", "POST", COORDINATION, 422),
)

SOUS_L_ACTION = lignes(
    "action",
    ("contrats:action", "GET", SUIVENT, 200),
    ("contrats:action_modifier", "GET", PILOTAGE, 200),
    ("contrats:action_modifier", "POST", PILOTAGE, 422),
    ("contrats:action_champ", "GET", PILOTAGE, 200, VIDE, {"champ": "titre"}),
    ("contrats:action_champ", "POST", PILOTAGE, 422, VIDE, {"champ": "titre"}),
    ("indicateurs:action", "GET", SUIVENT, 200),
    ("indicateurs:relier", "POST", COORDINATION, 422),
    ("indicateurs:delier", "POST", COORDINATION, 422),
    ("contrats:action_supprimer", "GET", COORDINATION, 200),
    ("contrats:action_supprimer", "POST", COORDINATION, 422),
)

SOUS_LE_RESTE = [
    *lignes(
        "partie",
        ("contrats:partie_modifier", "GET", COORDINATION, 200),
        ("contrats:partie_modifier", "POST", COORDINATION, 422),
        ("contrats:partie_retirer", "GET", COORDINATION, 200),
        ("contrats:partie_retirer", "POST", COORDINATION, 303),
    ),
    *lignes(
        "participation",
        ("contrats:equipe_retirer", "GET", COORDINATION, 200),
        ("contrats:equipe_retirer", "POST", COORDINATION, 303),
    ),
    *lignes(
        "indicateur",
        ("indicateurs:fiche", "GET", SUIVENT, 200),
        ("indicateurs:modifier", "GET", COORDINATION, 200),
        ("indicateurs:modifier", "POST", COORDINATION, 422),
    ),
]

TABLE = [
    *LIGNES_DE_LA_FICHE,
    *LOTS,
    *HISTORIQUE,
    *OUVERT,
    *PUBLIC_DU_CONTRAT,
    *SANS_CONTRAT,
    *SOUS_LE_CONTRAT,
    *SOUS_L_ACTION,
    *SOUS_LE_RESTE,
    *SAISIE,
    *SUIVI,
    *TRAJECTOIRES,
    *AVENANTS,
    *CONTRIBUTIONS,
    *CARTES,
    *COUVERTURE,
    *BENEFICIAIRES,
    *ANNEES,
    *CAMPAGNES,
    *CHARTE,
    *ECRITURE,
    *LANGAGE,
    *CHAINE,
    *EVALUATION,
    *LECTURE_DES_INDICATEURS,
    *DONNEES,
    *DOSSIERS,
    *PARTAGE,
    *PUBLICATIONS,
    *PILOTAGE_DE_REGION,
    *REGION,
    *GOUVERNANCE,
    *DEFINITIONS,
    *SITE_PUBLIC,
    *RELECTURE,
]


def attendu(ligne: Ligne, personnage: str, chez: str) -> int:
    """Le code attendu ; `chez` vaut « elle » (le contrat de la troupe) ou « la voisine »."""
    if ligne.qui == TOUS:
        return 404 if ligne.objet and chez == "la voisine" else ligne.reponse
    if personnage == "anonyme":
        return 302
    if not ligne.objet:
        return ligne.reponse if personnage in ligne.qui else 403
    suivent, admis = SUIVENT, ligne.qui
    if chez == "la voisine":
        suivent = frozenset({"voisine", "administratrice"})
        remplacent = {"voisine"} if "coordinatrice" in ligne.qui else set()
        admis = frozenset(ligne.qui & {"administratrice"} | remplacent)
    if personnage in admis:
        return ligne.reponse
    return 403 if personnage in suivent else 404
