"""Le formulaire d’une fiche action : entier, ou réduit à ce que l’on change en place."""

from collections.abc import Collection, Mapping
from typing import Any

from contrats.champs_fiche import PREFIXE_LIBRE, cle_libre
from contrats.forms.champs_action import ChampsDeLAction
from contrats.forms.champs_libres import saisie_de
from contrats.forms.propositions import proposer
from contrats.forms.valeurs_action import en_mots, valeurs_de
from contrats.models import Action, Contrat


class FormulaireAction(ChampsDeLAction):
    """`seulement` réduit à ces champs ; `recherche` élargit le choix d’organisations."""

    modele = Action

    def __init__(
        self,
        *args: Any,
        contrat: Contrat,
        action: Action | None = None,
        seulement: Collection[str] | None = None,
        recherche: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if seulement is not None:
            for nom in [n for n in self.fields if n not in {*seulement, "version"}]:
                del self.fields[nom]
        if action is None:
            del self.fields["version"]
        else:
            self._ajouter_champs_libres(contrat, action, seulement)
            if not self.initial:
                # Une raison explique un statut : le suivant en demande une autre
                self.initial = valeurs_de(action, self.fields) | {"statut_raison": ""}
        self.statut_actuel = action.statut if action else None
        proposer(self.fields, self.initial, contrat=contrat, action=action, recherche=recherche)

    def _ajouter_champs_libres(
        self, contrat: Contrat, action: Action, seulement: Collection[str] | None
    ) -> None:
        if seulement is not None and not any(n.startswith(PREFIXE_LIBRE) for n in seulement):
            return
        champs = {cle_libre(c): c for c in contrat.champs_libres.actifs()}
        presents = [nom for nom in champs if seulement is None or nom in seulement]
        actuelles = valeurs_de(action, presents)
        for nom in presents:
            self.fields[nom] = saisie_de(champs[nom], actuelles[nom])

    def valeurs(self) -> dict[str, Any]:
        """Même statut, raison laissée vide : celle qui était notée reste."""
        valeurs = super().valeurs()
        if valeurs.get("statut") == self.statut_actuel and not valeurs.get("statut_raison"):
            valeurs.pop("statut_raison", None)
        return valeurs

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {nom: en_mots(nom, valeurs[nom]) for nom in self.fields if nom in valeurs}
