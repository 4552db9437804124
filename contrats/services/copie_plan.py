"""Dupliquer une fiche, une branche ; reprendre le plan d’un autre contrat que l’on suit."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from acteurs.droits import Droit
from acteurs.models import Utilisateur
from acteurs.services.suivi import verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.copie import Apercu, Options
from contrats.models import Action, Axe, Contrat, Objectif, ObjectifRegional
from contrats.permissions import exiger
from contrats.services import arbre
from contrats.services.copie_champs import champs_correspondants
from contrats.services.copie_fiches import Morceau, Place, copier
from contrats.services.copie_liens import codes_admis, liens_de
from contrats.services.rangs import charpente_de

GENRE = "copie_plan"
FICHES_EN_DIRECT = 200
SANS_AXE = "sans"
MEME_CONTRAT = "Choisissez un autre contrat que celui-ci."
RIEN_A_COPIER = "Il n’y a rien à copier\u00a0: choisissez un axe qui contient quelque chose."
DEJA_EN_COURS = "Une copie est déjà en cours dans ce contrat. Attendez qu’elle soit finie."
LONGUEUR_DU_TITRE = 250


@transaction.atomic
def dupliquer_fiche(
    *,
    action: Action,
    titre: str,
    axe: Axe | None,
    objectif: Objectif | None,
    options: Options,
    par: Any,
) -> Action:
    """La copie va à la place donnée, juste après l’original si c’est la sienne."""
    contrat = action.contrat
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    _exiger_le_budget(contrat, options, par)
    axe = objectif.axe if objectif else axe
    if any(lieu and lieu.contrat_id != contrat.pk for lieu in (axe, objectif)):
        raise DonneesRefusees("Choisissez une place du même contrat.")
    copiee = Action.objects.select_related("pilote_personne").get(pk=action.pk)
    copiee.titre = titre[:LONGUEUR_DU_TITRE]
    place = Place(axe.pk if axe else None, objectif.pk if objectif else None)
    copiee.axe_id, copiee.objectif_id = place.axe, place.objectif
    cles = copier(
        morceau=Morceau(contrat, actions=[copiee]),
        contrat=contrat,
        place=place,
        options=options,
        par=par,
    )
    return Action.objects.get(pk=cles[action.pk])


@transaction.atomic
def dupliquer_branche(*, niveau: Axe | Objectif, options: Options, par: Any) -> UUID:
    """L’axe ou l’objectif, avec tout ce qu’il contient ; rend l’identifiant de la copie."""
    contrat = niveau.contrat
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    _exiger_le_budget(contrat, options, par)
    morceau = morceau_de(niveau, par)
    place = Place()
    if isinstance(niveau, Objectif):
        place = Place(niveau.axe_id, niveau.parent_id)
    return copier(morceau=morceau, contrat=contrat, place=place, options=options, par=par)[
        niveau.pk
    ]


@transaction.atomic
def reprendre_plan(
    *, source: Contrat, contrat: Contrat, axes: Collection[str], options: Options, par: Any
) -> Apercu:
    """Ajoute au plan une copie des axes choisis (« sans » : ce qui n’en a pas) ; n’écrase rien."""
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    exiger(par, Droit.LIRE_CONTRAT, source)
    _exiger_le_budget(source, options, par)
    if source.pk == contrat.pk:
        raise DonneesRefusees(MEME_CONTRAT, champs={"source": [MEME_CONTRAT]})
    morceau = morceau_du_plan(source, axes, par)
    cree = apercu(morceau, contrat, options)
    if cree.est_vide:
        raise DonneesRefusees(RIEN_A_COPIER, champs={"axes": [RIEN_A_COPIER]})
    copier(morceau=morceau, contrat=contrat, place=Place(), options=options, par=par)
    return cree


def _exiger_le_budget(source: Contrat, options: Options, par: Any) -> None:
    if options.budget:
        exiger(par, Droit.VOIR_BUDGET, source)


# Ce qui serait copié -----------------------------------------------------------------------------


def morceau_de(niveau: Axe | Objectif, par: Any) -> Morceau:
    """La branche, moins les fiches que la personne ne lit pas."""
    contrat = niveau.contrat
    plan = charpente_de(contrat)
    branche, fiches = arbre.branche_de(plan, niveau), arbre.fiches_de(plan, niveau)
    return Morceau(
        source=contrat,
        axes=[niveau] if isinstance(niveau, Axe) else [],
        objectifs=list(contrat.objectifs.filter(pk__in=branche).dans_l_ordre()),
        actions=_fiches(contrat, par, fiches),
    )


def morceau_du_plan(source: Contrat, axes: Collection[str], par: Any) -> Morceau:
    plan = charpente_de(source)
    choisis = [axe for axe in source.axes.dans_l_ordre() if str(axe.pk) in axes]
    branches = [pk for axe in choisis for pk in arbre.branche_de(plan, axe)]
    fiches = [pk for axe in choisis for pk in arbre.fiches_de(plan, axe)]
    if SANS_AXE in axes:
        seuls = [o.id for o in plan.objectifs if o.axe is None and o.id not in branches]
        branches += seuls
        fiches += [f.id for f in plan.actions if f.axe is None and f.id not in fiches]
    return Morceau(
        source=source,
        axes=choisis,
        objectifs=list(source.objectifs.filter(pk__in=branches).dans_l_ordre()),
        actions=_fiches(source, par, fiches),
    )


def _fiches(contrat: Contrat, par: Any, cles: Collection[UUID]) -> list[Action]:
    lisibles: Any = contrat.actions.lisibles_par(par).filter(pk__in=cles)
    return list(lisibles.select_related("pilote_personne").dans_l_ordre())


def apercu(morceau: Morceau, contrat: Contrat, options: Options) -> Apercu:
    """Ce que la copie créera dans ce contrat, et ce qui ne suivra pas ; n’écrit rien."""
    return Apercu(
        axes=len(morceau.axes),
        objectifs=len(morceau.objectifs),
        fiches=len(morceau.actions),
        remarques=_remarques(morceau, contrat) if morceau.source.pk != contrat.pk else (),
    )


def _remarques(morceau: Morceau, contrat: Contrat) -> list[str]:
    fiches = [action.pk for action in morceau.actions]
    admis = codes_admis(source=morceau.source, contrat=contrat)
    phrases = []
    communes = {c for _, c in liens_de("communes", fiches)} - admis["communes"]
    if communes:
        phrases.append(f"Communes hors du périmètre, qui ne suivront pas\u00a0: {len(communes)}.")
    regionaux = {c for _, c in liens_de("objectifs_regionaux", fiches)}
    if dehors := regionaux - admis["objectifs_regionaux"]:
        noms = ObjectifRegional.objects.filter(pk__in=dehors).count()
        phrases.append(f"Objectifs d’une autre région, qui ne suivront pas\u00a0: {noms}.")
    champs = champs_correspondants(source=morceau.source, contrat=contrat, actions=fiches)
    if champs.a_creer:
        noms_crees = ", ".join(c.libelle for c in champs.a_creer)
        phrases.append(f"Champs du contrat ajoutés à celui-ci\u00a0: {noms_crees}.")
    if champs.laisses:
        laisses = ", ".join(c.libelle for c in champs.laisses)
        phrases.append(
            f"Champs laissés de côté, car ce contrat en a un du même nom, d’un autre genre ou "
            f"d’autres choix\u00a0: {laisses}."
        )
    return [*phrases, *_personnes_hors_equipe(morceau, contrat)]


def _personnes_hors_equipe(morceau: Morceau, contrat: Contrat) -> list[str]:
    equipe = set(contrat.participations.values_list("utilisateur_id", flat=True))
    dehors = {a.pilote_personne_id for a in morceau.actions if a.pilote_personne_id} - equipe
    if not dehors:
        return []
    phrase = "Personnes pilotes qui ne sont pas dans l’équipe de ce contrat"
    return [f"{phrase}\u00a0: {len(dehors)}. Leur nom est gardé, sans lien avec leur compte."]


# En arrière-plan, au-delà de 200 fiches ----------------------------------------------------------


@transaction.atomic
def demander_copie(
    *, contrat: Contrat, quoi: str, cle: UUID, axes: Collection[str], options: Options, par: Any
) -> Travail:
    """`quoi` : « plan » (`cle` est le contrat d’origine), « axe » ou « objectif »."""
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    verrouiller(contrat, version=None)
    en_vie = (EtatTravail.EN_FILE, EtatTravail.EN_COURS)
    if Travail.objects.filter(genre=GENRE, cible_id=contrat.pk, etat__in=en_vie).exists():
        raise DonneesRefusees(DEJA_EN_COURS)
    return Travail.objects.create(
        genre=GENRE,
        cible_id=contrat.pk,
        demande_par_id=par.pk,
        parametres={
            "quoi": quoi,
            "cle": str(cle),
            "axes": list(axes),
            "options": asdict(options),
        },
    )


def copier_en_fond(*, travail_id: UUID) -> None:
    """Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_faire)


def _faire(travail: Travail) -> None:
    demande = travail.parametres
    par = Utilisateur.objects.get(pk=str(travail.demande_par_id))
    options = Options(**demande["options"])
    avancer(travail, 10)
    with transaction.atomic():
        tenir(travail)
        if demande["quoi"] == "plan":
            reprendre_plan(
                source=Contrat.objects.get(pk=demande["cle"]),
                contrat=Contrat.objects.get(pk=travail.cible_id),
                axes=demande["axes"],
                options=options,
                par=par,
            )
        else:
            modele: Any = {"axe": Axe, "objectif": Objectif}[demande["quoi"]]
            niveau = modele.objects.select_related("contrat").get(pk=demande["cle"])
            dupliquer_branche(niveau=niveau, options=options, par=par)
