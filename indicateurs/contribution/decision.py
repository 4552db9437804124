"""Une contribution telle que la coordination la lit : champ par champ, aujourd’hui et proposé."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from contrats.forms.base import Formulaire
from contrats.models import Contribution, Decision, ElementPropose, GenreElement
from indicateurs.contribution import champs, etat
from indicateurs.contribution.affichage import FORMES, doute_de, mots_de
from indicateurs.contribution.etat import EtatLu, Valeurs
from indicateurs.services.contributions import Choix


class FormulaireDecision(Formulaire):
    """La valeur proposée, que l’on peut corriger, et ce que la page montrait de la fiche."""

    present = forms.CharField(widget=forms.HiddenInput)
    refus = forms.CharField(
        label="Pourquoi", help_text="Le partenaire le lira.", max_length=300, required=False
    )

    def __init__(
        self, donnees: QueryDict | None = None, *, element: ElementPropose, lu: EtatLu
    ) -> None:
        super().__init__(donnees, prefix=str(element.pk), auto_id="id-%s")
        self.element = element
        indicateur = lu.indicateurs.get(element.objet) if element.objet else None
        initiales = champs.initiales(element.genre, element.propose)
        for nom, champ in champs.champs_de(element.genre, element.champ, indicateur).items():
            champ.initial = initiales.get(nom)
            if element.genre != GenreElement.MESURE:
                champ.help_text = ""
            self.fields[nom] = champ
        actuelle = lu.valeur(element.genre, element.champ, element.objet)
        self.fields["present"].initial = json.dumps(actuelle, sort_keys=True)

    def champs_de_valeur(self) -> list[Any]:
        return [self[nom] for nom in self.fields if nom not in {"present", "refus"}]

    def choix(self) -> Choix:
        donnees = {n: v for n, v in self.cleaned_data.items() if n not in {"present", "refus"}}
        return Choix(self.element.pk, champs.en_valeurs(donnees), self._present())

    def _present(self) -> Valeurs:
        """Une valeur abîmée en chemin ne vaut aucune valeur de la fiche : elle sera recomparée."""
        try:
            lue = json.loads(str(self.data.get(self.add_prefix("present"), "")))
        except ValueError:
            return {}
        return lue if isinstance(lue, dict) else {}

    def tel_quel(self) -> Choix:
        """Le champ tel que proposé, contre la valeur que montrait la page."""
        return Choix(self.element.pk, dict(self.element.propose), self._present())


@dataclass(frozen=True, slots=True)
class LigneProposee:
    """Aujourd’hui, proposé ; `lu` : ce que le partenaire lisait, si la fiche a changé depuis."""

    element: ElementPropose
    present: str
    propose: str
    lu: str
    forme: str
    mot: str
    ecrit: str
    est_a_decider: bool
    existe: bool
    a_verifier: str
    form: FormulaireDecision | None


def lignes_de(
    contribution: Contribution, donnees: QueryDict | None = None, en_cause: str = ""
) -> list[LigneProposee]:
    """Les champs dans l’ordre ; `en_cause` : celui dont `donnees` est la décision refusée."""
    lu = etat.lire(contribution)
    elements = contribution.elements.select_related("decide_par").order_by("ordre", "pk")
    return [_ligne(e, lu, donnees if str(e.pk) == en_cause else None) for e in elements]


def _ligne(element: ElementPropose, lu: EtatLu, donnees: QueryDict | None) -> LigneProposee:
    actuelle = lu.valeur(element.genre, element.champ, element.objet)
    attend = element.decision == Decision.EN_ATTENTE
    est_note = element.genre == GenreElement.NOTE
    a_change = attend and not est_note and actuelle != element.lu
    return LigneProposee(
        element=element,
        present=mots_de(element, actuelle, lu),
        propose=mots_de(element, element.propose, lu),
        lu=mots_de(element, element.lu, lu) if a_change else "",
        forme=FORMES[element.decision],
        mot=Decision(element.decision).label,
        ecrit=mots_de(element, element.ecrit, lu) if element.decision == Decision.MODIFIE else "",
        est_a_decider=attend,
        existe=actuelle is not None,
        a_verifier=doute_de(element, lu),
        form=_decision(element, lu, donnees) if attend else None,
    )


def _decision(element: ElementPropose, lu: EtatLu, donnees: QueryDict | None) -> FormulaireDecision:
    """Refusée, la saisie revient ; ce que la page montre de la fiche est celui d’aujourd’hui."""
    if donnees is None:
        return FormulaireDecision(element=element, lu=lu)
    corrigees = donnees.copy()
    vierge = FormulaireDecision(element=element, lu=lu)
    corrigees[f"{element.pk}-present"] = vierge.fields["present"].initial
    return FormulaireDecision(corrigees, element=element, lu=lu)


def formulaire_de(element: ElementPropose, lu: EtatLu, donnees: QueryDict) -> FormulaireDecision:
    """La décision telle qu’elle a été envoyée."""
    return FormulaireDecision(donnees, element=element, lu=lu)
