"""Une annonce dont on tue le processus pendant qu’il parle au serveur de courriel.

Lu après `django.setup()`, par la pépinière (`python -m tests.pannes.pepiniere annonces`). Écrit une
ligne de JSON par moment où l’on tue.
"""

import os
import signal
import threading
from typing import Any

from acteurs.models import Utilisateur
from bilans.models import Abonnement, EnvoiParution
from bilans.services.annonce_bilan import annoncer_bilan, demander_annonce
from contrats.models import Contrat
from tests.appuis import serveur_smtp
from tests.factories import BilanFactory
from tests.factories.habitants import AbonnementFactory
from tests.pannes.fabrique import dire, echoir, naitre

ABONNES, LIVRAISONS = 4, 10


def annonces() -> None:
    """Avant que le serveur sache à qui l’on écrit, puis quand il a tout le texte."""
    contrat = Contrat.objects.get(slug="essai-cornouaille")
    AbonnementFactory.create_batch(ABONNES, contrat=contrat)
    for moment, annee in (("au_destinataire", 2011), ("avant_de_prendre", 2012)):
        bilan = BilanFactory(contrat=contrat, publie=True, annee=annee, code_court=f"tue{annee}")
        travail = demander_annonce(bilan=bilan, par=Utilisateur.objects.first())
        dire(tuer(moment, travail, adresses(bilan)))


def adresses(bilan: Any) -> list[str]:
    """Dans l’ordre où l’on leur écrira."""
    connues = dict(Abonnement.objects.values_list("pk", "courriel"))
    envois = EnvoiParution.objects.filter(annonce__bilan=bilan).order_by("pk")
    return [connues[envoi.abonnement_id] for envoi in envois]


def tuer(moment: str, travail: Any, prevues: list[str]) -> dict[str, Any]:
    """Le serveur retient le deuxième courriel à ce moment ; on tue, puis on livre dix fois."""
    arrive, lache = threading.Event(), threading.Event()

    def retenir(adresse: str) -> str:
        if adresse == prevues[1] and not arrive.is_set():
            arrive.set()
            lache.wait(20)
        return "250 oui"

    with serveur_smtp.ouverte() as boite:
        setattr(boite, moment, retenir)
        pid = naitre(lambda: annoncer_bilan(travail_id=travail.pk))
        assert arrive.wait(20), "rien n’est parti"
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        lache.set()
        echoir(travail)
        for _ in range(LIVRAISONS):
            annoncer_bilan(travail_id=travail.pk)
        recus = boite.adresses()
        identifiants = {(recu["To"], recu["Message-ID"]) for recu in boite.recus}
    travail.refresh_from_db()
    return {
        "fois": [recus[adresse] for adresse in prevues],
        "identifiants": len(identifiants),
        "etat": travail.etat,
    }
