"""Importer un plan depuis un tableur : tout ou rien, par les règles du plan."""

from collections.abc import Iterable
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.models import Utilisateur
from acteurs.services.suivi import verrouiller
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.tableur.feuille import Feuille
from cls_platform.socle.tableur.lecture import Classeur, ouvrir
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.models import Contrat, CorrespondanceColonne, EtatImport, ImportPlan
from contrats.permissions import exiger
from contrats.services.ecriture_import import ecrire_changements
from contrats.tableur.analyse import Reglages, analyser
from contrats.tableur.changements import Changements
from contrats.tableur.reconnaissance import Reconnues, reconnaitre

GENRE = "import_plan"
FICHES_EN_DIRECT = 200
FICHIER_LU = 40


class ImportImpossible(ErreurMetier):
    """Le fichier a des erreurs : rien n’est écrit."""

    code = "import_impossible"


@transaction.atomic
def recevoir_fichier(*, contrat: Contrat, nom: str, contenu: BinaryIO, par: Any) -> ImportPlan:
    """Garde le fichier et choisit la feuille qui ressemble le plus à un plan.

    Lève ClasseurRefuse : rien n’est gardé d’un fichier illisible.
    """
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    classeur = ouvrir(contenu, nom)
    feuille = feuille_la_plus_proche(classeur)
    contenu.seek(0)
    recu = ImportPlan(contrat=contrat, nom=nom[-200:], feuille=feuille[:100], cree_par=par)
    suffixe = nom.rpartition(".")[2].lower()[:5]
    recu.fichier.save(f"{recu.pk}.{suffixe}", ContentFile(contenu.read()), save=False)
    recu.save(force_insert=True)
    return recu


def feuille_la_plus_proche(classeur: Classeur) -> str:
    if not classeur.noms:
        raise ImportImpossible("Ce classeur n’a aucune feuille visible.")
    if len(classeur.noms) == 1:
        return classeur.noms[0]
    return max(apercus(classeur), key=lambda apercu: apercu[1:])[0]


def apercus(classeur: Classeur) -> list[tuple[str, int, int]]:
    """(feuille, colonnes reconnues, lignes) : sans colonne de titre, aucune n’est comptée."""
    trouves = []
    for nom in classeur.noms:
        feuille = classeur.lire(nom)
        champs = reconnaitre(feuille).champs
        trouves.append((nom, len(champs) if "titre" in champs else 0, len(feuille.lignes)))
    return trouves


def correspondances_de(contrat: Contrat) -> dict[str, str]:
    return dict(contrat.correspondances.values_list("entete", "champ"))


@transaction.atomic
def choisir_feuille(*, recu: ImportPlan, feuille: str, par: Any) -> None:
    exiger(par, Droit.MODIFIER_PLAN, recu.contrat)
    ImportPlan.objects.filter(pk=recu.pk).update(feuille=feuille, colonnes={}, rapport={})


@transaction.atomic
def retenir_colonnes(
    *, recu: ImportPlan, choix: dict[int, str], entetes: dict[int, str], par: Any
) -> None:
    """Le champ de chaque colonne, pour ce fichier ; retenu par en-tête pour les suivants."""
    exiger(par, Droit.MODIFIER_PLAN, recu.contrat)
    colonnes = {str(rang): champ for rang, champ in choix.items()}
    ImportPlan.objects.filter(pk=recu.pk).update(
        colonnes=colonnes, etat=EtatImport.A_VERIFIER, rapport={}
    )
    # Deux colonnes du même nom n’ont qu’une ligne : la dernière dit le champ
    par_entete = {entetes[rang][:200]: champ for rang, champ in choix.items() if entetes.get(rang)}
    CorrespondanceColonne.objects.bulk_create(
        [
            CorrespondanceColonne(contrat=recu.contrat, entete=entete, champ=champ)
            for entete, champ in par_entete.items()
        ],
        update_conflicts=True,
        unique_fields=["contrat", "entete"],
        update_fields=["champ"],
    )


def colonnes_de(recu: ImportPlan, feuille: Feuille) -> Reconnues:
    """Les colonnes de ce fichier : ce qui a été choisi ici, sinon retenu, sinon reconnu."""
    choisies = {int(rang): champ for rang, champ in recu.colonnes.items()}
    return reconnaitre(feuille, correspondances_de(recu.contrat), choisies)


def lire_recu(recu: ImportPlan) -> Feuille:
    with recu.fichier.open("rb") as fichier:
        return ouvrir(cast("BinaryIO", fichier), recu.nom).lire(recu.feuille)


