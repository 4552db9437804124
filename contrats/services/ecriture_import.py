"""L’écriture d’un import : par lots, dans la transaction de l’appelant, signée comme un import."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from acteurs.models import Acteur
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
SUIVI = ["version", "modifie_le", "modifie_par", "modifie_via"]


def ecrire_changements(*, contrat: Contrat, changements: Changements, par: Any) -> None:
    """L’appelant a exigé le droit et verrouillé le contrat. Lève DonneesRefusees."""
    _creer_organisations(contrat, changements.organisations)
    _creer_niveaux(contrat, changements, par)
    crees = _creer_fiches(contrat, changements.creations, par)
    modifiees = _modifier_fiches(changements.modifications, par)
    paires = [*crees, *modifiees]
    _ecrire_liens(paires, neuves={action.pk for action, _ in crees})
    _ecrire_roles(paires)
    _ecrire_etapes(paires, par)


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
    for fiche in creations:
        rang += 1
        action = Action(contrat=contrat, ordre=rang, modifie_par=par, modifie_via=VIA)
        _poser(action, fiche.valeurs)
        _valider(action, fiche)
        paires.append((action, fiche))
    Action.objects.bulk_create([action for action, _ in paires], batch_size=LOT)
    return paires


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
        champs |= _poser(action, fiche.valeurs)
        action.version += 1
        action.modifie_le, action.modifie_par, action.modifie_via = timezone.now(), par, VIA
        _valider(action, fiche)
        if action.statut != statut:
            passages.append(PassageStatut(action=action, de=statut, vers=action.statut, par=par))
    Action.objects.bulk_update(
        [action for action, _ in paires], [*sorted(champs), *SUIVI], batch_size=LOT
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


def _valider(action: Action, fiche: Fiche) -> None:
    """Les règles de chaque champ ; les contraintes de la base restent la dernière garde."""
    try:
        action.clean_fields(exclude=SANS_REQUETE)
    except ValidationError as erreur:
        raise DonneesRefusees(f"Ligne {fiche.ligne} : {' '.join(erreur.messages)}") from erreur


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
        table.objects.bulk_create(
            [
                table(**{"action_id": action_id, cible: autre})
                for action_id, autres in voulus.items()
                for autre in sorted(autres)
                if (action_id, autre) not in presents
            ],
            batch_size=LOT * 4,
        )


def _ecrire_roles(paires: Iterable[tuple[Action, Fiche]]) -> None:
    paires = list(paires)
    for colonne, role in ROLES.items():
        voulus = {a.pk: set(f.valeurs[colonne]) for a, f in paires if colonne in f.valeurs}
        liens = ActionActeur.objects.filter(action_id__in=list(voulus), role=role)
        presents = {(lien.action_id, lien.acteur_id): lien.pk for lien in liens}
        partent = [pk for (action, acteur), pk in presents.items() if acteur not in voulus[action]]
        ActionActeur.objects.filter(pk__in=partent).delete()
        ActionActeur.objects.bulk_create(
            [
                ActionActeur(action_id=action, acteur_id=acteur, role=RoleActeur(role))
                for action, acteurs in voulus.items()
                for acteur in sorted(acteurs)
                if (action, acteur) not in presents
            ],
            batch_size=LOT * 4,
        )


def _ecrire_etapes(paires: Iterable[tuple[Action, Fiche]], par: Any) -> None:
    """Ajoute et met à jour ; aucune étape ne disparaît par un import."""
    lues = {a.pk: f.valeurs["etapes"] for a, f in paires if "etapes" in f.valeurs}
    existantes: dict[UUID, list[Jalon]] = {pk: [] for pk in lues}
    for jalon in Jalon.objects.filter(action_id__in=list(lues)).order_by("ordre", "cree_le"):
        existantes[jalon.action_id].append(jalon)
    neuves, changees = [], []
    for action_id, etapes_lues in lues.items():
        presentes = etapes.reperer(existantes[action_id])
        rang = max((j.ordre for j in existantes[action_id]), default=0)
        apres = etapes.reperer(etapes.completer(existantes[action_id], etapes_lues))
        for repere, etape in apres.items():
            jalon = presentes.get(repere)
            if jalon is None:
                rang += 1
                jalon = Jalon(action_id=action_id, libelle=etape.libelle, ordre=rang)
                neuves.append(jalon)
            elif etape is not jalon and _differe(jalon, etape):
                jalon.version += 1
                changees.append(jalon)
            else:
                continue
            for champ in ("echeance", "fait_le", "est_abandonne", "est_annuel"):
                setattr(jalon, champ, getattr(etape, champ))
            jalon.modifie_par, jalon.modifie_via = par, VIA
            jalon.modifie_le = timezone.now()
    Jalon.objects.bulk_create(neuves, batch_size=LOT)
    champs = ["echeance", "fait_le", "est_abandonne", "est_annuel", *SUIVI]
    Jalon.objects.bulk_update(changees, champs, batch_size=LOT)


def _differe(jalon: Jalon, etape: Any) -> bool:
    champs = ("echeance", "fait_le", "est_abandonne", "est_annuel")
    return any(getattr(jalon, champ) != getattr(etape, champ) for champ in champs)
