"""W15 : une partie de bilan relue pendant la frappe, à sa longueur permise, chargée de fautes.

L’analyse seule se compare à une lecture qui ne dit rien ; la demande entière, à travers toute la
pile, à la même sur un texte d’un mot, puis, en temps de calcul, à la cible de 20 ms.
"""

from collections.abc import Callable
from itertools import cycle, islice
from time import process_time
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from bench.mesure import Rapport, mesurer
from bench.planchers import langage as plancher
from bilans.forms.ecrire import TEXTE_MAX
from bilans.langage import Lecture, relever, relire, segments
from bilans.langage.motifs import motifs
from bilans.models import Bilan
from bilans.templatetags.langage import surligne
from bilans.views import langage as vue
from bilans.vocabulaire_garde import vocabulaire

CIBLE_MS = 20.0
SANS_LIMITE = "1000000/m"
FAUTES = (
    "Il n’est pas simple de ne pas prendre une décision depuis deux ans. "
    "L’APA et le ZYX ont été ouverts rapidement, dans le cadre de l’établissement scolaire.\n"
    "Nous procédons à la réalisation des plans ; l’an dernier, la mise en œuvre du diagnostic "
    "territorial a été effectuée mensuellement au niveau de l’accompagnement des usagers. "
)


def courir(tours: int) -> list[Rapport]:
    texte = "".join(islice(cycle(FAUTES), TEXTE_MAX))
    reglement, lexique = vocabulaire()
    connus = motifs(reglement.termes).keys()

    def analyser() -> str:
        lu = Lecture(texte)
        relu = relire(lu, reglement, lexique, relever([lu], lexique), 2025)
        return surligne(segments(relu.texte, relu.alertes))

    verifier(analyser(), texte)
    envoyer = frappe()
    calcul = meilleur(lambda: envoyer(texte), tours)
    return [
        mesurer(
            "w15_langage_vs_lecture", analyser, lambda: plancher.lire(texte, connus), cible=15,
            tours=tours,
        ),
        mesurer(
            "w15_panneau_vs_un_mot", lambda: envoyer(texte), lambda: envoyer("Un mot."), cible=2.5,
            tours=tours,
        ),
        Rapport("w15_panneau_vs_20ms", calcul / CIBLE_MS, 0.0, calcul, CIBLE_MS, 1.0),
    ]  # fmt: skip


def verifier(surligne_: str, texte: str) -> None:
    """Le texte chargé l’est vraiment : une alerte tous les cinquante signes au moins."""
    if surligne_.count("<mark") < TEXTE_MAX / 50:
        raise AssertionError(
            f"{surligne_.count('<mark')} passages relevés dans {len(texte)} signes."
        )


def frappe() -> Callable[[str], Any]:
    """Envoie un texte comme l’éditeur l’envoie."""
    vue.DEBIT = SANS_LIMITE
    personne, _ = get_user_model().objects.get_or_create(
        email="mesure@demo.example", defaults={"est_administrateur": True}
    )
    client = Client(headers={"host": "localhost", "HX-Request": "true"})
    client.force_login(personne)
    bilan = Bilan.objects.filter(contrat__slug="volume-5", statut="BROUILLON").order_by("annee")[0]
    adresse = reverse("bilans:langage_section", args=[bilan.pk, "EDITO"])

    def envoyer(texte: str) -> Any:
        reponse = client.post(adresse, {"texte": texte})
        if reponse.status_code != 200:
            raise AssertionError(f"Le panneau répond {reponse.status_code}.")
        return reponse

    return envoyer


def meilleur(appel: Callable[[], object], tours: int) -> float:
    """Le plus court temps de calcul, en millisecondes : le reste est le bruit de la machine."""
    durees = []
    for _ in range(max(tours * 5, 20)):
        debut = process_time()
        appel()
        durees.append(process_time() - debut)
    return min(durees) * 1000
