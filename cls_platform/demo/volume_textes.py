"""Des mots français pour le volume : de la longueur et de la variété, pas du sens."""

import random

DEBUTS = (
    "Former", "Ouvrir", "Repérer", "Accompagner", "Soutenir", "Créer", "Prévenir", "Mesurer",
    "Organiser", "Coordonner", "Développer", "Informer", "Réunir", "Installer", "Proposer",
)  # fmt: skip
MOTS = (
    "les aidants", "une permanence", "des ateliers", "la santé mentale", "les jeunes", "un bus",
    "le dépistage", "les médecins", "la vaccination", "l’activité physique", "les écoles",
    "le logement", "la nutrition", "les quartiers", "les seniors", "les droits", "une maison",
    "des relais", "la prévention", "les communes", "un réseau", "les soignants", "le sommeil",
    "l’air intérieur", "les addictions", "la parentalité", "les transports", "l’accueil",
    "avec les associations", "dans chaque canton", "pour les habitants", "au printemps",
    "à domicile", "en mairie", "sur rendez-vous", "sans avance de frais", "chaque trimestre",
)  # fmt: skip


def phrase(alea: random.Random, mots: int) -> str:
    """Un verbe et quelques groupes de mots, sans répétition immédiate."""
    groupes = alea.sample(MOTS, min(max(mots // 2, 1), len(MOTS)))
    return " ".join([alea.choice(DEBUTS), *groupes])


def paragraphe(alea: random.Random) -> str:
    return " ".join(f"{phrase(alea, 12)}." for _ in range(alea.randrange(2, 6)))
