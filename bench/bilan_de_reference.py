"""Les documents mesurés par W3 : des bilans complets d’une trentaine de pages, toujours les mêmes.

De chaque contrat d’essai on garde le territoire, ses cartes, ses 60 actions et ses séries. Chaque
volet raconte trois actions, comme la plateforme le permet, cite les autres et montre deux indicateurs
(dix graphiques, dix tableaux) ; les textes d’auteur sont écrits, avec trois photos propres à ce bilan,
l’argent de l’année, ses réunions, ses décisions et les annonces d’avant : rien de ce qu’un bilan peut
montrer ne manque à la mesure.
"""

import io
import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from random import Random

from django.db.models import Count
from PIL import Image as Dessin

from bilans import rapport
from bilans.instantane import (
    Annonce,
    Annonces,
    Argent,
    Decision,
    Flux,
    Image,
    Instantane,
    Rencontre,
    Somme,
    Texte,
    Textes,
    Volet,
)
from bilans.models import Bilan
from contrats.models import Contrat

ANNEE, LE = 2025, date(2026, 1, 15)
# Un contrat sur cinq en a 40 ou 80 : son bilan n’aurait pas le même nombre de pages
ACTIONS, RACONTEES, PAR_VOLET = 60, 3, 2
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


PAYEURS = ("Agence régionale de santé", "Intercommunalités", "Département", "Assurance maladie")
REUNIONS = ("Comité de pilotage", "Réunion publique", "Comité technique", "Groupe de travail")
DEVENIRS = (
    ("TENU", "C’est fait"),
    ("EN_PARTIE", "C’est fait en partie"),
    ("REPORTE", "C’est reporté"),
)


@cache
def photos(bilan: int) -> tuple[tuple[Image, bytes], ...]:
    """Trois photos de la taille que garde la plateforme, au grain d’une vraie photo.

    Chaque bilan a les siennes : un moteur qui garde en mémoire celles d’avant n’y gagne rien.
    """
    return tuple(_photo(bilan, rang) for rang in range(3))


def images(bilans: int) -> dict[str, bytes]:
    """Les octets des photos des premiers bilans."""
    return {image.chemin: o for bilan in range(bilans) for image, o in photos(bilan)}


def _photo(bilan: int, rang: int) -> tuple[Image, bytes]:
    largeur, hauteur = (1200, 1600) if rang == 0 else (1600, 1000)
    grains = (largeur // 8, hauteur // 8)
    hasard = Random(100 * bilan + rang)
    octets = bytes(int(hasard.gauss(128, 40 + 10 * rang)) & 255 for _ in range(math.prod(grains)))
    sortie = io.BytesIO()
    grain = Dessin.frombytes("L", grains, octets).resize((largeur, hauteur))
    grain.convert("RGB").save(sortie, "JPEG", quality=82)
    empreinte = sha256(sortie.getvalue()).hexdigest()
    return Image(
        chemin=f"bilans/images/mesure/{empreinte}.jpg", sha256=empreinte, type_mime="image/jpeg",
        alternative=f"Photo d’essai {rang + 1}", credit="Plateforme", largeur=largeur, hauteur=hauteur,
    ), sortie.getvalue()  # fmt: skip


def argent(usages: list[str]) -> Argent:
    """Quatre financeurs, chaque volet : une somme qui ne dépend que de leurs rangs."""
    flux = tuple(
        Flux(payeur=p, usage=u, montant=Decimal(1000 * ((7 * i + 3 * j) % 11)))
        for i, p in enumerate(PAYEURS)
        for j, u in enumerate(usages)
    )
    total = sum((f.montant for f in flux), Decimal(0))
    return Argent(
        annee=ANNEE, total=total, flux=flux, cout_prevu=total, cout_realise=total,
        payeurs=_sommes([(f.payeur, f.montant) for f in flux]),
        usages=_sommes([(f.usage, f.montant) for f in flux]),
        apports_en_nature=Decimal(12_500), etp=Decimal("1.5"), source="suivi du contrat",
    )  # fmt: skip


def _sommes(parts: list[tuple[str, Decimal]]) -> tuple[Somme, ...]:
    noms = dict.fromkeys(nom for nom, _ in parts)
    sommes = [Somme(nom=n, montant=sum((m for p, m in parts if p == n), Decimal(0))) for n in noms]
    return tuple(sorted(sommes, key=lambda somme: -somme.montant))


def instantanes(nombre: int) -> list[Instantane]:
    """Un par contrat d’essai de 60 actions, dans l’ordre de leur identifiant."""
    contrats = Contrat.objects.filter(slug__startswith="volume-").alias(n=Count("actions"))
    choisis = contrats.filter(n=ACTIONS).order_by("pk")[:nombre]
    return [_instantane(contrat, rang) for rang, contrat in enumerate(choisis)]


def _instantane(contrat: Contrat, rang_du_bilan: int) -> Instantane:
    lu = rapport.construire(Bilan(contrat=contrat, annee=ANNEE), arrete_le=LE)
    series = [i for v in lu.volets for i in v.indicateurs if len(i.serie.releves) > 1]
    completes = tuple(
        _complet(volet, series[rang * PAR_VOLET : (rang + 1) * PAR_VOLET])
        for rang, volet in enumerate(v for v in lu.volets if v.actions)
    )
    (portrait, _), (du_volet, _), (du_zoom, _) = photos(rang_du_bilan)
    premier, *suite = completes
    return replace(
        lu,
        volets=(replace(premier, photo=du_volet, texte=premier.promesse), *suite),
        textes=replace(
            TEXTES,
            edito=replace(TEXTES.edito, photo=portrait),
            zoom=Texte(texte="Le bus santé s’arrête dans douze communes. **Sans rendez-vous.**",
                       signature="", photo=du_zoom),
        ),
        argent=argent([volet.titre for volet in completes]),
        rencontres=tuple(
            Rencontre(jour=date(ANNEE, 2 + rang, 12), instance=nom, titre="", lieu="",
                      organisations=8 + rang, est_publique=rang == 1)
            for rang, nom in enumerate(REUNIONS)
        ),
        decisions=tuple(
            Decision(jour=date(ANNEE, 3, 12), instance=REUNIONS[1], texte=f"Décision {rang + 1}",
                     etat="Fait", organisation="")
            for rang in range(3)
        ),
        annonces=Annonces(annee=ANNEE - 1, lignes=tuple(
            Annonce(texte=f"Annonce {rang + 1}", devenir=code, libelle=mot, explication="Une phrase.")
            for rang, (code, mot) in enumerate(DEVENIRS)
        )),
    )  # fmt: skip


def _complet(volet: Volet, indicateurs: list) -> Volet:
    actions = tuple(
        replace(a, en_avant=rang < RACONTEES, resume=a.resume or volet.promesse)
        for rang, a in enumerate(volet.actions)
    )
    # Un numéro utile prendrait la place du second indicateur, que le PDF renverrait en ligne.
    return replace(volet, actions=actions, indicateurs=tuple(indicateurs), utile="")
