"""Décrire un indicateur : un seul champ est demandé, le libellé ; le reste se remplit peu à peu."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from acteurs.models import Utilisateur
from contrats.forms.objet import en_mots
from contrats.models import Action, Axe, Contrat, Objectif
from indicateurs.calcul.formule import AIDE as AIDE_FORMULE
from indicateurs.forms import cibles
from indicateurs.forms.base import ChampNombre, FormulaireReporte
from indicateurs.forms.champs import (
    COMME_LE_CATALOGUE,
    ChoixRepris,
    annee,
    casier,
    texte,
    zone,
)
from indicateurs.forms.cibles import LigneDeCible
from indicateurs.forms.sections import SECTIONS, Section
from indicateurs.models import (
    Agregation,
    Calcul,
    Indicateur,
    IndicateurModele,
    MesureDePilotage,
    NiveauIndicateur,
    Periodicite,
    Sens,
    TypeIndicateur,
)
from indicateurs.rattachements import rattachements

DE_SERVICE = frozenset({"version"})


class IndicateurForm(FormulaireReporte):
    """Choisir un indicateur du catalogue, l’adapter, ou en écrire un."""

    modele = forms.ModelChoiceField(
        label="Indicateur du catalogue",
        queryset=IndicateurModele.objects.none(),
        required=False,
        empty_label="Aucun : un indicateur propre au contrat",
        help_text=COMME_LE_CATALOGUE,
    )
    libelle = texte("Libellé", 200)
    libelle_public = texte("En mots simples, pour les habitants", 200)
    code = texte("Code", 20, aide="Court, comme A02. Les formules citent les indicateurs par lui.")
    definition = zone("Définition", "Ce que l’on compte, et ce que l’on ne compte pas.")
    type = ChoixRepris("Type", TypeIndicateur)
    niveau = ChoixRepris(
        "Niveau territorial",
        NiveauIndicateur,
        aide="Le plus fin des territoires que ses valeurs décrivent.",
    )

    unite = texte("Unité", 40, aide="Comme « personnes », « % », « consultations ».")
    decimales = forms.IntegerField(
        label="Décimales affichées",
        required=False,
        min_value=0,
        max_value=4,
        widget=forms.NumberInput(attrs={"class": "courte"}),
    )
    sens = ChoixRepris("Sens favorable", Sens)
    agregation = ChoixRepris(
        "Comment les valeurs s’ajoutent",
        Agregation,
        aide="D’un territoire à l’autre, d’un trimestre à l’autre. Un rapport se recalcule sur les "
        "deux nombres, il ne se moyenne pas.",
    )
    numerateur = texte("Numérateur d’un rapport", 200)
    denominateur = texte("Dénominateur d’un rapport", 200)

    calcul = forms.ChoiceField(
        label="Valeurs",
        choices=Calcul.choices,
        initial=Calcul.SAISIE,
        required=False,
        widget=forms.RadioSelect,
    )
    formule = texte("Formule", 500, aide=AIDE_FORMULE)
    pilotage = forms.ChoiceField(
        label="Ce que la plateforme compte",
        choices=[("", "Choisissez"), *MesureDePilotage.choices],
        required=False,
    )
    source = texte(
        "Source", 200, aide="Une enquête, un registre, un fichier : où la valeur se lit."
    )
    producteur = texte("Producteur", 200, aide="L’organisation qui produit la donnée.")
    periodicite = ChoixRepris("Rythme", Periodicite)
    responsable = forms.ModelChoiceField(
        label="Responsable de la collecte",
        queryset=Utilisateur.objects.none(),
        required=False,
        empty_label="Personne en particulier",
        help_text="Quelqu’un de l’équipe du contrat.",
    )
    limites = zone("Limites des données", "Ce qu’il faut savoir avant d’en tirer une conclusion.")

    valeur_reference = ChampNombre(label="Valeur de référence", required=False)
    annee_reference = annee("Année de référence")
    cible = ChampNombre(label="Cible", required=False)
    annee_cible = annee("Échéance de la cible")
    cibles = cibles.ChampCibles(
        label="Cibles intermédiaires",
        required=False,
        help_text="La valeur attendue certaines années, avant l’échéance. Videz une ligne pour la "
        "retirer.",
    )
    precision = ChampNombre(
        label="Précision",
        required=False,
        help_text="L’écart à la trajectoire qui ne compte ni comme avance ni comme retard.",
    )
    seuil = ChampNombre(
        label="Seuil d’alerte",
        required=False,
        help_text="La valeur à ne pas franchir, du mauvais côté.",
    )

    axe = forms.ModelChoiceField(
        label="Axe", queryset=Axe.objects.none(), required=False, empty_label="Tout le contrat"
    )
    objectif = forms.ModelChoiceField(
        label="Objectif",
        queryset=Objectif.objects.none(),
        required=False,
        empty_label="Aucun en particulier",
    )
    actions = casier("Actions liées", Action.objects.none())
    est_public = forms.BooleanField(label="Publié sur la page des habitants", required=False)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, contrat: Contrat, de_plus: int = 0, **kwargs: Any) -> None:
        """`de_plus` : les lignes vides demandées pour d’autres cibles."""
        super().__init__(*args, **kwargs)
        self.de_plus = de_plus
        choix = rattachements(
            contrat, modele=self._actuel("modele"), responsable=self._actuel("responsable")
        )
        for nom, queryset in choix.items():
            self.fields[nom].queryset = queryset  # type: ignore[attr-defined]  # champ connu de ce formulaire

    def _actuel(self, nom: str) -> Any:
        return getattr(self.initial.get(nom), "pk", None)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if "libelle" not in self.errors and not donnees.get("modele") and not donnees["libelle"]:
            self.add_error("libelle", "Écrivez ce que l’on mesure, ou partez du catalogue.")
        donnees["calcul"] = donnees.get("calcul") or Calcul.SAISIE
        return donnees

    def valeurs(self) -> dict[str, Any]:
        return {nom: v for nom, v in self.cleaned_data.items() if nom not in DE_SERVICE}

    def sections(self) -> Iterator[Section]:
        for titre, aide, rangs in SECTIONS:
            yield Section(titre, aide, tuple(tuple(self[n] for n in noms) for noms in rangs))

    def lignes_de_cibles(self) -> list[LigneDeCible]:
        return list(cibles.lignes_de(self["cibles"].value(), de_plus=self.de_plus))

    def ecriture(self, valeurs: Mapping[str, Any]) -> dict[str, str]:
        """Chaque valeur comme un humain la lit, pour comparer deux versions."""
        return {n: self._ecrire(n, valeurs[n]) for n in self.fields if n in valeurs}

    def _ecrire(self, nom: str, valeur: Any) -> str:
        if nom == "cibles":
            return cibles.ecrire(valeur)
        if nom == "actions":
            return "\n".join(sorted(str(action) for action in valeur))
        champ = self.fields[nom]
        if isinstance(champ, ChampNombre):
            return champ.prepare_value(valeur)
        return en_mots(champ, valeur)


def valeurs_de(indicateur: Indicateur) -> dict[str, Any]:
    """Ce que dit l’indicateur, champ par champ."""
    listes = {"actions", "cibles", "version"}
    simples = [nom for nom in IndicateurForm.base_fields if nom not in listes]
    attendues = indicateur.cibles_intermediaires.chronologiques()
    return {nom: getattr(indicateur, nom) for nom in simples} | {
        "actions": list(indicateur.actions.all()),
        "cibles": list(attendues.values_list("annee", "valeur")),
    }
