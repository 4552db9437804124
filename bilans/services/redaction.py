"""Écrire les textes d’un bilan, le faire relire."""

from typing import Any, Literal

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, verrouiller
from bilans.etats import StatutBilan, transition
from bilans.models import Bilan, GenreImage, ImageBilan, SectionBilan
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier, TransitionRefusee
from contrats.permissions import exiger

GESTES_A_PART = (StatutBilan.VALIDE, StatutBilan.PUBLIE)


def exiger_ecriture(bilan: Bilan, par: Any) -> Bilan:
    """Le bilan verrouillé. Lève DroitRefuse, ou ErreurMetier s’il est publié."""
    exiger(par, Droit.REDIGER_BILAN, bilan.contrat)
    return exiger_modifiable(bilan)


def exiger_modifiable(bilan: Bilan) -> Bilan:
    """Le bilan verrouillé. Lève ErreurMetier s’il est publié ou retiré."""
    actuel = verrouiller(bilan, version=None)
    if not actuel.est_modifiable:
        raise ErreurMetier("Ce bilan est publié\u00a0: ouvrez une correction pour le changer.")
    return actuel


@transaction.atomic
def ecrire_section(
    *,
    section: SectionBilan,
    texte: str,
    signature: str = "",
    version: int | None,
    par: Any,
    photo: ImageBilan | Literal["inchangee"] | None = "inchangee",
    via: str = "page",
) -> SectionBilan:
    """Lève ConflitVersion, DroitRefuse, DonneesRefusees (photo d’ailleurs), ErreurMetier."""
    exiger_ecriture(section.bilan, par)
    section = section_en_base(section=section, par=par, via=via)
    valeurs: dict[str, Any] = {"texte": texte.strip(), "signature": signature.strip()}
    if photo != "inchangee":
        exiger_du_contrat(photo, section.bilan)
        valeurs["photo"] = photo
    return enregistrer(section, valeurs=valeurs, version=version, par=par, via=via)


def section_en_base(*, section: SectionBilan, par: Any, via: str = "page") -> SectionBilan:
    """La ligne de cette partie, créée si elle manque ; le bilan est verrouillé."""
    if not section.est_neuve:
        return section
    deja = section.bilan.sections.filter(code=section.code).first()
    return deja or creer(section, par=par, via=via)


def exiger_du_contrat(photo: ImageBilan | None, bilan: Bilan) -> None:
    """Lève DonneesRefusees si la photo n’est pas une photo du contrat du bilan."""
    if photo and (photo.contrat_id != bilan.contrat_id or photo.genre != GenreImage.PHOTO):
        message = "Cette photo n’est pas dans ce contrat. Choisissez-en une autre."
        raise DonneesRefusees(message, champs={"photo": [message]})


@transaction.atomic
def changer_statut(*, bilan: Bilan, vers: str, par: Any) -> Bilan:
    """Envoie en relecture, reprend l’écriture, retire. Valider et publier sont d’autres gestes."""
    actuel = verrouiller(bilan, version=None)
    passage = transition(actuel.statut, vers)
    if passage is None or vers in GESTES_A_PART:
        raise TransitionRefusee("Ce bilan ne peut pas passer à cet état.")
    exiger(par, passage.droit, actuel.contrat)
    return enregistrer(actuel, valeurs={"statut": vers}, version=None, par=par)
