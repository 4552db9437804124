"""Garder un fichier donné entre son rapport et l’accord, puis l’oublier."""

from datetime import timedelta
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from acteurs.models import FichierRecu
from cls_platform.socle.tableur.garde import verifier_taille

OUBLI = timedelta(days=1)


@transaction.atomic
def recevoir(
    *, genre: str, nom: str, contenu: BinaryIO, parametres: dict[str, Any], par: Any
) -> FichierRecu:
    """Les fichiers que la personne a donnés la veille, ou avant, sont effacés.

    Lève ClasseurRefuse : trop lourd.
    """
    contenu.seek(0, 2)
    verifier_taille(contenu.tell())
    contenu.seek(0)
    oublier(par=par)
    recu = FichierRecu(genre=genre, nom=nom[-200:], parametres=parametres, cree_par=par)
    suffixe = nom.rpartition(".")[2].lower()[:5]
    recu.fichier.save(f"{recu.pk}.{suffixe}", ContentFile(contenu.read()), save=False)
    recu.save(force_insert=True)
    return recu


def oublier(*, par: Any) -> None:
    for ancien in FichierRecu.objects.de(par).oublies(timezone.now() - OUBLI):
        ancien.fichier.delete(save=False)
        ancien.delete()


def noter_l_import(*, recu: FichierRecu, rapport: dict[str, Any], par: Any) -> None:
    """Ce qui a été écrit, pour la page qui le dit ; le fichier n’est plus importable."""
    FichierRecu.objects.de(par).filter(pk=recu.pk).update(rapport=rapport, fait_le=timezone.now())


def contenu_de(recu: FichierRecu) -> bytes:
    with recu.fichier.open("rb") as fichier:
        return fichier.read()
