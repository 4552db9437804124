"""Les pages imprimées de la partie que l’on écrit : demandées, faites par le processus de fond.

Un processus web ne met jamais en page. Il dit où en sont les images ; elles se refont quand ce
qu’elles montrent a changé, une seule fois pour tous ceux qui écrivent la même partie.
"""

import time
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from bilans import pdf_pages
from bilans.instantane import Instantane
from bilans.mise_en_page.une_partie import Cible, cible
from bilans.models import ApercuImprime, Bilan
from bilans.rapport import construire
from bilans.services.depot import lire_images, ranger
from cls_platform.socle.debit import attente
from cls_platform.socle.lecture_figee import un_seul_moment
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import executer, tenir
from contrats.permissions import exiger

GENRE = "bilan_apercu"
TACHE = "bilans.rendre_apercu"
COURTE = 16
# Un échec se retente après ce temps ; un contenu changé, aussitôt
ENTRE_DEUX_ESSAIS = timedelta(minutes=1)
# Une page ouverte montre encore les images d’avant, le temps de recevoir les neuves
GARDE_DES_ANCIENNES = 600


@dataclass(frozen=True, slots=True)
class EtatDesPages:
    """`pages` images de `empreinte` à montrer, celles d’avant tant que `en_cours`.

    `parait` faux : la partie ne s’imprime pas. `erreur` : pourquoi elles n’ont pas pu se faire.
    `attendre` : secondes avant de pouvoir en redemander.
    """

    empreinte: str = ""
    pages: int = 0
    parait: bool = True
    en_cours: bool = False
    depuis: float = 0.0
    erreur: str = ""
    attendre: float = 0.0


def pages_imprimees(*, bilan: Bilan, code: str, par: Any, le: date) -> EtatDesPages:
    """Où en sont les images de cette partie ; les demande si ce qu’elles montrent a changé.

    Lève DroitRefuse, ou SectionImpossible si la partie ne peut pas se mettre en page.
    """
    exiger(par, Droit.REDIGER_BILAN, bilan.contrat)
    lignes = ApercuImprime.objects.select_related("travail")
    connu = lignes.filter(bilan=bilan, code=code).first()
    if connu and connu.est_en_cours:
        return _etat(connu, en_cours=True)
    quoi = cible(code)
    empreinte = pdf_pages.empreinte(_lu(bilan, quoi, le), quoi)
    if empreinte is None:
        return EtatDesPages(parait=False)
    if connu and connu.empreinte == empreinte and _sont_la(connu):
        return _etat(connu)
    if connu and (echec := _echec(connu, empreinte)):
        return _etat(connu, erreur=echec)
    if delai := attente(f"apercu:{par.pk}", settings.DEBIT_APERCUS):
        return _etat(connu or ApercuImprime(), attendre=delai)
    return _etat(_demander(bilan, code, empreinte, par), en_cours=True)


def _lu(bilan: Bilan, quoi: Cible, le: date) -> Instantane:
    return construire(bilan, arrete_le=le, avec_carte=quoi.code in pdf_pages.AVEC_CARTE)


def _etat(apercu: ApercuImprime, **suite: Any) -> EtatDesPages:
    travail: Any = apercu.travail
    depuis = (timezone.now() - travail.cree_le).total_seconds() if travail else 0.0
    montrees = apercu.pages if apercu.empreinte and _sont_la(apercu) else 0
    return EtatDesPages(empreinte=apercu.empreinte[:COURTE], pages=montrees, depuis=depuis, **suite)


def _echec(apercu: ApercuImprime, empreinte: str) -> str:
    """Le message du dernier essai, s’il portait sur ce contenu et vient d’échouer."""
    travail: Any = apercu.travail
    if travail is None or travail.etat != EtatTravail.ECHEC:
        return ""
    recent = travail.fini_le and timezone.now() - travail.fini_le < ENTRE_DEUX_ESSAIS
    memes = travail.parametres.get("empreinte") == empreinte
    return str(travail.message) if memes and recent else ""


