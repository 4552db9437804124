"""Écrire le bilan : la coordination seule ; les images, pour qui suit le contrat."""

from tests.droits.lignes import COORDINATION, SUIVENT, VIDE, Ligne, lignes

EDITO = {"code": "EDITO"}
ALORS = {"code": "EDITO", "d_alors": 1}
PAGE = {"code": "EDITO", "empreinte": "0" * 16, "numero": 1}
SANS_AXE = {"code": "volet-sans-axe"}

ECRITURE: list[Ligne] = [
    *lignes(
        "bilan",
        ("bilans:ecrire", "GET", COORDINATION, 302),
        ("bilans:ecrire_plan", "GET", COORDINATION, 200),
        ("bilans:ecrire_section", "GET", COORDINATION, 200, VIDE, EDITO),
        ("bilans:ecrire_section", "POST", COORDINATION, 422, VIDE, EDITO),
        ("bilans:ecrire_apercu", "GET", COORDINATION, 200, VIDE, EDITO),
        ("bilans:ecrire_pages", "GET", COORDINATION, 200, VIDE, EDITO),
        ("bilans:ecrire_page", "GET", COORDINATION, 404, VIDE, PAGE),
        ("bilans:ecrire_histoire", "GET", COORDINATION, 200, VIDE, EDITO),
        ("bilans:ecrire_retablir", "GET", COORDINATION, 200, VIDE, ALORS),
        ("bilans:ecrire_retablir", "POST", COORDINATION, 422, VIDE, ALORS),
        ("bilans:ecrire_deplacer", "POST", COORDINATION, 303, {"vers": "monter"}, EDITO),
        ("bilans:ecrire_presence", "POST", COORDINATION, 303, {"parait": "oui"}, EDITO),
        ("bilans:ecrire_actions", "POST", COORDINATION, 422, VIDE, SANS_AXE),
        ("bilans:edito_liens", "GET", COORDINATION, 200),
        ("bilans:edito_liens", "POST", COORDINATION, 422),
    ),
    *lignes("racontee", ("bilans:ecrire_rang_action", "POST", COORDINATION, 303)),
    *lignes(
        "lien_edito",
        ("bilans:edito_revoquer", "POST", COORDINATION, 303),
        ("bilans:edito_envoyer", "POST", COORDINATION, 400),
    ),
    *lignes(
        "contrat",
        ("bilans:photos", "GET", COORDINATION, 200),
        ("bilans:photos", "POST", COORDINATION, 422),
    ),
    *lignes(
        "photo",
        ("bilans:image", "GET", SUIVENT, 200),
        ("bilans:image_decrire", "GET", COORDINATION, 200),
        ("bilans:image_decrire", "POST", COORDINATION, 422),
        ("bilans:image_retirer", "GET", COORDINATION, 200),
        ("bilans:image_retirer", "POST", COORDINATION, 303),
    ),
]
# Ouvertes à qui tient le lien ; éprouvées dans tests/bilans/ecriture/test_edito.py
ROUTES_DE_L_EDITO = {"bilans:edito_par_lien", "bilans:edito_portrait"}
