"""Les documents mesurés par W3 : des bilans complets d’une trentaine de pages, toujours les mêmes.

De chaque contrat d’essai on garde le territoire, ses cartes, ses 60 actions et ses séries. Chaque action
est racontée, chaque volet a deux indicateurs (dix graphiques, dix tableaux), les quatre textes
d’auteur sont écrits : rien de ce qu’un bilan peut montrer ne manque à la mesure.
"""

from dataclasses import replace
from datetime import date

from django.db.models import Count

from bilans import rapport
from bilans.instantane import Instantane, Texte, Textes, Volet
from bilans.models import Bilan
from contrats.models import Contrat

ANNEE, LE = 2025, date(2026, 1, 15)
# Un contrat sur cinq en a 40 ou 80 : son bilan n’aurait pas le même nombre de pages
ACTIONS, PAR_VOLET = 60, 2
TEXTES = Textes(
    edito=Texte(
        texte="Trouver un médecin prend du temps. Vous nous le dites à chaque réunion publique.\n"
        "Nous avons signé un contrat local de santé. C’est un engagement simple : travailler "
        "ensemble, dans toutes nos communes.\n"
        "Ce bilan raconte l’année. Vous y lirez ce qui avance, et ce qui n’avance pas assez vite.",
        signature="La vice-présidente chargée de la santé",
    ),
    difficultes=Texte(
        texte="- Recruter : Deux postes sont restés vides six mois.\n"
        "Ce que nous changeons : un poste est partagé avec l’hôpital.\n"
        "- Se déplacer : Plusieurs ateliers étaient trop loin.\n"
        "Ce que nous changeons : chaque atelier proposera une navette.",
        signature="",
    ),
    participation=Texte(
        texte="Quatre réunions publiques ont eu lieu.\n"
        "- On ne sait jamais quel jour passe le bus : les dates sont maintenant en mairie.\n"
        "- Les papiers sont trop compliqués : huit habitants ont relu ce bilan.",
        signature="",
    ),
    perspectives=Texte(
        texte="- Février : Ouverture d’un nouveau lieu d’écoute.\n"
        "- Avril : Le bus santé devrait passer dans seize communes.\n"
        "- Juin : Réunion publique, à 18 h 30.",
        signature="",
    ),
)


def instantanes(nombre: int) -> list[Instantane]:
    """Un par contrat d’essai de 60 actions, dans l’ordre de leur identifiant."""
    contrats = Contrat.objects.filter(slug__startswith="volume-").alias(n=Count("actions"))
    return [_instantane(c) for c in contrats.filter(n=ACTIONS).order_by("pk")[:nombre]]


def _instantane(contrat: Contrat) -> Instantane:
    lu = rapport.construire(Bilan(contrat=contrat, annee=ANNEE), arrete_le=LE)
    series = [i for v in lu.volets for i in v.indicateurs if len(i.serie.releves) > 1]
    completes = tuple(
        _complet(volet, series[rang * PAR_VOLET : (rang + 1) * PAR_VOLET])
        for rang, volet in enumerate(v for v in lu.volets if v.actions)
    )
    return replace(lu, volets=completes, textes=TEXTES)


def _complet(volet: Volet, indicateurs: list) -> Volet:
    actions = tuple(
        replace(a, en_avant=True, resume=a.resume or volet.promesse) for a in volet.actions
    )
    # Un numéro utile prendrait la place du second indicateur, que le PDF renverrait en ligne.
    return replace(volet, actions=actions, indicateurs=tuple(indicateurs), utile="")
