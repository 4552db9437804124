"""La chaîne d’un contrat, et ce qui y manque. Aucune base de données.

Besoin → objectif → action → indicateur → effet. Une action abandonnée reste visible mais ne compte
plus : elle n’a pas à être mesurée, et ne nourrit ni son objectif ni un indicateur. Un indicateur de
contexte, ou que la plateforme calcule, n’attend pas d’action.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

ABANDONNEE = "ABANDONNEE"
CONTEXTE = "CONTEXTE"
PILOTAGE = "PILOTAGE"

Lien = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class BesoinLu:
    """`rang` : son numéro dans le contrat, à partir de 1."""

    pk: UUID
    rang: int
    libelle: str
    constat: str = ""
    source: str = ""
    objectifs: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AxeLu:
    pk: UUID
    nom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectifLu:
    pk: UUID
    axe: UUID | None
    parent: UUID | None
    nom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLue:
    """`statut` : celui que l’on lit aujourd’hui ; `mot` : comme il s’écrit."""

    pk: UUID
    axe: UUID | None
    objectif: UUID | None
    nom: str
    statut: str
    mot: str = ""

    @property
    def compte(self) -> bool:
        return self.statut != ABANDONNEE


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicateurLu:
    pk: UUID
    nom: str
    unite: str
    type: str
    calcul: str

    @property
    def attend_une_action(self) -> bool:
        return self.type != CONTEXTE and self.calcul != PILOTAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class EffetLu:
    """`dit` : les deux en mots, « Effet intermédiaire, probable »."""

    type: str
    confiance: str
    explication: str = ""
    dit: str = ""


@dataclass(frozen=True, kw_only=True)
class Chaine:
    """Tout dans l’ordre du plan. `liens` : (action, indicateur), des actions lisibles seulement."""

    besoins: tuple[BesoinLu, ...] = ()
    axes: tuple[AxeLu, ...] = ()
    objectifs: tuple[ObjectifLu, ...] = ()
    actions: tuple[ActionLue, ...] = ()
    indicateurs: tuple[IndicateurLu, ...] = ()
    liens: frozenset[Lien] = frozenset()
    effets: Mapping[Lien, EffetLu] = field(default_factory=dict)

    @cached_property
    def par_objectif(self) -> dict[UUID, ObjectifLu]:
        return {objectif.pk: objectif for objectif in self.objectifs}

    @cached_property
    def indicateurs_de(self) -> dict[UUID, tuple[IndicateurLu, ...]]:
        """Par action, les indicateurs qui la mesurent, dans l’ordre du contrat."""
        return {
            action.pk: tuple(i for i in self.indicateurs if (action.pk, i.pk) in self.liens)
            for action in self.actions
        }

    def lignee(self, objectif: UUID | None) -> frozenset[UUID]:
        """L’objectif et ceux qui le contiennent ; une boucle dans les données s’arrête."""
        vus: set[UUID] = set()
        while objectif in self.par_objectif and objectif not in vus:
            vus.add(objectif)
            objectif = self.par_objectif[objectif].parent
        return frozenset(vus)

    # Ce qui manque ----------------------------------------------------------------------------

    @cached_property
    def besoins_sans_objectif(self) -> tuple[BesoinLu, ...]:
        return tuple(besoin for besoin in self.besoins if not besoin.objectifs)

    @cached_property
    def objectifs_sans_besoin(self) -> tuple[ObjectifLu, ...]:
        """Vide sans aucun besoin écrit. Un objectif répond aussi par celui qui le contient."""
        if not self.besoins:
            return ()
        repondent = frozenset().union(*(besoin.objectifs for besoin in self.besoins))
        feuilles = self._feuilles
        return tuple(
            o for o in self.objectifs if o.pk in feuilles and not self.lignee(o.pk) & repondent
        )

    @cached_property
    def objectifs_sans_action(self) -> tuple[ObjectifLu, ...]:
        """Ceux qu’aucun autre ne détaille, et que rien ne met en œuvre."""
        servis = {action.objectif for action in self.actions if action.compte}
        return tuple(o for o in self.objectifs if o.pk in self._feuilles and o.pk not in servis)

    @cached_property
    def actions_sans_indicateur(self) -> tuple[ActionLue, ...]:
        return tuple(a for a in self.actions if a.compte and not self.indicateurs_de[a.pk])

    @cached_property
    def indicateurs_sans_action(self) -> tuple[IndicateurLu, ...]:
        comptent = {action.pk for action in self.actions if action.compte}
        nourris = {indicateur for action, indicateur in self.liens if action in comptent}
        return tuple(i for i in self.indicateurs if i.attend_une_action and i.pk not in nourris)

    @cached_property
    def liens_sans_effet(self) -> tuple[tuple[ActionLue, IndicateurLu], ...]:
        return tuple(
            (action, indicateur)
            for action in self.actions
            if action.compte
            for indicateur in self.indicateurs_de[action.pk]
            if (action.pk, indicateur.pk) not in self.effets
        )

    @cached_property
    def _feuilles(self) -> frozenset[UUID]:
        parents = {objectif.parent for objectif in self.objectifs}
        return frozenset(o.pk for o in self.objectifs if o.pk not in parents)
