"""Le site public : ouvert à tous pour un contrat public, introuvable pour un autre."""

from tests.droits.lignes import PUBLICATION, TOUS, VIDE, Ligne, lignes

PUBLIQUES = [
    Ligne(f"bilans:{nom}", "GET", TOUS)
    for nom in (
        "mon_contrat",
        "actions_publiques",
        "reunions",
        "donnees_ouvertes",
        "contact",
        "sitemap",
        "robots",
    )
] + [Ligne("socle:feuille_publique", "GET", TOUS)]

BILAN_DE_2024 = {"annee": 2024}
DU_CONTRAT_PUBLIC = [
    *lignes(
        "slug",
        ("bilans:bilan_csv", "GET", TOUS, 200, VIDE, BILAN_DE_2024),
        ("bilans:bilan_json", "GET", TOUS, 200, VIDE, BILAN_DE_2024),
        ("bilans:bilan_partage", "GET", TOUS, 200, VIDE, BILAN_DE_2024),
        ("bilans:reagir_bilan", "GET", TOUS, 200, VIDE, BILAN_DE_2024),
        ("bilans:reagir_bilan", "POST", TOUS, 422, VIDE, BILAN_DE_2024),
        ("bilans:suivre", "GET", TOUS, 200),
        ("bilans:suivre", "POST", TOUS, 422),
    ),
    *lignes(
        "action",
        ("bilans:action_publique", "GET", TOUS, 200),
        ("bilans:reagir_action", "GET", TOUS, 200),
        ("bilans:reagir_action", "POST", TOUS, 422),
    ),
]

# Ce que les habitants écrivent se lit par qui leur répond : la coordination et l’élue
MODERATION = [
    *lignes(
        "contrat",
        ("bilans:reactions", "GET", PUBLICATION, 200),
        ("bilans:reactions_a_lire", "GET", PUBLICATION, 200),
    ),
    *lignes(
        "reaction",
        ("bilans:moderer", "POST", PUBLICATION, 302, {"etat": "PUBLIEE", "version": 1}),
        ("bilans:repondre", "POST", PUBLICATION, 422),
    ),
]
SITE_PUBLIC = [*PUBLIQUES, *DU_CONTRAT_PUBLIC, *MODERATION]
# Ouvertes à qui tient le secret ; éprouvées dans tests/bilans/habitants/test_abonnements.py
ROUTES_D_ABONNEMENT = {"bilans:abonnement_confirmer", "bilans:abonnement_arreter"}
# Servi s’il est fait ; éprouvé dans tests/bilans/pages/test_bilan_en_ligne.py
ROUTES_DE_DOCUMENT_PUBLIC = {"bilans:bilan_deux_pages"}
# Seule une image d’un bilan publié se sert ; éprouvée dans tests/bilans/pages/test_bilan_en_ligne.py
ROUTES_DE_PHOTO = {"bilans:photo"}
