"""Les fichiers joints à une action : joindre, renommer, retirer ; le disque suit la base."""

import hashlib
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, marquer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, DocumentAction
from contrats.permissions import exiger_sur_action
from contrats.types_de_fichier import refus

LONGUEUR_DU_NOM = 120
NOMBRE_MAX = 50
TROP_DE_DOCUMENTS = "Une action porte au plus 50 documents. Retirez-en un avant d’en joindre un."


def joindre_document(
    *, action: Action, titre: str, fichier: File, par: Any, via: str = "page"
) -> DocumentAction:
    """Vérifie le contenu, le range, en garde l’empreinte. Lève DroitRefuse ou DonneesRefusees."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    nom = nom_propre(fichier.name or "")
    if message := refus(nom, fichier.size, fichier):
        raise DonneesRefusees(message, champs={"fichier": [message]})
    empreinte = _empreinte(fichier)
    document = DocumentAction(
        action=action,
        titre=titre or PurePath(nom).stem,
        nom=nom,
        taille=fichier.size,
        sha256=empreinte,
    )
    try:
        with transaction.atomic():
            verrouiller(action, version=None)
            _exiger_place(action, empreinte)
            document.fichier.save(nom, fichier, save=False)
            return creer(document, par=par, via=via)
    except BaseException:
        _effacer(document.fichier.name)
        raise


def _exiger_place(action: Action, empreinte: str) -> None:
    if deja := action.documents.filter(sha256=empreinte).first():
        message = f"Ce fichier est déjà joint, sous le titre «\u00a0{deja.titre}\u00a0»."
        raise DonneesRefusees(message, champs={"fichier": [message]})
    if action.documents.count() >= NOMBRE_MAX:
        raise DonneesRefusees(TROP_DE_DOCUMENTS)


def renommer_document(
    *, document: DocumentAction, titre: str, version: int | None, par: Any
) -> DocumentAction:
    exiger_sur_action(par, Droit.MODIFIER_PLAN, document.action)
    return enregistrer(document, valeurs={"titre": titre}, version=version, par=par)


@transaction.atomic
def retirer_document(*, document: DocumentAction, par: Any) -> None:
    """L’historique garde le titre et l’empreinte ; le fichier part une fois la base d’accord."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, document.action)
    nom = document.fichier.name
    marquer(document, par=par)
    document.delete()
    transaction.on_commit(partial(_effacer, nom))


def effacer_avec(*, action: Action) -> None:
    """À appeler avant d’effacer une action : ses fichiers partent quand elle est partie."""
    noms = list(action.documents.values_list("fichier", flat=True))
    for nom in noms:
        transaction.on_commit(partial(_effacer, nom))


def _effacer(nom: str | None) -> None:
    if nom:
        default_storage.delete(nom)


def _empreinte(fichier: File) -> str:
    empreinte = hashlib.sha256()
    for bloc in fichier.chunks():
        empreinte.update(bloc)
    fichier.seek(0)
    return empreinte.hexdigest()


def nom_propre(nom: str) -> str:
    """Le nom donné par la personne, sans chemin ni caractère invisible, extension gardée."""
    chemin = PurePath("".join(c for c in nom.replace("\\", "/") if c.isprintable()))
    return f"{chemin.stem[:LONGUEUR_DU_NOM]}{chemin.suffix[:10]}"
