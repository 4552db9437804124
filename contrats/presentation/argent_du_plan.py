"""Ce que coûtent les fiches montrées, et la part déjà financée."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cls_platform.socle import typographie
from contrats.models import Contrat, Financement, LigneBudget


def cout_et_financement(contrat: Contrat, fiches: Iterable[Mapping[str, Any]]) -> SafeString | str:
    """« 428 000 € prévus, 61 % financés » ; vide sans montant. Deux requêtes.

    Le coût et les ressources sont ceux des écarts : ni apports en nature, ni temps de travail.
    """
    cles = {fiche["id"] for fiche in fiches}
    cout = _somme(LigneBudget.objects.couts_du_plan(contrat), cles)
    if not cout:
        return ""
    part = _somme(Financement.objects.ressources_du_plan(contrat), cles) / cout
    return format_html(
        "<b>{}</b> prévus, {} financés",
        typographie.euros(cout),
        typographie.pourcent(part, 0),
    )


def _somme(lignes: Iterable[tuple[Any, Decimal]], cles: set[Any]) -> Decimal:
    return sum((somme for action, somme in lignes if action in cles), Decimal(0))
