"""Toute l’histoire d’une fiche : ses champs, ses liens, ses étapes, ses notes, son argent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from cls_platform.socle.historique import Changement, Evenement, evenements_de
from contrats.champs_fiche import CHAMPS_EN_PLACE, cle_libre
from contrats.histoire.champ import Etat
from contrats.histoire.ecriture import Noms, moyen
from contrats.models import (
    Action,
    ChangementLien,
    DocumentAction,
    Financement,
    Jalon,
    LigneBudget,
    NoteSuivi,
)
from contrats.models.vocabulaire_liens import LIENS, LIES_D_AILLEURS

# Ce qu’une fiche porte : (genre, modèle, mot, se rétablit)
PORTES: tuple[tuple[str, Any, str, bool], ...] = (
    ("etape", Jalon, "Étape", True),
    ("note", NoteSuivi, "Note", True),
    ("depense", LigneBudget, "Dépense", True),
    ("financement", Financement, "Financement", True),
    ("document", DocumentAction, "Document", False),
)
ARGENT = frozenset({"depense", "financement"})
# Des octets ou des empreintes : rien qu’une personne lise
TUS = frozenset({"action", "fichier", "taille", "sha256"})
DEFINITION_DE = {nom: d.nom for d in CHAMPS_EN_PLACE.values() for nom in d.champs}


@dataclass(frozen=True, slots=True)
class Geste:
    """Une ligne de l’histoire. `revient` : l’élément supprimé que l’on peut remettre."""

    evenement: Evenement
    auteur: UUID | None
    genre: str
    sujet: str
    nom: str = ""
    revient: UUID | None = None

    @property
    def moyen(self) -> str:
        return self.evenement.provenance or moyen(self.evenement.via)

    @property
    def champs(self) -> set[str]:
        return {definition_de(c.champ) for c in self.evenement.changements} - {""}


def definition_de(champ: str) -> str:
    """Le champ de la fiche dont relève une colonne ou une liste ; vide s’il n’en est pas un."""
    return champ if champ.startswith("libre-") else DEFINITION_DE.get(champ, "")


def journal(action: Action, *, limite: int) -> list[Evenement]:
    """Les derniers gestes sur la fiche même."""
    copies_de: Any = Action.pgh_event_model  # type: ignore[attr-defined]  # posé par pghistory
    copies = _rangees(copies_de.objects.filter(pgh_obj_id=action.pk))[: limite + 1]
    gestes = _de_la_fiche(action, copies_de, list(copies))
    return [geste.evenement for geste in gestes[:limite]]


def gestes(action: Action, *, avec_argent: bool) -> list[Geste]:
    """Tous, du plus récent au plus ancien ; sans `avec_argent`, ni dépense ni financement."""
    copies_de: Any = Action.pgh_event_model  # type: ignore[attr-defined]  # posé par pghistory
    copies = list(_rangees(copies_de.objects.filter(pgh_obj_id=action.pk)))
    tous = _de_la_fiche(action, copies_de, copies)
    for genre, modele, mot, revient in PORTES:
        if avec_argent or genre not in ARGENT:
            tous += _portes(action, genre, modele, mot, revient=revient)
    return sorted(tous, key=lambda geste: geste.evenement.le, reverse=True)


def _rangees(copies: Any, *lies: str) -> Any:
    return copies.select_related("modifie_par", *lies).order_by("-pgh_id")


def _de_la_fiche(action: Action, copies_de: Any, copies: list[Any]) -> list[Geste]:
    liens = _changements_des_liens(action, {copie.version for copie in copies})
    lus = []
    for copie, geste in evenements_de(copies_de, copies):
        # La dernière copie d’une version porte les liens que cette version a changés
        lies = tuple(liens.pop(copie.version, ())) if geste.genre == "update" else ()
        evenement = replace(geste, changements=(*geste.changements, *lies))
        if evenement.changements or evenement.genre != "update":
            lus.append(Geste(evenement, copie.modifie_par_id, "fiche", "Fiche"))
    return lus


def _changements_des_liens(action: Action, versions: set[int]) -> dict[int, list[Changement]]:
    """Version → ce qui est venu et parti, champ par champ."""
    changes = ChangementLien.objects.de_la_fiche(action.pk).filter(version__in=versions)
    groupes: dict[tuple[int, str], dict[bool, list[str]]] = defaultdict(
        lambda: {True: [], False: []}
    )
    for changement in changes:
        groupes[changement.version, changement.champ][changement.est_ajout].append(
            changement.element
        )
    noms = _noms(action, groupes)
    libelles = _libelles(action)
    lus: dict[int, list[Changement]] = defaultdict(list)
    for (version, champ), sens in groupes.items():
        avant, apres = (_ecrire(noms, champ, sens[cote]) for cote in (False, True))
        if avant != apres:
            lus[version].append(
                Changement(champ, libelles.get(champ, "Champ retiré"), avant, apres)
            )
    return lus


def _ecrire(noms: Noms, champ: str, elements: list[str]) -> str:
    if champ in LIENS or champ in LIES_D_AILLEURS:
        return noms.mot(champ, frozenset(elements))
    return noms.mot(champ, elements[0]) if elements else ""


def _noms(action: Action, groupes: Mapping[tuple[int, str], Mapping[bool, list[str]]]) -> Noms:
    """Chaque élément cité, comme s’il était la valeur d’un état."""
    cites: dict[str, frozenset[str]] = defaultdict(frozenset)
    for (_, champ), sens in groupes.items():
        cites[champ] |= frozenset(sens[True]) | frozenset(sens[False])
    etat = Etat(0, timezone.now(), "", "", dict(cites), est_creation=False)
    return Noms(action, [etat])


def _libelles(action: Action) -> dict[str, str]:
    libres = action.contrat.champs_libres.all()
    listes = {nom: str(CHAMPS_EN_PLACE[DEFINITION_DE[nom]].libelle) for nom in LIENS}
    return listes | LIES_D_AILLEURS | {cle_libre(champ): champ.libelle for champ in libres}


def _portes(action: Action, genre: str, modele: Any, mot: str, *, revient: bool) -> list[Geste]:
    copies_de: Any = modele.pgh_event_model
    lies = [c.name for c in copies_de._meta.fields if c.name in {"nature", "type_financeur"}]
    copies = list(_rangees(copies_de.objects.filter(action=action.pk), *lies))
    presents = set(modele.objects.filter(action=action.pk).values_list("pk", flat=True))
    # L’année d’une note suit sa date ; celle d’une dépense se choisit
    tus = TUS | {"annee"} if genre == "note" else TUS
    lus = []
    for copie, evenement in evenements_de(copies_de, copies, sauf=tus):
        supprime = evenement.genre == "delete" and copie.pgh_obj_id not in presents
        if evenement.changements or evenement.genre != "update":
            lus.append(
                Geste(
                    evenement,
                    copie.modifie_par_id,
                    genre,
                    mot,
                    nom_de(copie),
                    revient=copie.pgh_obj_id if supprime and revient else None,
                )
            )
    return lus


def nom_de(copie: Any) -> str:
    """Comment l’élément se nomme dans sa copie."""
    if hasattr(copie, "libelle") and not hasattr(copie, "nature_id"):
        return str(copie.libelle)
    if hasattr(copie, "date_note"):
        return f"{copie.date_note:%d/%m/%Y}"
    if hasattr(copie, "nature_id"):
        return f"{copie.nature}, {copie.annee}"
    if hasattr(copie, "type_financeur_id"):
        return f"{copie.type_financeur}, {copie.annee}"
    return str(copie.titre)


@dataclass(frozen=True, slots=True)
class Tri:
    """Ce que la page demande ; vide : tout. Les dates sont des jours, bornes comprises."""

    champ: str = ""
    auteur: str = ""
    du: date | None = None
    au: date | None = None

    def garder(self, tous: Iterable[Geste]) -> list[Geste]:
        return [geste for geste in tous if self._garde(geste)]

    def _garde(self, geste: Geste) -> bool:
        jour = timezone.localtime(geste.evenement.le).date()
        return (
            (not self.champ or self.champ == geste.genre or self.champ in geste.champs)
            and (not self.auteur or self.auteur == str(geste.auteur or "outil"))
            and (self.du is None or jour >= self.du)
            and (self.au is None or jour <= self.au)
        )
