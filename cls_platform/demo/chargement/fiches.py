"""Les fiches remplies plus avant : champs de la fiche complète, champs du contrat, documents."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.lecture import VIA, Donnees
from contrats.models import Action, ChampLibre, Contrat, ValeurLibre
from contrats.services.champs_libres import creer_champ_libre
from contrats.services.documents import joindre_document


def charger_fiches(
    donnees: Donnees, *, contrat: Contrat, actions: Mapping[str, Action], par: Utilisateur
) -> None:
    """Complète des fiches déjà là, sans compter de version : elles sont nées ainsi."""
    champs = {c["libelle"]: _champ(c, contrat, par) for c in donnees.get("champs", ())}
    for fiche in donnees.get("fiches", ()):
        _completer(actions[fiche["numero"]], fiche, champs, par)


def _champ(donnees: Donnees, contrat: Contrat, par: Utilisateur) -> ChampLibre:
    valeurs: dict[str, Any] = {"choix": [], "aide": "", **donnees}
    return creer_champ_libre(contrat=contrat, valeurs=valeurs, par=par, via=VIA)


def _completer(
    action: Action, fiche: Donnees, champs: Mapping[str, ChampLibre], par: Utilisateur
) -> None:
    for nom, valeur in fiche["colonnes"].items():
        setattr(action, nom, valeur)
    action.save(update_fields=list(fiche["colonnes"]))
    for nom, codes in fiche.get("listes", {}).items():
        getattr(action, nom).set(codes)
    ValeurLibre.objects.bulk_create(
        ValeurLibre(action=action, champ=champs[libelle], valeur=valeur)
        for libelle, valeur in fiche.get("valeurs", {}).items()
    )
    for document in fiche.get("documents", ()):
        contenu = ContentFile(document["texte"].encode(), name=document["nom"])
        joindre_document(action=action, titre=document["titre"], fichier=contenu, par=par, via=VIA)
