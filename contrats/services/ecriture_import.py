"""L’écriture d’un import : par lots, dans la transaction de l’appelant, signée comme un import."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from acteurs.models import Acteur
from cls_platform.socle.ecriture_groupee import inserer, mettre_a_jour
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import (
    Action,
    ActionActeur,
    Axe,
    Contrat,
    Jalon,
    Objectif,
    PassageStatut,
    RoleActeur,
)
from contrats.services.ecriture_budget import ecrire_budget
from contrats.services.recherche import mots_ranges_a_la_fin
from contrats.tableur import etapes
from contrats.tableur.changements import Changements, Fiche
from contrats.tableur.colonnes import COLONNES, PAR_CLE, Genre

VIA = "import"
LOT = 500
TYPE_INCONNU = "autre"
GENRES_SIMPLES = {
    Genre.NUMERO, Genre.LIGNE, Genre.TEXTE, Genre.CHOIX, Genre.DEBUT, Genre.FIN, Genre.OUI_NON
}  # fmt: skip
ROLES = {c.cle: c.reference for c in COLONNES if c.genre is Genre.ROLE}
LISTES = {c.cle: c.reference[0] for c in COLONNES if c.genre is Genre.LISTE} | {
    "communes": "communes"
}
DE_L_ETAPE = ("echeance", "fait_le", "est_abandonne", "est_annuel")
SUIVI = ["version", "modifie_le", "modifie_par", "modifie_via"]


def ecrire_changements(*, contrat: Contrat, changements: Changements, par: Any) -> None:
    """L’appelant a exigé le droit et verrouillé le contrat. Lève DonneesRefusees."""
    _creer_organisations(contrat, changements.organisations)
    _creer_niveaux(contrat, changements, par)
    with mots_ranges_a_la_fin() as ecrites:
        crees = _creer_fiches(contrat, changements.creations, par)
        modifiees = _modifier_fiches(changements.modifications, par)
        paires = [*crees, *modifiees]
        ecrites.extend(action.pk for action, _ in paires)
        neuves = {action.pk for action, _ in crees}
        _ecrire_liens(paires, neuves)
        _ecrire_roles(paires, neuves)
    _ecrire_etapes(paires, neuves, par)
    ecrire_budget(paires, par)


def _creer_organisations(contrat: Contrat, organisations: dict[UUID, str]) -> None:
    Acteur.objects.bulk_create(
        [
            Acteur(
                id=pk, nom=nom, type_id=TYPE_INCONNU, est_demonstration=contrat.est_demonstration
            )
            for pk, nom in organisations.items()
        ],
        batch_size=LOT,
    )


def _creer_niveaux(contrat: Contrat, changements: Changements, par: Any) -> None:
    signature = {"modifie_par": par, "modifie_via": VIA}
    rangs = {
        modele: (getattr(contrat, lien).aggregate(m=Max("ordre"))["m"] or 0)
        for modele, lien in ((Axe, "axes"), (Objectif, "objectifs"))
    }
    axes, objectifs = [], []
    for noeud in changements.niveaux:
        if not noeud.niveau:
            rangs[Axe] += 1
            axes.append(
                Axe(id=noeud.id, contrat=contrat, numero=noeud.numero, titre=noeud.titre,
                    ordre=rangs[Axe], **signature)
            )  # fmt: skip
        else:
            rangs[Objectif] += 1
            objectifs.append(
                Objectif(id=noeud.id, contrat=contrat, numero=noeud.numero, titre=noeud.titre,
                         niveau=noeud.niveau, axe_id=noeud.axe_id, parent_id=noeud.parent_id,
                         ordre=rangs[Objectif], **signature)
            )  # fmt: skip
    Axe.objects.bulk_create(axes, batch_size=LOT)
    Objectif.objects.bulk_create(objectifs, batch_size=LOT)


def _creer_fiches(
    contrat: Contrat, creations: Iterable[Fiche], par: Any
) -> list[tuple[Action, Fiche]]:
    rang = contrat.actions.aggregate(m=Max("ordre"))["m"] or 0
    paires = []
    champs = {"id", "ordre"}
    for fiche in creations:
        rang += 1
        action = Action(contrat=contrat, ordre=rang)
        poses = _poser(action, fiche.valeurs)
        _valider(action, fiche, poses)
        champs |= poses
        paires.append((action, fiche))
    inserer(
        Action,
        colonnes=_colonnes([action for action, _ in paires], champs),
        communes={"contrat": contrat.pk, "modifie_par": par.pk, "modifie_via": VIA},
        lot=LOT,
    )
    return paires


def _colonnes(objets: Sequence[Any], champs: Collection[str]) -> dict[str, list[Any]]:
    """Chaque champ de ces objets, en une suite."""
    modele: Any = Action._meta
    noms = [modele.get_field(nom).attname for nom in champs]
    return {nom: [getattr(objet, nom) for objet in objets] for nom in noms}


def _modifier_fiches(modifications: Iterable[Fiche], par: Any) -> list[tuple[Action, Fiche]]:
    """Verrouille les fiches, compte une version à chacune et garde ses changements de statut."""
    fiches = {fiche.action_id: fiche for fiche in modifications}
    verrouillees = Action.objects.select_for_update(of=("self",)).filter(pk__in=list(fiches))
    paires = [(action, fiches[action.pk]) for action in verrouillees]
    champs: set[str] = set()
    passages = []
    for action, fiche in paires:
        if action.version != fiche.version:
            raise DonneesRefusees(
                f"« {fiche.titre} » vient de changer. Recommencez l’import : rien n’est écrit."
            )
        statut = action.statut
        poses = _poser(action, fiche.valeurs)
        champs |= poses
        _valider(action, fiche, poses)
        if action.statut != statut:
            passages.append(PassageStatut(action=action, de=statut, vers=action.statut, par=par))
    modifiees = [action for action, _ in paires]
    mettre_a_jour(
        Action,
        [action.pk for action in modifiees],
        colonnes=_colonnes(modifiees, champs),
        communes={"modifie_le": timezone.now(), "modifie_par": par.pk, "modifie_via": VIA},
        compteur="version",
        lot=LOT,
    )
    PassageStatut.objects.bulk_create(passages, batch_size=LOT)
    return paires


def _poser(action: Action, valeurs: dict[str, Any]) -> set[str]:
    """Pose les champs de la ligne ; rend leurs noms."""
    champs: dict[str, Any] = {
        nom: valeur
        for nom, valeur in valeurs.items()
        if nom in PAR_CLE and PAR_CLE[nom].genre in GENRES_SIMPLES
    }
    if not champs.get("statut", "vide"):
        # Un statut effacé redevient celui d’une fiche neuve
        champs["statut"] = Action._meta.get_field("statut").default
    if "pilote" in valeurs:
        champs["pilote_id"] = valeurs["pilote"]
    if "personne_pilote" in valeurs:
        compte, nom_ecrit = valeurs["personne_pilote"]
        champs |= {"pilote_personne_id": compte, "pilote_nom": "" if compte else nom_ecrit}
    if "place" in valeurs:
        champs["axe_id"], champs["objectif_id"] = valeurs["place"]
    for nom, valeur in champs.items():
        setattr(action, nom, valeur)
    return {nom.removesuffix("_id") for nom in champs}


def _valider(action: Action, fiche: Fiche, poses: set[str]) -> None:
    """Les règles des champs posés ; les contraintes de la base restent la dernière garde."""
    try:
        action.clean_fields(exclude=SANS_REQUETE | (CHAMPS - poses))
    except ValidationError as erreur:
        raise DonneesRefusees(f"Ligne {fiche.ligne} : {' '.join(erreur.messages)}") from erreur


CHAMPS = {f.name for f in Action._meta.fields}
# Une clé étrangère se vérifie par une requête : elles viennent de la base
SANS_REQUETE = {f.name for f in Action._meta.fields if f.is_relation}


def _ecrire_liens(paires: Iterable[tuple[Action, Fiche]], neuves: set[UUID]) -> None:
    """Remplace les listes données : ce qui part, puis ce qui vient, en un lot par liste."""
    paires = list(paires)
    for colonne, nom in LISTES.items():
        voulus = {a.pk: set(f.valeurs[colonne]) for a, f in paires if colonne in f.valeurs}
        if not voulus:
            continue
        lien: Any = getattr(Action, nom)
        table, cible = lien.through, lien.field.m2m_reverse_name()
        anciennes = table.objects.filter(action_id__in=[pk for pk in voulus if pk not in neuves])
        presents: set[tuple[UUID, str]] = set()
        partent = []
        for pk, action_id, autre in anciennes.values_list("pk", "action_id", cible):
            presents.add((action_id, autre))
            if autre not in voulus[action_id]:
                partent.append(pk)
        table.objects.filter(pk__in=partent).delete()
        neufs = _a_mettre(voulus, presents)
        inserer(
            table,
            colonnes={"action": [a for a, _ in neufs], cible: [autre for _, autre in neufs]},
            lot=LOT * 4,
        )


def _a_mettre(
    voulus: Mapping[UUID, set[Any]], presents: Collection[tuple[UUID, Any]]
) -> list[tuple[UUID, Any]]:
    """Les liens qui manquent, ceux d’une fiche ensemble : son index se refait une fois."""
    return [
        (action, autre)
        for action, autres in voulus.items()
        for autre in sorted(autres)
        if (action, autre) not in presents
    ]


def _ecrire_roles(paires: Iterable[tuple[Action, Fiche]], neuves: set[UUID]) -> None:
    paires = list(paires)
    for colonne, role in ROLES.items():
        voulus = {a.pk: set(f.valeurs[colonne]) for a, f in paires if colonne in f.valeurs}
        anciennes = [pk for pk in voulus if pk not in neuves]
        liens = ActionActeur.objects.filter(action_id__in=anciennes, role=role)
        presents = {(lien.action_id, lien.acteur_id): lien.pk for lien in liens}
        partent = [pk for (action, acteur), pk in presents.items() if acteur not in voulus[action]]
        ActionActeur.objects.filter(pk__in=partent).delete()
        neufs = _a_mettre(voulus, presents)
        inserer(
            ActionActeur,
            colonnes={"action": [a for a, _ in neufs], "acteur": [acteur for _, acteur in neufs]},
            communes={"role": RoleActeur(role)},
            lot=LOT * 4,
        )


def _ecrire_etapes(paires: Iterable[tuple[Action, Fiche]], neuves: set[UUID], par: Any) -> None:
    """Ajoute et met à jour ; aucune étape ne disparaît par un import."""
    lues = {a.pk: f.valeurs["etapes"] for a, f in paires if "etapes" in f.valeurs}
    existantes: dict[UUID, list[Jalon]] = {pk: [] for pk in lues if pk not in neuves}
    for jalon in Jalon.objects.filter(action_id__in=list(existantes)).order_by("ordre", "cree_le"):
        existantes[jalon.action_id].append(jalon)
    ajoutees: dict[str, list[Any]] = {n: [] for n in ("action", "libelle", "ordre", *DE_L_ETAPE)}
    changees = []
    for action_id, etapes_lues in lues.items():
        siennes = existantes.get(action_id, [])
        presentes = etapes.reperer(siennes)
        rang = max((j.ordre for j in siennes), default=0)
        apres = etapes.completer(siennes, etapes_lues) if siennes else etapes_lues
        for repere, etape in etapes.reperer(apres).items():
            jalon = presentes.get(repere)
            if jalon is None:
                rang += 1
                _ajouter(ajoutees, action_id, rang, etape)
            elif etape is not jalon and _differe(jalon, etape):
                changees.append(_changer(jalon, etape, par))
    inserer(
        Jalon,
        colonnes=ajoutees,
        communes={"modifie_par": par.pk, "modifie_via": VIA},
        lot=LOT * 4,
    )
    Jalon.objects.bulk_update(changees, [*DE_L_ETAPE, *SUIVI], batch_size=LOT)


def _ajouter(ajoutees: dict[str, list[Any]], action_id: UUID, rang: int, etape: Any) -> None:
    ajoutees["action"].append(action_id)
    ajoutees["ordre"].append(rang)
    for champ in ("libelle", *DE_L_ETAPE):
        ajoutees[champ].append(getattr(etape, champ))


def _changer(jalon: Jalon, etape: Any, par: Any) -> Jalon:
    for champ in DE_L_ETAPE:
        setattr(jalon, champ, getattr(etape, champ))
    jalon.version += 1
    jalon.modifie_le, jalon.modifie_par, jalon.modifie_via = timezone.now(), par, VIA
    return jalon


def _differe(jalon: Jalon, etape: Any) -> bool:
    return any(getattr(jalon, champ) != getattr(etape, champ) for champ in DE_L_ETAPE)
