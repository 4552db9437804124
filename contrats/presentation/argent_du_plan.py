"""Ce que coûtent les fiches d’un plan, une par une et ensemble, et la part déjà financée.

Le coût et les ressources sont ceux des écarts : ni apports en nature, ni temps de travail.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cls_platform.socle import typographie
from contrats import arborescence
from contrats.models import Contrat, Financement, LigneBudget


def couts_par_fiche(contrat: Contrat) -> dict[UUID, Decimal]:
    """Toutes années ensemble ; une fiche sans montant n’y est pas. Une requête."""
    return _sommes(LigneBudget.objects.couts_du_plan(contrat))


def cout_et_financement(contrat: Contrat, fiches: Iterable[Mapping[str, Any]]) -> SafeString | str:
    """« 428 000 € prévus, 61 % financés » ; vide sans montant. Une requête au plus.

    Chaque fiche porte son `cout`.
    """
    fiches = list(fiches)
    cout = arborescence.cout(fiches)
    if not cout:
        return ""
    recus = _sommes(Financement.objects.ressources_du_plan(contrat))
    finance = sum((recus.get(fiche["id"], Decimal(0)) for fiche in fiches), Decimal(0))
    return format_html(
        "<b>{}</b> prévus, {} financés",
        typographie.euros(cout),
        typographie.pourcent(finance / cout, 0),
    )


def _sommes(lignes: Iterable[tuple[UUID, Decimal]]) -> dict[UUID, Decimal]:
    """Une ligne par fiche et par année entre, une somme par fiche sort."""
    sommes: dict[UUID, Decimal] = {}
    for action, somme in lignes:
        sommes[action] = sommes.get(action, Decimal(0)) + somme
    return sommes
