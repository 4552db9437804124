"""Le PDF tel qu’il est fait : chaque sigle qu’il montre y est expliqué, ou laissé par quelqu’un."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from bilans.controles.controle import Controle, Gravite, Lu, sur_le_document
from bilans.instantane import relire
from bilans.langage import Decision, Definition, Lexique, ranger, relever
from bilans.langage.lexique import LAISSE
from bilans.rapport import textes_lus
from bilans.vocabulaire import lire_decisions, lire_lexique


def sigles_du_pdf(lu: Lu) -> Iterator[Controle]:
    """Ce que les textes d’aujourd’hui ont de non tranché est dit ailleurs : ici, le PDF périmé."""
    if not lu.bilan.a_un_pdf or not lu.bilan.instantane:
        return
    a_dire = {trouve.sigle for trouve in lu.sigles.a_trancher}
    restes = sigles_non_expliques(lu.bilan.instantane, lire_lexique(), lire_decisions(lu.bilan))
    page = reverse("bilans:bilan", args=[lu.bilan.pk])
    for sigle in restes:
        if sigle not in a_dire:
            quoi = f"Le PDF montre «\u00a0{sigle}\u00a0» sans l’expliquer\u00a0: il date d’avant."
            yield sur_le_document(Gravite.BLOQUANT, quoi, page, "Refaire le PDF")


def sigles_non_expliques(
    simple: Mapping[str, Any], lexique: Lexique, decisions: Mapping[str, Decision]
) -> tuple[str, ...]:
    """Les sigles des données figées qui ne sont ni à leur glossaire, ni écrits, ni laissés."""
    instantane = relire(simple)
    au_glossaire = ranger(
        Definition(m.sigle, m.terme)
        for m in (*instantane.mots, *instantane.mots_des_elus)
        if m.sigle
    )
    laisses = {sigle: d for sigle, d in decisions.items() if d.choix == LAISSE}
    return relever(textes_lus(instantane), replace(lexique, sens=au_glossaire), laisses).inconnus
