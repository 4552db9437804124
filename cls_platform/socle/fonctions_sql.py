"""Règles de comparaison du français, écrites une seule fois, en SQL (migration 0001).

Le texte cherché est envoyé tel quel : c'est la base qui l'uniformise, jamais Python.
"""

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Func, GeneratedField, Q, TextField, Value


class SansAccent(Func):
    """Minuscules sans accents ; œ devient oe. La ponctuation reste."""

    function = "sans_accent"
    arity = 1
    output_field = TextField()


class CleTri(Func):
    """`SansAccent` ; ponctuation réduite à une espace ; « st » et « ste » valent « saint(e) »."""

    function = "cle_tri"
    arity = 1
    output_field = TextField()


class VecteurRecherche(Func):
    """Mots d'un texte et, en second argument, des éléments d'un tableau de textes."""

    function = "vecteur_recherche"
    output_field = SearchVectorField()


class RequetePrefixes(Func):
    """Chaque mot du texte devient un début de mot à trouver ; NULL si le texte n'a aucun mot."""

    function = "requete_prefixes"
    arity = 1
    output_field = SearchQueryField()


class ContientMots(Func):
    """`ContientMots("recherche", RequetePrefixes(Value(texte)))`, servi par un index GIN."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    arity = 2
    output_field = BooleanField()


class Juxtaposition(Func):
    """Opérateur `||` nu, immuable, pour textes ou tableaux (`Concat` ajoute des COALESCE)."""

    template = "(%(expressions)s)"
    arg_joiner = " || "


def colonne_cle_tri(source: str = "nom") -> GeneratedField:
    """Colonne calculée par la base. Sous la collation « C », ces clés se rangent dans l'ordre
    alphabétique français et un index ordinaire sert aussi les recherches par préfixe."""
    return GeneratedField(
        expression=CleTri(source), output_field=TextField(db_collation="C"), db_persist=True
    )


def commence_par(colonne: str, texte: str) -> Q:
    """La colonne contient des clés de tri (tout caractère y est inférieur à « ~ ») ; deux bornes
    plutôt que LIKE, pour que l'index serve aussi sous requête préparée."""
    debut = CleTri(Value(texte))
    fin = Juxtaposition(debut, Value("~"), output_field=TextField())
    return Q(**{f"{colonne}__gte": debut, f"{colonne}__lt": fin})
