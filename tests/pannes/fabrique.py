"""Ce que fait la pépinière : demander, tuer, faire reprendre, livrer cinquante fois, constater.

Lu après `django.setup()`.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core import mail
from django.db import connections
from django.utils import timezone

from acteurs.models import Utilisateur
from bilans import tasks
from bilans.services.documents import demander_document
from bilans.services.ouverture import ouvrir_bilan
from bilans.services.rendu import demander_pdf
from cls_platform.socle.models import Travail
from contrats.models import Contrat
from tests.appuis.jeu import ADRESSES

ANNEE = 2027
GENRES = ("PDF", "TECHNIQUE", "DIAPORAMA", "ELUS")


def naitre(faire: Callable[[], None]) -> int:
    """Un processus fils, avec ses propres connexions ; rend son numéro."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        faire()
    finally:
        os._exit(0)


def jusqu_au_bout(faire: Callable[[], None]) -> float:
    debut = time.monotonic()
    os.waitpid(naitre(faire), 0)
    return time.monotonic() - debut


class Fabrique:
    """Un bilan, ses documents, et de quoi les demander puis les faire."""

    def __init__(self) -> None:
        self.par = Utilisateur.objects.get(email=ADRESSES["coordinatrice"])
        contrat = Contrat.objects.get(slug="essai-cornouaille")
        existant = contrat.bilans.filter(annee=ANNEE).first()
        self.bilan = existant or ouvrir_bilan(contrat=contrat, annee=ANNEE, par=self.par)

    def demander(self, genre: str) -> Any:
        """Le travail de ce document, demandé à neuf."""
        if genre == "PDF":
            return demander_pdf(bilan=self.bilan, par=self.par, previent=True)
        self.bilan.documents.filter(genre=genre).update(source="")
        return demander_document(bilan=self.bilan, genre=genre, par=self.par).travail

    def tache(self, genre: str, travail: Any) -> Callable[[], None]:
        return lambda: (tasks.rendre if genre == "PDF" else tasks.rendre_document)(str(travail.pk))

    def constat(self, genre: str, travail: Any) -> dict[str, Any]:
        """Ce que la base et le dossier disent de ce travail, une fois la poussière retombée."""
        travail.refresh_from_db()
        self.bilan.refresh_from_db()
        fait = self.bilan if genre == "PDF" else self.bilan.documents.get(genre=genre)
        fichier = Path(os.environ["MEDIA_ROOT"]) / fait.chemin
        return {
            "genre": genre,
            "etat": travail.etat,
            "tentatives": travail.tentatives,
            "entier": sha256(fichier.read_bytes()).hexdigest() == fait.sha256,
            "sha256": fait.sha256,
            "courriels": self.courriels(travail),
        }

    def courriels(self, travail: Any) -> int:
        """Combien partent, chaque annonce étant livrée trois fois."""
        avant = len(getattr(mail, "outbox", []))
        siennes = Travail.objects.filter(genre="document_annonce", cible_id=travail.cible_id)
        for annonce in list(siennes.filter(fini_le=None)) * 3:
            tasks.annoncer_document(str(annonce.pk))
        return len(getattr(mail, "outbox", [])) - avant


def echoir(travail: Any) -> str:
    """Le bail du mort est passé. Rend l’état où il a laissé son travail."""
    siens = Travail.objects.filter(pk=travail.pk)
    siens.update(bail_jusqua=timezone.now() - timedelta(seconds=1))
    return str(siens.values_list("etat", flat=True).get())


def morts(nombre: int, graine: int) -> None:
    """À chaque tour : demander, tuer au hasard, faire reprendre, constater."""
    fabrique, hasard = Fabrique(), random.Random(graine)  # noqa: S311  (un hasard rejouable)
    durees = {}
    for genre in GENRES:
        travail = fabrique.demander(genre)
        durees[genre] = jusqu_au_bout(fabrique.tache(genre, travail))
        fabrique.courriels(travail)
    for tour in range(nombre):
        genre = GENRES[tour % len(GENRES)]
        travail = fabrique.demander(genre)
        faire = fabrique.tache(genre, travail)
        pid = naitre(faire)
        time.sleep(hasard.uniform(0, durees[genre]))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        laisse = echoir(travail)
        jusqu_au_bout(faire)
        dire({**fabrique.constat(genre, travail), "laisse": laisse})


def livraisons(nombre: int, ensemble: int) -> None:
    """Le même message à `ensemble` processus à la fois, jusqu’à `nombre` livraisons."""
    fabrique = Fabrique()
    for genre in ("PDF", "DIAPORAMA"):
        travail = fabrique.demander(genre)
        faire = fabrique.tache(genre, travail)
        parts = [len(range(rang, nombre, ensemble)) for rang in range(ensemble)]

        def livrer(fois: int, faire: Callable[[], None] = faire) -> None:
            for _ in range(fois):
                faire()

        nes = [naitre(lambda fois=fois: livrer(fois)) for fois in parts]  # type: ignore[misc]  # défaut lié au tour
        for pid in nes:
            os.waitpid(pid, 0)
        dire({**fabrique.constat(genre, travail), "livraisons": sum(parts)})


def dire(constat: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(constat) + "\n")
    sys.stdout.flush()
