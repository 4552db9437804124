"""Les images d’un contrat : recevoir, décrire, retirer. Leur empreinte nomme le fichier."""

from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, marquer, verrouiller
from bilans.images import ImagePrete, ImageRefusee, preparer_logo, preparer_photo
from bilans.models import Bilan, GenreImage, ImageBilan
from bilans.services.depot import ranger
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from contrats.models import Contrat
from contrats.permissions import exiger
from contrats.services.documents import nom_propre

NOMBRE_MAX = 200
PREPARER = {GenreImage.PHOTO: preparer_photo, GenreImage.LOGO: preparer_logo}


def ajouter_image(
    *,
    contrat: Contrat,
    genre: str,
    contenu: bytes,
    nom: str,
    alternative: str,
    par: Any,
    credit: str = "",
    via: str = "page",
) -> ImageBilan:
    """Ré-encode, range, inscrit. Lève DroitRefuse ou DonneesRefusees (image, texte, crédit)."""
    exiger(par, Droit.REDIGER_BILAN, contrat)
    return recevoir_image(
        contrat=contrat, genre=genre, contenu=contenu, nom=nom, alternative=alternative,
        credit=credit, par=par, via=via,
    )  # fmt: skip


def recevoir_image(
    *,
    contrat: Contrat,
    genre: str,
    contenu: bytes,
    nom: str,
    alternative: str,
    credit: str,
    par: Any,
    via: str,
) -> ImageBilan:
    """Comme `ajouter_image`, pour qui a déjà vérifié le droit. Décodée hors de la transaction."""
    prete = _preparer(genre, contenu)
    chemin = f"bilans/images/{contrat.pk}/{prete.sha256}.{prete.extension}"
    image = ImageBilan(
        contrat=contrat,
        genre=genre,
        nom=nom_propre(nom)[:120] or "image",
        alternative=alternative.strip(),
        credit=credit.strip(),
        chemin=chemin,
        sha256=prete.sha256,
        type_mime=prete.type_mime,
        largeur=prete.largeur,
        hauteur=prete.hauteur,
        taille=len(prete.octets),
    )
    with transaction.atomic():
        verrouiller(contrat, version=None)
        _exiger_place(contrat, genre, prete.sha256)
        ranger(chemin, prete.octets)
        return creer(image, par=par, via=via)


def _preparer(genre: str, contenu: bytes) -> ImagePrete:
    try:
        return PREPARER[GenreImage(genre)](contenu)
    except ImageRefusee as refus:
        raise DonneesRefusees(str(refus), champs={"fichier": [str(refus)]}) from refus


def _exiger_place(contrat: Contrat, genre: str, empreinte: str) -> None:
    if deja := contrat.images.filter(genre=genre, sha256=empreinte).first():
        message = f"Cette image est déjà là\u00a0: «\u00a0{deja.alternative}\u00a0»."
        raise DonneesRefusees(message, champs={"fichier": [message]})
    if contrat.images.count() >= NOMBRE_MAX:
        raise DonneesRefusees(f"Un contrat garde {NOMBRE_MAX} images au plus. Retirez-en.")


def decrire_image(
    *, image: ImageBilan, alternative: str, credit: str, version: int | None, par: Any
) -> ImageBilan:
    """Change le texte alternatif et le crédit. Lève ConflitVersion, DonneesRefusees."""
    exiger(par, Droit.REDIGER_BILAN, image.contrat)
    valeurs = {"alternative": alternative.strip(), "credit": credit.strip()}
    return enregistrer(image, valeurs=valeurs, version=version, par=par)


@transaction.atomic
def retirer_image(*, image: ImageBilan, par: Any) -> None:
    """Lève ErreurMetier si un bilan en préparation la montre.

    Le fichier part avec elle, sauf si un bilan figé le montre encore.
    """
    exiger(par, Droit.REDIGER_BILAN, image.contrat)
    marquer(verrouiller(image, version=None), par=par)
    try:
        image.delete()
    except ProtectedError as erreur:
        raise ErreurMetier(
            "Un bilan montre cette image. Choisissez-en une autre à sa place, puis retirez-la."
        ) from erreur
    if not _est_figee(image):
        transaction.on_commit(partial(_effacer, image.chemin))


def _est_figee(image: ImageBilan) -> bool:
    autres = ImageBilan.objects.filter(chemin=image.chemin)
    figes = Bilan.objects.filter(contrat=image.contrat_id, instantane__icontains=image.sha256)
    return autres.exists() or figes.exists()


def _effacer(chemin: str) -> None:
    (Path(settings.MEDIA_ROOT) / chemin).unlink(missing_ok=True)
