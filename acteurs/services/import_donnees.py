"""L’accord donné à un fichier reçu : étudier, puis écrire une seule fois."""

from datetime import date
from typing import Any

from django.db import transaction

from acteurs.import_donnees.choix import choix_contexte, choix_zonage
from acteurs.import_donnees.rapport import RapportDonnees
from acteurs.models import FichierRecu, GenreFichier
from acteurs.services.donnees import importer_contexte, importer_zonage
from acteurs.services.fichiers_recus import contenu_de, noter_l_import
from cls_platform.socle.erreurs import ErreurMetier

DEJA_FAIT = "Ce fichier est déjà importé. Donnez-le de nouveau pour recommencer."


def etudier(*, recu: FichierRecu, le: date, par: Any) -> RapportDonnees:
    """Ce que ce fichier changerait maintenant ; n’écrit rien. Lève ClasseurRefuse, DroitRefuse."""
    return _importer(recu, le=le, par=par, simuler=True)


@transaction.atomic
def accepter(
    *, recu: FichierRecu, le: date, par: Any, lignes_justes: bool = False, remplacer: bool = False
) -> RapportDonnees:
    """Écrit ce que le rapport a montré ; un second envoi est refusé. Lève ErreurMetier."""
    actuel = FichierRecu.objects.select_for_update(of=("self",)).get(pk=recu.pk)
    if actuel.fait_le:
        raise ErreurMetier(DEJA_FAIT)
    rapport = _importer(actuel, le=le, par=par, lignes_justes=lignes_justes, remplacer=remplacer)
    if rapport.erreurs and not lignes_justes:
        raise ErreurMetier("Rien n’est importé : il reste des lignes refusées.")
    noter_l_import(recu=actuel, rapport=rapport.resume(), par=par)
    return rapport


def _importer(recu: FichierRecu, *, le: date, par: Any, **options: bool) -> RapportDonnees:
    contenu = contenu_de(recu)
    if recu.genre == GenreFichier.ZONAGE:
        choix = choix_zonage(recu.parametres)
        return importer_zonage(contenu=contenu, nom=recu.nom, choix=choix, par=par, **options)
    return importer_contexte(
        contenu=contenu,
        nom=recu.nom,
        choix=choix_contexte(recu.parametres),
        le=le,
        par=par,
        **options,
    )
