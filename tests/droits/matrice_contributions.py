"""Les contributions : la coordination demande, relit et décide ; le partenaire tient un secret."""

from tests.droits.lignes import COORDINATION, Ligne, lignes

CONTRIBUTIONS: list[Ligne] = [
    *lignes(
        "contrat",
        ("indicateurs:contributions", "GET", COORDINATION, 200),
        ("indicateurs:demander", "GET", COORDINATION, 200),
        ("indicateurs:demander", "POST", COORDINATION, 422),
    ),
    *lignes(
        "contribution",
        ("indicateurs:contribution", "GET", COORDINATION, 200),
        ("indicateurs:contribution", "POST", COORDINATION, 422),
    ),
    *lignes(
        "lien",
        ("indicateurs:lien", "GET", COORDINATION, 200),
        ("indicateurs:lien", "POST", COORDINATION, 422),
    ),
]
# Ouvertes à qui tient le lien ; éprouvées dans tests/indicateurs/contributions/test_securite.py
ROUTES_PAR_LIEN = {"indicateurs:partenaire", "indicateurs:partenaire_fiche"}
# Lues par qui modifie le plan ; éprouvées dans tests/contrats/api/test_contributions_lire.py
ROUTES_API_CONTRIBUTIONS = {"api:contributions-list", "api:contributions-detail"}
