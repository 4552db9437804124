"""Le lien donné à l’élu ou à l’élue pour écrire son mot : donner, révoquer, écrire par lui."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.models.jeton import empreinte
from acteurs.services.suivi import enregistrer
from bilans.models import Bilan, CodeSection, GenreImage, LienEdito, SectionBilan
from bilans.services.images import recevoir_image
from bilans.services.redaction import exiger_ecriture, exiger_modifiable
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from contrats.permissions import exiger

VIA = "lien_edito"
JOURS_MAX = 90
LIENS_MAX = 20


@dataclass(frozen=True, slots=True)
class LienDonne:
    """Le lien et son secret, que personne ne reverra."""

    lien: LienEdito
    secret: str


@transaction.atomic
def donner_lien(*, bilan: Bilan, nom: str, jours: int, par: Any) -> LienDonne:
    """256 bits de secret ; la base n’en garde que l’empreinte. Vaut jusqu’au soir du dernier jour.

    Lève DroitRefuse, DonneesRefusees (durée, nom), ErreurMetier si le bilan est publié.
    """
    exiger_ecriture(bilan, par)
    if not 1 <= jours <= JOURS_MAX:
        message = f"Un lien dure de 1 à {JOURS_MAX} jours."
        raise DonneesRefusees(message, champs={"jours": [message]})
    if bilan.liens_edito.valables().count() >= LIENS_MAX:
        raise DonneesRefusees(f"{LIENS_MAX} liens valent déjà. Révoquez-en un d’abord.")
    secret = secrets.token_urlsafe(32)
    soir = timezone.localtime() + timedelta(days=jours)
    lien = LienEdito.objects.create(
        bilan=bilan,
        nom=nom.strip(),
        empreinte=empreinte(secret),
        expire_le=soir.replace(hour=23, minute=59, second=59, microsecond=0),
        cree_par=par,
    )
    return LienDonne(lien, secret)


def lien_donne(*, lien: LienEdito, secret: str) -> LienDonne:
    """Le lien que la page vient de montrer. Lève ErreurMetier s’il ne vaut plus."""
    if not LienEdito.objects.valables().filter(pk=lien.pk, empreinte=empreinte(secret)).exists():
        raise ErreurMetier("Ce lien ne vaut plus. Créez-en un autre.")
    return LienDonne(lien, secret)


@transaction.atomic
def revoquer_lien(*, lien: LienEdito, par: Any) -> None:
    """Le lien cesse de valoir aussitôt ; ce qui est écrit reste."""
    exiger(par, Droit.REDIGER_BILAN, lien.bilan.contrat)
    LienEdito.objects.filter(pk=lien.pk, revoque_le=None).update(revoque_le=timezone.now())


def lien_ouvert(secret: str) -> LienEdito | None:
    """None pour un secret inconnu, comme pour un lien expiré ou révoqué : rien ne les distingue."""
    return LienEdito.objects.ouvert_par(empreinte(secret)).first()


def noter_ouverture(*, par: LienEdito) -> None:
    LienEdito.objects.filter(pk=par.pk).update(ouvert_le=timezone.now())


def edito_de(lien: LienEdito) -> SectionBilan:
    return lien.bilan.sections.select_related("bilan__contrat", "photo").get(code=CodeSection.EDITO)


@transaction.atomic
def ecrire_par_lien(
    *, texte: str, signature: str, version: int | None, par: LienEdito
) -> SectionBilan:
    """Lève ConflitVersion, ou ErreurMetier si le lien ne vaut plus ou si le bilan est publié."""
    _exiger_valable(par)
    exiger_modifiable(par.bilan)
    valeurs = {"texte": texte.strip(), "signature": signature.strip()}
    return enregistrer(edito_de(par), valeurs=valeurs, version=version, par=None, via=VIA)


def donner_portrait(
    *, contenu: bytes, nom: str, alternative: str, credit: str, par: LienEdito
) -> SectionBilan:
    """La photo de la personne qui signe. Lève DonneesRefusees comme `ajouter_image`."""
    _exiger_valable(par)
    with transaction.atomic():
        exiger_modifiable(par.bilan)
        photo = recevoir_image(
            contrat=par.bilan.contrat, genre=GenreImage.PHOTO, contenu=contenu, nom=nom,
            alternative=alternative, credit=credit, par=None, via=VIA,
        )  # fmt: skip
        valeurs = {"photo": photo}
        return enregistrer(edito_de(par), valeurs=valeurs, version=None, par=None, via=VIA)


def _exiger_valable(lien: LienEdito) -> None:
    if not LienEdito.objects.valables().filter(pk=lien.pk).exists():
        raise ErreurMetier("Ce lien ne vaut plus. Demandez-en un autre à la coordination.")
