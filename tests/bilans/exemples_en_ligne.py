"""Un bilan entier, avec argent, réunions, annonces et photos déposées ; pour les pages publiques."""

import hashlib
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PIL import Image as Pillow

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
)
from contrats.models import Contrat
from tests.bilans import exemples
from tests.factories.bilans import deposer_octets

MARKDOWN = (
    "## Une année **dense**\n\nVoir [le site](https://exemple.fr/) et *vite*.\n"
    "- Ce qui change : une salle\n\n<script>alert(1)</script> [piège](javascript:alert(1))"
)


def jpeg(largeur: int = 1600, hauteur: int = 900) -> bytes:
    tampon = io.BytesIO()
    Pillow.effect_noise((largeur, hauteur), 60).convert("RGB").save(tampon, "JPEG", quality=90)
    return tampon.getvalue()


def image(contrat: Contrat, octets: bytes, **champs: Any) -> Image:
    sha256 = hashlib.sha256(octets).hexdigest()
    chemin = f"bilans/images/{contrat.pk}/{sha256}.jpg"
    deposer_octets(chemin, octets)
    voulu: dict[str, Any] = {
        "chemin": chemin, "sha256": sha256, "type_mime": "image/jpeg", "largeur": 1600,
        "hauteur": 900, "alternative": "Le bus santé sur la place", "credit": "Service d’essai",
    } | champs  # fmt: skip
    return Image(**voulu)


def complet(photo: Image | None = None) -> Instantane:
    base = exemples.instantane()
    textes = replace(
        base.textes,
        edito=Texte(texte=MARKDOWN, signature="Camille Exemple", photo=photo),
        zoom=Texte(texte="Le bus passe deux fois par semaine.", signature=""),
        budget=Texte(texte="L’argent vient de trois financeurs.", signature=""),
    )
    volet = replace(base.volets[0], texte="Deux lieux ont ouvert.", photo=photo)
    return replace(
        base,
        textes=textes,
        volets=(volet, *base.volets[1:]),
        argent=Argent(
            annee=2025, total=Decimal(120_500),
            payeurs=(Somme(nom="ARS", montant=Decimal(80_000)),
                     Somme(nom="Odalie Agglo", montant=Decimal(40_500))),
            usages=(Somme(nom="Santé mentale", montant=Decimal(90_000)),
                    Somme(nom="Accès aux soins", montant=Decimal(30_500))),
            flux=(Flux(payeur="ARS", usage="Santé mentale", montant=Decimal(60_000)),
                  Flux(payeur="ARS", usage="Accès aux soins", montant=Decimal(20_000)),
                  Flux(payeur="Odalie Agglo", usage="Santé mentale", montant=Decimal(30_000)),
                  Flux(payeur="Odalie Agglo", usage="Accès aux soins", montant=Decimal(10_500))),
            cout_prevu=Decimal(140_000), cout_realise=Decimal(118_250),
            apports_en_nature=Decimal(7_300), etp=Decimal("1.5"), source="suivi du contrat",
        ),
        rencontres=(Rencontre(jour=date(2025, 6, 3), instance="Comité de pilotage",
                              titre="Réunion publique", lieu="Salle des Tilleuls",
                              organisations=19, est_publique=True),),
        decisions=(Decision(jour=date(2025, 6, 3), instance="Comité de pilotage",
                            texte="Ouvrir un troisième lieu d’écoute", etat="Fait",
                            organisation="Centre hospitalier"),),
        annonces=Annonces(annee=2024, lignes=(
            Annonce(texte="Ouvrir 3 lieux", devenir="EN_PARTIE", libelle="Fait en partie",
                    explication="2 sur 3"),)),
    )  # fmt: skip
