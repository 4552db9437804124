"""La carte et les textes du bilan d’exemple."""

from bilans.instantane import (
    Cadre,
    Carte,
    Forme,
    Texte,
    Textes,
)


def carte() -> Carte:
    """Six territoires carrés au bord d’une île carrée, et des contours carrés autour."""
    noms = ("Pointe des Vents", "Baie d’Aurane", "Haute-Brume", "Pays de l’Écume",
            "Odalie Agglo", "Côte des Genêts")  # fmt: skip
    formes = []
    for rang, nom in enumerate(noms):
        x, y = 190 + 140 * (rang % 3), 520 + 150 * (rang // 3)
        trace = f"M{x} {y}h136v146h-136z"
        formes.append(Forme(nom=nom, trace=trace, x=x + 68.0, y=y + 73.0, rayon=68.0))
    ondes = tuple(
        f"M{190 - r} {520 - r}h{416 + 2 * r}v{296 + 2 * r}h-{416 + 2 * r}z"
        for r in range(12, 500, 30)
    )
    return Carte(
        cadre=Cadre(x=190.0, y=520.0, largeur=416.0, hauteur=296.0), formes=tuple(formes),
        ondes=ondes, source="Contours inventés.",
    )  # fmt: skip


def textes() -> Textes:
    return Textes(
        edito=Texte(
            texte="Chercher un médecin pendant des mois. Ne pas savoir à qui parler quand ça va "
            "mal. Vous nous le dites à chaque réunion publique.\n"
            "En mars 2024, nous avons signé un contrat local de santé. C’est un engagement "
            "simple : travailler ensemble, dans toutes nos communes.\n"
            "Ce bilan raconte notre deuxième année. Vous y lirez ce qui avance : un bus santé, "
            "des rendez-vous d’écoute plus rapides, des médecins retrouvés.\n"
            "Vous y lirez aussi ce qui n’avance pas assez vite. Nous vous devons cette franchise.",
            signature="La vice-présidente chargée de la santé",
        ),
        difficultes=Texte(
            texte="- Recruter : Deux postes de psychologue sont restés vides six mois.\n"
            "Ce que nous changeons : un poste est partagé avec l’hôpital.\n"
            "- Attirer les jeunes : Les ateliers sur le sommeil ont réuni peu de lycéens.\n"
            "Ce que nous changeons : ils auront lieu dans les lycées.\n"
            "- Se déplacer : Plusieurs ateliers étaient trop loin.\n"
            "Ce que nous changeons : chaque atelier proposera une navette.",
            signature="",
        ),
        participation=Texte(
            texte="En 2025, 186 personnes sont venues à quatre réunions publiques.\n"
            "- On ne sait jamais quel jour passe le bus : les dates sont maintenant en mairie.\n"
            "- Les papiers sont trop compliqués : huit habitants ont relu ce bilan.",
            signature="",
        ),
        perspectives=Texte(
            texte="- Février 2026 : Ouverture du quatrième lieu d’écoute, à Haute-Brume.\n"
            "- Avril 2026 : Le bus santé devrait passer de douze à seize communes.\n"
            "- Jeudi 18 juin 2026 : Réunion publique à Odalie, à 18 h 30.",
            signature="",
        ),
    )
