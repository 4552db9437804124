"""Chaque page que la matrice des droits connaît, avec les personnages qui la lisent."""

from collections.abc import Callable

from django.urls import reverse

from tests.droits.matrice import TABLE, TOUS, Ligne

# Un fichier, un fragment, une sonde : pas des pages
PAS_DES_PAGES = {
    "bilans:bilan_pdf",
    "bilans:telecharger",
    "bilans:travail",
    "socle:theme",
    "socle:vivant",
    "socle:pret",
}
# La voisine et l’administratrice voient les pages de la coordinatrice ; la déléguée, celles du siège
LECTRICES = ("anonyme", "coordinatrice", "elue", "pilote", "partenaire", "lectrice", "agent_ars")
COMPTES = {
    "anonyme": ("account_login", "account_reset_password"),
    "coordinatrice": ("account_email", "account_change_password", "mfa_index", "account_logout"),
}
DU_CONTRAT = "contrat_id = (SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille')"
CLES = {
    "contrat": "SELECT id FROM contrats_contrat WHERE slug = 'essai-cornouaille'",
    "action": f"SELECT id FROM contrats_action WHERE {DU_CONTRAT} AND numero = '2.1'",
    "partie": f"SELECT id FROM contrats_partie WHERE {DU_CONTRAT} AND role = 'PORTEUR'",
    "participation": (
        f"SELECT id FROM contrats_participation WHERE {DU_CONTRAT} AND role = 'LECTEUR'"
    ),
    "indicateur": f"SELECT id FROM indicateurs_indicateur WHERE {DU_CONTRAT} AND ordre = 1",
    "bilan": f"SELECT id FROM bilans_bilan WHERE {DU_CONTRAT} AND statut = 'BROUILLON' LIMIT 1",
    "publie": f"SELECT id FROM bilans_bilan WHERE {DU_CONTRAT} AND annee = 2024",
}


def visites() -> list[tuple[str, str]]:
    """(personnage, route) pour chaque page que le personnage a le droit de lire."""
    lignes = [li for li in TABLE if li.methode == "GET" and li.route not in PAS_DES_PAGES]
    des_contrats = [
        (personnage, ligne.route)
        for ligne in lignes
        for personnage in LECTRICES
        if personnage in ligne.qui and not (ligne.qui == TOUS and personnage not in DU_PUBLIC)
    ]
    return des_contrats + [(p, route) for p, routes in COMPTES.items() for route in routes]


# Une page publique est la même pour tous ; l’en-tête change pour qui est connecté
DU_PUBLIC = ("anonyme", "coordinatrice")


def adresse(route: str, cle: Callable[[str], str]) -> str:
    ligne = next((li for li in TABLE if li.route == route and li.methode == "GET"), None)
    if ligne is None:
        return reverse(route)
    return reverse(route, kwargs=arguments(ligne, cle))


def arguments(ligne: Ligne, cle: Callable[[str], str]) -> dict:
    if not ligne.objet:
        return dict(ligne.parametres)
    if ligne.objet == "slug":
        return {"slug": "essai-cornouaille", **ligne.parametres}
    return {"pk": cle(CLES[ligne.objet]), **ligne.parametres}
