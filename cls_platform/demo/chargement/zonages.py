"""Les zonages inventés de la démonstration, chargés comme une ARS charge les siens."""

from pathlib import Path

from acteurs.import_donnees.zonage import ChoixZonage
from acteurs.models import EditionZonage, TypeZonage, Utilisateur
from acteurs.services.donnees import importer_zonage
from cls_platform.demo.chargement.lecture import lire_zonages
from cls_platform.socle.erreurs import ErreurMetier


def charger_zonages(dossier: Path, *, par: Utilisateur) -> None:
    """Ceux qui manquent. Lève ErreurMetier si une ligne est refusée."""
    for donnees in lire_zonages(dossier):
        nom = donnees.pop("fichier")
        choix = ChoixZonage(
            **donnees | {"type": TypeZonage.objects.get(pk=donnees["type"])},
            est_demonstration=True,
        )
        deja = EditionZonage.objects.filter(
            type=choix.type, millesime=choix.millesime, region=choix.region
        )
        if deja.exists():
            continue
        contenu = (dossier / "zonages" / nom).read_bytes()
        rapport = importer_zonage(contenu=contenu, nom=nom, choix=choix, par=par)
        if rapport.erreurs:
            raise ErreurMetier(f"{nom}, {rapport.erreurs[0]}")