@transaction.atomic
def _demander(bilan: Bilan, code: str, empreinte: str, par: Any) -> ApercuImprime:
    """Un seul travail à la fois par partie : deux personnes qui l’écrivent partagent le même."""
    ApercuImprime.objects.get_or_create(bilan=bilan, code=code)
    verrou = ApercuImprime.objects.select_for_update(of=("self",)).select_related("travail")
    apercu = verrou.get(bilan=bilan, code=code)
    if apercu.est_en_cours:
        return apercu
    if apercu.travail_id:
        Travail.objects.filter(pk=apercu.travail_id).delete()
    apercu.travail = Travail.objects.create(
        genre=GENRE, cible_id=apercu.pk, demande_par_id=par.pk, parametres={"empreinte": empreinte}
    )
    apercu.demande_le = timezone.now()
    apercu.save(update_fields=["travail", "demande_le"])
    transaction.on_commit(partial(envoyer, TACHE, apercu.travail.pk))
    return apercu


def rendre_apercu(*, travail_id: UUID, le: date | None = None) -> None:
    """Fait les images. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=lambda travail: _faire(travail, le))


def _faire(travail: Travail, le: date | None) -> None:
    apercu = ApercuImprime.objects.select_related("bilan__contrat").get(pk=travail.cible_id)
    quoi = cible(apercu.code)
    with un_seul_moment():
        instantane = construire(apercu.bilan, arrete_le=le or timezone.localdate())
    empreinte = pdf_pages.empreinte(instantane, quoi) or ""
    images = pdf_pages.rendre_pages(instantane, quoi, lire_images(instantane))
    for numero, octets in enumerate(images, start=1):
        ranger(_chemin(apercu.bilan, apercu.code, empreinte[:COURTE], numero), octets)
    with transaction.atomic():
        tenir(travail)
        ApercuImprime.objects.filter(pk=apercu.pk).update(empreinte=empreinte, pages=len(images))
    _oter_les_anciennes(apercu, empreinte)


def _chemin(bilan: Bilan, code: str, courte: str, numero: int) -> str:
    return f"{_dossier(bilan)}/{code}-{courte}-{numero}{pdf_pages.EXTENSION}"


def _dossier(bilan: Bilan) -> str:
    return f"bilans/{bilan.contrat_id}/apercus/{bilan.pk}"


def _sont_la(apercu: ApercuImprime) -> bool:
    """Un dépôt vidé entre-temps se refait."""
    chemin = _chemin(apercu.bilan, apercu.code, apercu.empreinte[:COURTE], 1)
    return apercu.pages > 0 and (Path(settings.MEDIA_ROOT) / chemin).is_file()


def image_de(*, bilan: Bilan, code: str, courte: str, numero: int) -> bytes:
    """Les octets d’une page. Lève FileNotFoundError si elle n’est pas, ou plus, faite."""
    if len(courte) != COURTE or set(courte) - set("0123456789abcdef"):
        raise FileNotFoundError("Cette empreinte n’en est pas une.")
    return (Path(settings.MEDIA_ROOT) / _chemin(bilan, code, courte, numero)).read_bytes()


def _oter_les_anciennes(apercu: ApercuImprime, empreinte: str) -> None:
    limite = time.time() - GARDE_DES_ANCIENNES
    dossier = Path(settings.MEDIA_ROOT) / _dossier(apercu.bilan)
    for image in dossier.glob(f"{apercu.code}-*{pdf_pages.EXTENSION}"):
        garde = image.name.startswith(f"{apercu.code}-{empreinte[:COURTE]}")
        if not garde and image.stat().st_mtime < limite:
            image.unlink(missing_ok=True)


def effacer_les_anciens() -> int:
    """Sept jours sans être redemandées, les images d’une partie s’effacent. Rend leur nombre."""
    expires = list(ApercuImprime.objects.expires().select_related("bilan", "travail"))
    for apercu in expires:
        dossier = Path(settings.MEDIA_ROOT) / _dossier(apercu.bilan)
        for image in dossier.glob(f"{apercu.code}-*{pdf_pages.EXTENSION}"):
            image.unlink(missing_ok=True)
        travail: Any = apercu.travail
        apercu.delete()
        if travail:
            travail.delete()
    return len(expires)