def etudier(
    recu: ImportPlan, *, creer_organisations: bool = True, miennes: Iterable[UUID] = ()
) -> Changements:
    """Ce que ce fichier changerait maintenant ; n’écrit rien."""
    reglages = Reglages(
        le=timezone.localdate(),
        retenues=correspondances_de(recu.contrat),
        choisies={int(rang): champ for rang, champ in recu.colonnes.items()},
        creer_organisations=creer_organisations,
        miennes=frozenset(miennes),
    )
    return analyser(recu.contrat, lire_recu(recu), reglages)


@transaction.atomic
def importer_feuille(
    *,
    contrat: Contrat,
    feuille: Feuille,
    par: Any,
    creer_organisations: bool = False,
    miennes: Iterable[UUID] = (),
    choisies: dict[int, str] | None = None,
    simuler: bool = False,
) -> Changements:
    """Étudie et écrit, le plan verrouillé : personne ne le change entre les deux.

    Une seule erreur et rien n’est écrit ; le rapport est rendu dans tous les cas.
    """
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    verrouiller(contrat, version=None)
    reglages = Reglages(
        le=timezone.localdate(),
        retenues=correspondances_de(contrat),
        choisies=choisies or {},
        creer_organisations=creer_organisations,
        miennes=frozenset(miennes),
    )
    changements = analyser(contrat, feuille, reglages)
    if not simuler and not changements.erreurs:
        ecrire_changements(contrat=contrat, changements=changements, par=par)
    return changements


@transaction.atomic
def demander_import(
    *, recu: ImportPlan, creer_organisations: bool, miennes: Iterable[UUID], par: Any
) -> Travail:
    """Ouvre le travail ; s’il y en a déjà un pour ce fichier, rend celui-là."""
    exiger(par, Droit.MODIFIER_PLAN, recu.contrat)
    actuel = ImportPlan.objects.select_for_update().get(pk=recu.pk)
    if actuel.etat == EtatImport.FAIT:
        raise ImportImpossible(
            "Ce fichier est déjà importé. Donnez-le de nouveau pour recommencer."
        )
    if actuel.travail and not actuel.travail.est_fini:
        return actuel.travail
    travail = Travail.objects.create(
        genre=GENRE,
        cible_id=actuel.pk,
        demande_par_id=par.pk,
        parametres={
            "creer_organisations": creer_organisations,
            "miennes": [str(pk) for pk in miennes],
        },
    )
    ImportPlan.objects.filter(pk=actuel.pk).update(travail=travail)
    return travail


def importer_en_fond(*, travail_id: UUID) -> None:
    """Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_faire)


def _faire(travail: Travail) -> None:
    recu = ImportPlan.objects.select_related("contrat", "cree_par").get(pk=travail.cible_id)
    feuille = lire_recu(recu)
    avancer(travail, FICHIER_LU)
    with transaction.atomic():
        tenir(travail)
        _importer(
            recu=recu,
            feuille=feuille,
            creer_organisations=travail.parametres["creer_organisations"],
            miennes=[UUID(pk) for pk in travail.parametres["miennes"]],
            par=Utilisateur.objects.get(pk=str(travail.demande_par_id)),
        )


@transaction.atomic
def importer_recu(
    *, recu: ImportPlan, creer_organisations: bool, miennes: Iterable[UUID], par: Any
) -> Changements:
    """L’import tout de suite, pour un plan de taille ordinaire. Lève ImportImpossible."""
    actuel = ImportPlan.objects.select_for_update().get(pk=recu.pk)
    if actuel.etat == EtatImport.FAIT:
        raise ImportImpossible(
            "Ce fichier est déjà importé. Donnez-le de nouveau pour recommencer."
        )
    return _importer(
        recu=actuel,
        feuille=lire_recu(actuel),
        creer_organisations=creer_organisations,
        miennes=miennes,
        par=par,
    )


def _importer(*, recu: ImportPlan, feuille: Feuille, par: Any, **options: Any) -> Changements:
    changements = importer_feuille(
        contrat=recu.contrat,
        feuille=feuille,
        choisies={int(rang): champ for rang, champ in recu.colonnes.items()},
        par=par,
        **options,
    )
    if changements.erreurs:
        raise ImportImpossible(f"Rien n’est importé : {changements.erreurs[0]}")
    ImportPlan.objects.filter(pk=recu.pk).update(etat=EtatImport.FAIT, rapport=resume(changements))
    return changements


def resume(changements: Changements) -> dict[str, int]:
    return {
        "creees": len(changements.creations),
        "modifiees": len(changements.modifications),
        "inchangees": len(changements.inchangees),
        "conflits": len(changements.conflits),
    }
