"""Écrire la copie d’un morceau de plan : axes, objectifs, fiches, chacun une identité neuve.

Le nombre de requêtes ne dépend pas du nombre de fiches. L’appelant a vérifié les droits et tient
la transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from acteurs.services.suivi import verrouiller
from contrats.copie import Options, jour_decale
from contrats.models import Action, Axe, Contrat, Objectif, OrigineAction, PassageStatut
from contrats.ordre_du_plan import Charpente, Noeud, numeros, placer, rangs, voisins
from contrats.services.copie_champs import champs_correspondants, creer_les_champs
from contrats.services.copie_liens import LOT, copier_liens, copier_valeurs_libres
from contrats.services.plan import CHAMPS_MODIFIABLES
from contrats.services.rangs import charpente_de, ecrire_rangs

# Ce que la copie décide elle-même
DECIDES = frozenset({"numero", "axe", "objectif", "action_precedente", "pilote_personne"})
_CHAMPS: Any = {champ.name: champ for champ in Action._meta.concrete_fields}
COLONNES = tuple(sorted(_CHAMPS[nom].attname for nom in CHAMPS_MODIFIABLES - DECIDES))
DE_L_AXE = ("titre", "titre_public", "promesse")
DE_L_OBJECTIF = ("titre", "niveau")


@dataclass(slots=True)
class Morceau:
    """Ce que l’on copie d’un plan, chaque liste dans son ordre."""

    source: Contrat
    axes: list[Axe] = field(default_factory=list)
    objectifs: list[Objectif] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    @property
    def elements(self) -> dict[str, list[Any]]:
        return {"axe": self.axes, "objectif": self.objectifs, "action": self.actions}


@dataclass(frozen=True, slots=True)
class Place:
    """Où va ce qui, dans le morceau, n’a plus de contenant."""

    axe: UUID | None = None
    objectif: UUID | None = None


@dataclass(slots=True)
class _Copie:
    morceau: Morceau
    contrat: Contrat
    options: Options
    par: Any
    plan: Charpente
    cles: dict[UUID, UUID]

    @property
    def est_interne(self) -> bool:
        """Dans le même contrat."""
        return self.morceau.source.pk == self.contrat.pk

    @property
    def est_reconduction(self) -> bool:
        return self.contrat.contrat_precedent_id == self.morceau.source.pk


def copier(
    *, morceau: Morceau, contrat: Contrat, place: Place, options: Options, par: Any
) -> Mapping[UUID, UUID]:
    """Rend, pour chaque élément du morceau, l’identifiant de sa copie."""
    verrouiller(contrat, version=None)
    cles = {e.pk: uuid4() for liste in morceau.elements.values() for e in liste}
    copie = _Copie(morceau, contrat, options, par, charpente_de(contrat), cles)
    noeuds = _poser(copie, place)
    _ecrire_niveaux(copie, noeuds)
    _ecrire_fiches(copie, noeuds)
    ecrire_rangs(charpente=copie.plan, par=par)
    fiches = {action.pk: cles[action.pk] for action in morceau.actions}
    trouves = champs_correspondants(source=morceau.source, contrat=contrat, actions=fiches)
    champs = creer_les_champs(correspondance=trouves, contrat=contrat, par=par)
    copier_valeurs_libres(copies=fiches, champs=champs, par=par)
    # Les fichiers en dernier : rien ne peut plus échouer après eux
    copier_liens(source=morceau.source, contrat=contrat, copies=fiches, options=options, par=par)
    return cles


# La place de chaque copie ------------------------------------------------------------------------


def _poser(copie: _Copie, place: Place) -> dict[UUID, Noeud]:
    """Ajoute les copies à la charpente du contrat, avec leur rang et leur numéro."""
    noeuds: dict[UUID, Noeud] = {}
    for genre, elements in copie.morceau.elements.items():
        liste = getattr(copie.plan, f"{genre}s")
        for element in elements:
            noeud = _noeud(copie, genre, element, place)
            noeuds[element.pk] = noeud
            _placer(liste, noeud, element.pk)
    garder = _numeros_libres(copie, noeuds)
    proposes = numeros(copie.plan)
    rang = {pk: r for ordre in rangs(copie.plan).values() for pk, r in ordre.items()}
    for noeud in noeuds.values():
        noeud.ordre = rang[noeud.id]
        noeud.numero = noeud.numero if garder else proposes[noeud.id]
    return noeuds


def _noeud(copie: _Copie, genre: str, element: Any, place: Place) -> Noeud:
    """Ce que contenait un élément copié reste dedans ; le reste va à la place demandée."""
    noeud = Noeud(copie.cles[element.pk], numero=element.numero, titre=element.titre)
    if genre == "axe":
        return noeud
    contenant = element.objectif_id if genre == "action" else element.parent_id
    noeud.parent = copie.cles.get(contenant) if contenant else None
    noeud.axe = copie.cles.get(element.axe_id) if element.axe_id else None
    if noeud.parent is None and noeud.axe is None:
        noeud.parent, noeud.axe = place.objectif, place.axe
    elif noeud.axe is None:
        noeud.axe = place.axe
    return noeud


def _placer(liste: list[Noeud], noeud: Noeud, origine: UUID) -> None:
    """Juste après l’original s’il est au même endroit ; sinon à la fin."""
    liste.append(noeud)
    autres = [autre.id for autre in voisins(liste, noeud.lieu)]
    if origine in autres:
        placer(liste, noeud, autres.index(origine) + 1)


def _numeros_libres(copie: _Copie, noeuds: Mapping[UUID, Noeud]) -> bool:
    """Les numéros d’origine se gardent dans un contrat qui n’en a encore aucun de pareil."""
    neufs = {noeud.id for noeud in noeuds.values()}
    for liste in (copie.plan.axes, copie.plan.objectifs, copie.plan.actions):
        pris = {n.numero for n in liste if n.id not in neufs and n.numero}
        if pris & {n.numero for n in liste if n.id in neufs}:
            return False
    return not copie.est_interne


# L’écriture --------------------------------------------------------------------------------------


def _ecrire_niveaux(copie: _Copie, noeuds: Mapping[UUID, Noeud]) -> None:
    commun = {"contrat": copie.contrat, "modifie_par": copie.par}
    axes = [
        Axe(**_communs(noeuds[axe.pk]), **_valeurs(axe, DE_L_AXE), **commun)
        for axe in copie.morceau.axes
    ]
    objectifs = []
    for objectif in copie.morceau.objectifs:
        noeud = noeuds[objectif.pk]
        objectifs.append(
            Objectif(
                **_communs(noeud),
                **_valeurs(objectif, DE_L_OBJECTIF),
                axe_id=noeud.axe,
                parent_id=noeud.parent,
                **commun,
            )
        )
    Axe.objects.bulk_create(axes, batch_size=LOT)
    Objectif.objects.bulk_create(objectifs, batch_size=LOT)


def _ecrire_fiches(copie: _Copie, noeuds: Mapping[UUID, Noeud]) -> None:
    equipe = set(copie.contrat.participations.values_list("utilisateur_id", flat=True))
    neuves = []
    for action in copie.morceau.actions:
        noeud = noeuds[action.pk]
        neuve = Action(
            **_communs(noeud) | _valeurs(action, COLONNES),
            contrat=copie.contrat,
            axe_id=noeud.axe,
            objectif_id=noeud.parent,
            modifie_par=copie.par,
        )
        _remettre_a_neuf(neuve, copie.options)
        _nommer_le_pilote(neuve, action, equipe)
        _dire_l_origine(neuve, action, copie)
        if copie.est_interne:
            neuve.est_publique = False
        neuves.append(neuve)
    Action.objects.bulk_create(neuves, batch_size=LOT)
    PassageStatut.objects.bulk_create(
        [
            PassageStatut(action=a, vers=a.statut, par=copie.par, raison=a.statut_raison)
            for a in neuves
        ],
        batch_size=LOT,
    )


def _communs(noeud: Noeud) -> dict[str, Any]:
    return {"id": noeud.id, "numero": noeud.numero, "ordre": noeud.ordre}


def _valeurs(element: Any, noms: tuple[str, ...]) -> dict[str, Any]:
    return {nom: getattr(element, nom) for nom in noms}


def _remettre_a_neuf(action: Action, options: Options) -> None:
    action.date_debut = jour_decale(action.date_debut, options.decalage)
    action.date_fin = jour_decale(action.date_fin, options.decalage)
    if options.statut:
        action.statut = options.statut
        action.statut_raison, action.statut_est_impose = "", False


def _nommer_le_pilote(neuve: Action, action: Action, equipe: set[UUID]) -> None:
    """Une personne hors de l’équipe reste écrite, sans son compte."""
    personne = action.pilote_personne
    if personne is None:
        return
    if personne.pk in equipe:
        neuve.pilote_personne = personne
    elif not neuve.pilote_nom:
        neuve.pilote_nom = str(personne)[:120]


def _dire_l_origine(neuve: Action, action: Action, copie: _Copie) -> None:
    if copie.est_reconduction:
        neuve.origine, neuve.action_precedente = OrigineAction.RECONDUITE, action
    elif copie.est_interne:
        neuve.action_precedente_id = action.action_precedente_id
