"""Ce que l’on demande à plusieurs fiches : lu dans le formulaire, remis dans le formulaire."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from acteurs.models import Acteur
from contrats.forms.champs_lot import EFFACER, MOT_DU_ROLE, ChampsDuLot
from contrats.forms.choix import choix_d_organisations
from contrats.forms.propositions import avec_son_theme
from contrats.lots import DATES, DU_PILOTE, NOMENCLATURES, Decalage, Demande, Retouche, en_code
from contrats.models import Contrat, Population, SousTheme, Theme
from contrats.models.organisations import organisations_de, personnes_de

UN_SEUL_GESTE = "Fixez, décalez ou effacez cette date : un seul des trois."
PILOTE_OU_SANS = "Choisissez un pilote, ou retirez-le : pas les deux."
STATUT_D_ABORD = "Choisissez le statut que cette raison explique."
RIEN = "Choisissez au moins un changement. Ce que vous laissez vide ne change pas."


class FormulaireLot(ChampsDuLot):
    """`presents` : par liste, (code, libellé, nombre) de ce que portent déjà les fiches choisies.

    `peut_tout` : la personne modifie tout le plan, donc aussi les pilotes.
    """

    def __init__(
        self,
        *args: Any,
        contrat: Contrat,
        presents: Mapping[str, Iterable[tuple[Any, str, int]]],
        peut_tout: bool,
        recherche: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if not peut_tout:
            for nom in ("pilote", "pilote_personne", "sans_pilote"):
                del self.fields[nom]
        champs: dict[str, Any] = self.fields
        if "pilote_personne" in champs:
            champs["pilote_personne"].queryset = personnes_de(contrat)
        champs["themes_ajouter"].queryset = Theme.objects.actives().tries()
        champs["populations_ajouter"].queryset = Population.objects.actives().tries()
        sous_themes = SousTheme.objects.actives().select_related("theme")
        champs["sous_themes_ajouter"].queryset = sous_themes.order_by("theme__ordre", "ordre")
        champs["sous_themes_ajouter"].label_from_instance = avec_son_theme
        for nom, lies in presents.items():
            champs[f"{nom}_retirer"].choices = [
                (code, f"{libelle} ({nombre})") for code, libelle, nombre in lies
            ]
        groupes = choix_d_organisations(organisations_de(contrat), recherche, self._gardees())
        for nom in {"pilote", "organisations_ajouter"} & champs.keys():
            champs[nom].proposer(groupes)

    def _gardees(self) -> list[Acteur]:
        """Les organisations déjà choisies, même hors du contrat, restent proposées."""
        choisies = [self._choix("pilote"), *self._choix_multiples("organisations_ajouter")]
        cles = {cle for cle in map(_en_uuid, choisies) if cle}
        return list(Acteur.objects.filter(pk__in=cles)) if cles else []

    def _choix(self, nom: str) -> Any:
        return self.data.get(nom) if self.is_bound else self.initial.get(nom)

    def _choix_multiples(self, nom: str) -> Iterable[Any]:
        if self.is_bound:
            return self.data.getlist(nom)  # type: ignore[attr-defined]  # un QueryDict
        return self.initial.get(nom) or ()

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        for nom in DATES:
            gestes = [donnees.get(nom), donnees.get(f"{nom}_nombre"), donnees.get(f"{nom}_effacer")]
            if sum(map(bool, gestes)) > 1:
                self.add_error(nom, UN_SEUL_GESTE)
        if donnees.get("sans_pilote") and (donnees.get("pilote") or donnees.get("pilote_personne")):
            self.add_error("sans_pilote", PILOTE_OU_SANS)
        if donnees.get("statut_raison") and not donnees.get("statut"):
            self.add_error("statut", STATUT_D_ABORD)
        if not self.errors and self.demande().est_vide:
            self.add_error(None, RIEN)
        return donnees

    def demande(self) -> Demande:
        """À lire une fois le formulaire valide."""
        return Demande(
            valeurs={**self._statut(), **self._pilote(), **self._dates()},
            decalages=self._decalages(),
            listes={nom: r for nom, r in self._listes().items() if not r.est_vide},
        )

    def _statut(self) -> dict[str, Any]:
        donnees, valeurs = self.cleaned_data, {}
        if donnees.get("statut"):
            valeurs = {"statut": donnees["statut"], "statut_raison": donnees["statut_raison"]}
        if donnees.get("priorite"):
            vide = donnees["priorite"] == EFFACER
            valeurs["priorite"] = "" if vide else donnees["priorite"]
        return valeurs

    def _pilote(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("sans_pilote"):
            return {"pilote": None, "pilote_personne": None, "pilote_nom": ""}
        choisis = {nom: donnees.get(nom) for nom in ("pilote", "pilote_personne")}
        return {nom: en_code(choisi) for nom, choisi in choisis.items() if choisi}

    def _dates(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        fixees = {nom: en_code(donnees[nom]) for nom in DATES if donnees.get(nom)}
        return fixees | {nom: None for nom in DATES if donnees.get(f"{nom}_effacer")}

    def _decalages(self) -> dict[str, Decalage]:
        donnees = self.cleaned_data
        return {
            nom: Decalage(donnees[f"{nom}_nombre"], donnees.get(f"{nom}_unite") or "mois")
            for nom in DATES
            if donnees.get(f"{nom}_nombre")
        }

    def _listes(self) -> dict[str, Retouche]:
        donnees = self.cleaned_data
        listes = {
            nom: Retouche(
                frozenset(element.pk for element in donnees.get(f"{nom}_ajouter") or ()),
                frozenset(donnees.get(f"{nom}_retirer") or ()),
            )
            for nom in NOMENCLATURES
        }
        ajoutees = {str(a.pk) for a in donnees.get("organisations_ajouter") or ()}
        role = donnees.get("role") or "partenaires"
        couples = [c.split(":", 1) for c in donnees.get("organisations_retirer") or ()]
        for nom in MOT_DU_ROLE:
            listes[nom] = Retouche(
                frozenset(ajoutees if nom == role else ()),
                frozenset(cle for champ, cle in couples if champ == nom),
            )
        return listes


def initiales(demande: Demande) -> dict[str, Any]:
    """Les réponses qui donnent cette demande, pour la revoir."""
    valeurs = dict(demande.valeurs)
    reponses: dict[str, Any] = {n: v for n, v in valeurs.items() if v}
    if valeurs.get("priorite") == "":
        reponses["priorite"] = EFFACER
    reponses["sans_pilote"] = valeurs.keys() >= set(DU_PILOTE)
    for nom in DATES:
        reponses[f"{nom}_effacer"] = nom in valeurs and valeurs[nom] is None
        if decalage := demande.decalages.get(nom):
            reponses[f"{nom}_nombre"] = decalage.nombre
            reponses[f"{nom}_unite"] = decalage.unite
    for nom in NOMENCLATURES:
        if retouche := demande.listes.get(nom):
            reponses[f"{nom}_ajouter"] = sorted(retouche.ajouter)
            reponses[f"{nom}_retirer"] = sorted(retouche.retirer)
    return reponses | _organisations(demande)


def _organisations(demande: Demande) -> dict[str, Any]:
    roles = {nom: demande.listes[nom] for nom in MOT_DU_ROLE if nom in demande.listes}
    ajoutes = [(nom, r) for nom, r in roles.items() if r.ajouter]
    retires = [f"{nom}:{cle}" for nom, r in roles.items() for cle in sorted(r.retirer)]
    role, retouche = ajoutes[0] if ajoutes else ("", Retouche())
    return {
        "role": role,
        "organisations_ajouter": sorted(retouche.ajouter),
        "organisations_retirer": retires,
    }


def _en_uuid(valeur: Any) -> UUID | None:
    try:
        return UUID(str(valeur))
    except ValueError:
        return None
