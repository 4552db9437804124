"""Relire le bilan : l’équipe sauf la lectrice ; les gestes de chacun, selon son rôle."""

from tests.droits.lignes import (
    COORDINATION,
    PUBLICATION,
    SUIVENT,
    VIDE,
    Ligne,
    lignes,
)

RELISENT = SUIVENT - {"lectrice"}
POUR_L_ARS = frozenset({"agent_ars", "agent_dd", "administratrice"})
POUR_LE_PORTEUR = frozenset({"elue", "administratrice"})
# Un commentaire ne se corrige que par qui l’a écrit : ici, personne de la troupe
PERSONNE: frozenset[str] = frozenset()

RELECTURE: list[Ligne] = [
    *lignes(
        "bilan",
        ("bilans:relire", "GET", RELISENT, 200),
        ("bilans:commentaires", "GET", RELISENT, 200),
        ("bilans:commentaires", "POST", RELISENT, 422),
        ("bilans:commentaires_section", "GET", RELISENT, 200, VIDE, {"code": "EDITO"}),
        ("bilans:avis", "GET", RELISENT, 200),
        ("bilans:avis_demander", "GET", COORDINATION, 200),
        ("bilans:avis_demander", "POST", COORDINATION, 422),
        ("bilans:valider", "GET", RELISENT, 200),
        ("bilans:valider", "POST", PUBLICATION, 422),
        ("bilans:valider_corriger", "GET", PUBLICATION, 200),
        ("bilans:valider_corriger", "POST", PUBLICATION, 422),
        ("bilans:viser", "POST", POUR_L_ARS, 303, VIDE, {"au_nom_de": "ars"}),
        ("bilans:viser", "POST", POUR_LE_PORTEUR, 303, VIDE, {"au_nom_de": "porteur"}),
        ("bilans:controles", "GET", RELISENT, 200),
    ),
    *lignes("contrat", ("bilans:a_relire", "GET", SUIVENT, 200)),
    *lignes(
        "commentaire",
        ("bilans:commentaire_repondre", "POST", RELISENT, 422),
        ("bilans:commentaire_etat", "POST", COORDINATION, 303, {"geste": "clore"}),
        ("bilans:commentaire_modifier", "GET", PERSONNE, 200),
        ("bilans:commentaire_modifier", "POST", PERSONNE, 422),
        ("bilans:commentaire_retirer", "GET", PERSONNE, 200),
        ("bilans:commentaire_retirer", "POST", PERSONNE, 303),
    ),
    *lignes(
        "avis_demande",
        ("bilans:avis_rendre", "GET", POUR_L_ARS, 200),
        ("bilans:avis_rendre", "POST", POUR_L_ARS, 422),
        ("bilans:avis_recopier", "GET", COORDINATION, 200),
        ("bilans:avis_recopier", "POST", COORDINATION, 422),
        ("bilans:avis_relancer", "POST", COORDINATION, 303),
        ("bilans:avis_modifier", "GET", COORDINATION, 200),
        ("bilans:avis_modifier", "POST", COORDINATION, 422),
        ("bilans:avis_retirer", "GET", COORDINATION, 200),
        ("bilans:avis_retirer", "POST", COORDINATION, 303),
    ),
    *lignes(
        "visa",
        ("bilans:visa_retirer", "GET", POUR_L_ARS, 200),
        ("bilans:visa_retirer", "POST", POUR_L_ARS, 303),
    ),
]
# Ouvertes à qui tient le lien ; éprouvées dans tests/bilans/relire/test_lien_avis.py
ROUTES_DE_L_AVIS = {"bilans:avis_par_lien", "bilans:avis_par_lien_pdf"}
# Éprouvées dans tests/bilans/api/test_avis_lire.py
ROUTES_API_AVIS = {"api:avis-bilans-list", "api:avis-bilans-detail"}
