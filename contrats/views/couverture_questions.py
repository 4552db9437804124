"""Lire dans l’adresse la question que pose une liste de couverture."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from acteurs.models import Commune
from contrats.couverture_zonages import communes_du_zonage
from contrats.forms.couverture import QuestionDesCommunes


def question_de_la_liste(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """Les réponses à la question, et ce qu’il faut pour lire la liste.

    Lève DonneesRefusees (400) si elle n’est pas comprise.
    """
    reponses = QuestionDesCommunes(request.GET).exiger()
    demande = {nom: reponses[nom] for nom in ("le", "variante", "selection")}
    if listes := list(_communes_voulues(reponses)):
        demande["parmi"] = frozenset.intersection(*listes)
    return reponses, demande | reponses["lieu"]


def _communes_voulues(reponses: dict[str, Any]) -> Iterator[frozenset[str]]:
    """Les codes que gardent le zonage et la recherche, s’il y en a."""
    if reponses["zonage"]:
        yield communes_du_zonage(reponses["zonage"], reponses["le"])
    if reponses["recherche"]:
        trouvees = Commune.objects.rechercher(reponses["recherche"]).order_by()
        yield frozenset(trouvees.values_list("pk", flat=True))
