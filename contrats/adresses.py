"""L’adresse porte l’état d’une liste : mêmes règles que la balise `url_avec`, pour le code Python."""

from django.http import QueryDict


def adresse_avec(chemin: str, parametres: QueryDict, **changements: str | None) -> str:
    """`chemin` avec d’autres paramètres ; None ou vide retire. Un filtre changé ramène à la page 1."""
    suite = parametres.copy()
    suite.pop("page", None)
    for nom, valeur in changements.items():
        suite.pop(nom, None)
        if valeur:
            suite[nom] = valeur
    requete = suite.urlencode()
    return f"{chemin}?{requete}" if requete else chemin


def adresse_sans(chemin: str, parametres: QueryDict, nom: str, valeur: str) -> str:
    """`chemin` sans cette valeur d’un paramètre qui peut en avoir plusieurs."""
    suite = parametres.copy()
    suite.pop("page", None)
    restantes = [v for v in suite.getlist(nom) if v != valeur]
    suite.pop(nom, None)
    if restantes:
        suite.setlist(nom, restantes)
    requete = suite.urlencode()
    return f"{chemin}?{requete}" if requete else chemin
