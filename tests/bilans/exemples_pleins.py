"""Le bilan d’exemple avec tout ce qu’il peut dire : argent, réunions, décisions, annonces, images."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bilans.instantane import (
    Annonce,
    Annonces,
    Apparence,
    Argent,
    Decision,
    Flux,
    Image,
    Instantane,
    Mot,
    Rencontre,
    Somme,
    Texte,
)
from tests.bilans import exemples

PAYEURS = (("ARS, fonds d’intervention régional", "92000"), ("Collectivités", "61000.50"))
PART = Decimal("0.25")


A_DECIDER = Texte(
    texte="- Passer le bus santé de douze à seize communes\n"
    "  Pour quand : mars 2026\n"
    "  Enjeu : sans accord, quatre communes restent sans passage.\n"
    "  Qui décide : le comité de pilotage\n"
    "- Garder le quatrième lieu d’écoute en 2027\n"
    "  Pour quand : juin 2026\n"
    "  Enjeu : l’EDC paie le loyer jusqu’à la fin de 2026.\n"
    "- Créer une action pour les proches aidants",
    signature="",
)


def image(nom: str = "photo") -> Image:
    return Image(
        chemin=f"bilans/images/essai/{nom}.jpg", sha256=nom.encode().hex().ljust(64, "0")[:64],
        type_mime="image/jpeg", alternative="Une salle de réunion, des chaises en cercle",
        credit="Photo : service d’essai", largeur=1200, hauteur=800,
    )  # fmt: skip


def argent(usages: tuple[str, ...]) -> Argent:
    """Chaque payeur : un quart au premier volet, le reste au deuxième."""
    flux = tuple(
        Flux(payeur=nom, usage=usage, montant=Decimal(montant) * part)
        for nom, montant in PAYEURS
        for usage, part in zip(usages[:2], (PART, 1 - PART), strict=True)
    )
    total = sum((f.montant for f in flux), Decimal(0))
    sommes = (
        Somme(nom=u, montant=sum((f.montant for f in flux if f.usage == u), Decimal(0)))
        for u in usages[:2]
    )
    return Argent(
        annee=2025, total=total, flux=flux,
        payeurs=tuple(Somme(nom=nom, montant=Decimal(montant)) for nom, montant in PAYEURS),
        usages=tuple(sorted(sommes, key=lambda somme: -somme.montant)),
        cout_prevu=Decimal(160_000), cout_realise=Decimal("148230.20"),
        apports_en_nature=Decimal(12_500), etp=Decimal("1.80"),
        source="suivi du contrat, au 1er mars 2026",
    )  # fmt: skip


def annonces() -> Annonces:
    return Annonces(annee=2024, lignes=(
        Annonce(texte="Ouvrir un troisième lieu d’écoute", devenir="TENU", libelle="C’est fait",
                explication="Il a ouvert en septembre."),
        Annonce(texte="Former 150 secouristes", devenir="EN_PARTIE",
                libelle="C’est fait en partie", explication="112 personnes sont formées."),
        Annonce(texte="Une navette pour les ateliers", devenir="REPORTE",
                libelle="C’est reporté", explication="Elle commencera en 2026."),
    ))  # fmt: skip


def rencontres() -> tuple[Rencontre, ...]:
    return (
        Rencontre(jour=date(2025, 3, 18), instance="Comité de pilotage", titre="", lieu="",
                  organisations=12, est_publique=False),
        Rencontre(jour=date(2025, 6, 5), instance="Réunion publique",
                  titre="Un an de contrat", lieu="Salle des fêtes de Haute-Brume",
                  organisations=None, est_publique=True),
    )  # fmt: skip


def plein(**changements: object) -> Instantane:
    base = exemples.instantane()
    premier, *suite = base.volets
    volets = (replace(premier, cle="axe-1", texte="Un troisième lieu a ouvert.", photo=image()),
              *suite)  # fmt: skip
    zoom = Texte(
        texte="**Le bus santé** passe dans douze communes.", signature="", photo=image("b")
    )
    donnees: dict[str, object] = {
        "volets": volets,
        "textes": replace(base.textes, zoom=zoom, a_decider=A_DECIDER),
        "mots_des_elus": (Mot(terme="Entente des communes", sigle="EDC", definition=""),),
        "apparence": Apparence(couleur_fond="#0d3440", couleur_accent="#b5451b",
                               logos=(image("logo"),)),
        "adresse_courte": "https://cls.exemple.fr/b/k7m2x9q",
        "argent": argent(tuple(volet.titre for volet in volets)),
        "rencontres": rencontres(),
        "decisions": (
            Decision(jour=date(2025, 6, 5), instance="Réunion publique", etat="Fait",
                     texte="Afficher les dates du bus en mairie.", organisation="Odalie Agglo"),
        ),
        "annonces": annonces(),
    }  # fmt: skip
    return replace(base, **{**donnees, **changements})  # type: ignore[arg-type]  # choisis par le test
