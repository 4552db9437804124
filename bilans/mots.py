"""Les mots à connaître : sigles rencontrés et mots de métier présents dans les textes."""

import re
from collections.abc import Iterable

from bilans.instantane import Mot
from bilans.lisibilite import Sigles

# (mot, ce qui montre qu’il est employé, définition)
COURANTS: tuple[tuple[str, str, str], ...] = (
    (
        "Agence régionale de santé",
        r"agence régionale de santé",
        "elle représente l’État et organise la santé dans la région.",
    ),
    (
        "Aidant",
        r"\baidante?s?\b",
        "personne qui aide au quotidien un proche malade, âgé ou handicapé.",
    ),
    (
        "Assurance maladie",
        r"assurance maladie",
        "elle rembourse vos soins et délivre la carte Vitale.",
    ),
    (
        "Centre de santé",
        r"centres? de santé",
        "lieu où des soignants salariés reçoivent tous les patients.",
    ),
    (
        "Communauté professionnelle territoriale de santé",
        r"communautés? professionnelles? territoriales? de santé",
        "des soignants d’un même territoire qui s’organisent ensemble.",
    ),
    (
        "Contrat local de santé",
        r"contrats? loca(?:l|ux) de santé",
        "accord écrit pour agir ensemble sur la santé des habitants d’un territoire.",
    ),
    (
        "Dépistage",
        r"\bdépist",
        "examen simple qui cherche une maladie avant les premiers signes.",
    ),
    (
        "Intercommunalité",
        r"intercommunalité",
        "groupe de communes qui gèrent des services ensemble.",
    ),
    (
        "Maison de santé",
        r"maisons? de santé",
        "lieu où plusieurs soignants indépendants travaillent ensemble.",
    ),
    (
        "Médecin traitant",
        r"médecins? traitants?",
        "le médecin que vous choisissez pour vous suivre toute l’année.",
    ),
    (
        "Mutualité sociale agricole",
        r"mutualité sociale agricole",
        "la sécurité sociale du monde agricole.",
    ),
    (
        "Prévention",
        r"\bprévention\b",
        "ce qui aide à rester en bonne santé et évite les maladies.",
    ),
    (
        "Santé environnementale",
        r"santé environnementale",
        "ce que l’air, l’eau, le bruit ou le logement font à notre santé.",
    ),
    (
        "Téléconsultation",
        r"téléconsultation",
        "rendez-vous avec un soignant par vidéo.",
    ),
    ("Volet", r"\bvolets?\b", "un grand thème du contrat, qui regroupe plusieurs actions."),
)

# Numéros nationaux gratuits, par thème dominant d’un volet
NUMEROS_UTILES: dict[str, str] = {
    "sante_mentale": (
        "Besoin de parler maintenant ? Appelez le 3114, le numéro national de prévention du "
        "suicide : un professionnel vous répond, gratuitement, jour et nuit."
    ),
    "violences": (
        "Vous subissez des violences, ou vous vous inquiétez pour une femme ? Appelez le 3919 : "
        "l’appel est gratuit et anonyme, jour et nuit."
    ),
    "addictions": (
        "Envie d’arrêter de fumer ? Au 39 89, un tabacologue vous conseille gratuitement."
    ),
}


def mots_du_bilan(textes: Iterable[str], sigles: Sigles) -> tuple[Mot, ...]:
    """Sans doublon, dans l’ordre alphabétique ; un sigle complète le mot qu’il abrège."""
    ensemble = "\n".join(textes)
    definitions = {mot: definition for mot, _, definition in COURANTS}
    presents = {
        mot: Mot(terme=mot, sigle="", definition=definition)
        for mot, motif, definition in COURANTS
        if re.search(motif, ensemble, re.IGNORECASE)
    }
    for sens in sigles.expliques:
        explication = sens.explication or definitions.get(sens.terme, "")
        presents[sens.terme] = Mot(terme=sens.terme, sigle=sens.sigle, definition=explication)
    return tuple(presents[terme] for terme in sorted(presents, key=_cle))


def _cle(terme: str) -> str:
    """Ordre alphabétique du français : les accents ne comptent pas."""
    sans_accent = terme.lower().translate(str.maketrans("àâäçéèêëîïôöùûü", "aaaceeeeiioouuu"))
    return sans_accent.replace("œ", "oe").replace("’", " ").replace("-", " ")
