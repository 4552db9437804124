"""Télécharger des fiches : qui lit le plan les emporte, sans ce qu’il n’a pas le droit d’y lire."""

from tests.droits.lignes import SUIVENT, VIDE, lignes

DOSSIERS = [
    *lignes(
        "contrat",
        ("bilans:dossier_choisir", "GET", SUIVENT, 200, {}),
        ("bilans:dossier_choisir", "POST", SUIVENT, 422, {"format": "PDF"}),
    ),
    *lignes(
        "action",
        ("bilans:fiche_pdf", "GET", SUIVENT, 200),
        ("bilans:fiche_docx", "GET", SUIVENT, 200),
    ),
    *lignes(
        "dossier",
        ("bilans:dossier", "GET", SUIVENT, 200),
        ("bilans:dossier_travail", "GET", SUIVENT, 200),
        ("bilans:dossier_fichier", "GET", SUIVENT, 200),
        ("bilans:dossier_refaire", "POST", SUIVENT, 303, VIDE),
    ),
]
ROUTES_API_DOSSIER = {"api:actions-fiche-pdf", "api:actions-fiche-docx"}
