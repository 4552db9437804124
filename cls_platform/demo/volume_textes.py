"""Des mots français pour le volume : de la longueur et de la variété, pas du sens.

Une quarantaine de groupes courants sont presque dans toute fiche ; une traîne de 6 000 mots forgés
donne à la recherche des mots rares et des mots moyens.
"""

import random

# Change avec ce que le volume contient : une base de mesure d’une autre forme se recharge
FORME = 3
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
ATTAQUES = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "f",
    "fl",
    "g",
    "gr",
    "j",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "t",
    "tr",
    "v",
]
VOYELLES = ["a", "é", "i", "o", "ou", "eau", "an", "on"]
CODAS = ["", "", "r", "l", "c", "t", "rd", "nt"]
MOTS_RARES = 6_000
PARAGRAPHES = 4_000


def phrase(alea: random.Random, mots: int) -> str:
    """Un verbe et quelques groupes de mots, sans répétition immédiate."""
    groupes = alea.sample(MOTS, min(max(mots // 2, 1), len(MOTS)))
    return " ".join([alea.choice(DEBUTS), *groupes])


def paragraphe(alea: random.Random) -> str:
    return " ".join(f"{phrase(alea, 12)}." for _ in range(alea.randrange(2, 6)))


class Textes:
    """Des paragraphes tirés d’une réserve, chacun avec un mot de la traîne."""

    def __init__(self, alea: random.Random) -> None:
        self.alea = alea
        self.reserve = [paragraphe(alea) for _ in range(PARAGRAPHES)]
        self.titres = [phrase(alea, 8) for _ in range(PARAGRAPHES)]
        self.rares = sorted({self._mot() for _ in range(MOTS_RARES)})
        alea.shuffle(self.rares)

    def _mot(self) -> str:
        alea = self.alea
        syllabes = (alea.choice(ATTAQUES) + alea.choice(VOYELLES) for _ in range(3))
        return "".join(syllabes) + alea.choice(CODAS)

    def rare(self) -> str:
        """Les premiers de la traîne viennent souvent, les derniers presque jamais."""
        return self.rares[int(len(self.rares) * self.alea.random() ** 3)]

    def titre(self) -> str:
        return f"{self.alea.choice(self.titres)} {self.rare()}"

    def court(self) -> str:
        return self.alea.choice(self.titres)

    def long(self) -> str:
        return f"{self.alea.choice(self.reserve)} Suivi {self.rare()}."
