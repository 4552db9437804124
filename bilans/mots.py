"""Les mots à connaître : sigles rencontrés et mots de métier présents dans les textes."""

from collections.abc import Iterable
from dataclasses import dataclass

from bilans.instantane import Mot
from bilans.langage import Sigles, Terme, employes
from bilans.langage.ecrits import plier


@dataclass(frozen=True, slots=True)
class MotConnu:
    """Un mot de métier. `formes` : ce qui montre qu’il est employé ; `source` : qui le définit."""

    terme: str
    formes: tuple[str, ...]
    definition: str
    source: str = ""


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


def mots_du_bilan(
    textes: Iterable[str], sigles: Sigles, connus: Iterable[MotConnu] = ()
) -> tuple[Mot, ...]:
    """Sans doublon, dans l’ordre alphabétique ; un sigle complète le mot qu’il abrège."""
    connus = tuple(connus)
    definitions = {connu.terme: connu.definition for connu in connus}
    presents = {
        terme: Mot(terme=terme, sigle="", definition=definitions[terme])
        for terme in employes("\n".join(textes), _termes(connus))
    }
    for sens in sigles.expliques:
        explication = sens.explication or definitions.get(sens.terme, "")
        presents[sens.terme] = Mot(terme=sens.terme, sigle=sens.sigle, definition=explication)
    return tuple(presents[terme] for terme in sorted(presents, key=_cle))


def termes_des_sigles(mots: Iterable[Mot]) -> dict[str, str]:
    """Ce que veut dire chaque sigle, prêt à suivre le sigle dans une phrase."""
    return {m.sigle: f"{m.terme[:1].lower()}{m.terme[1:]}" for m in mots if m.sigle}


def _termes(connus: Iterable[MotConnu]) -> tuple[Terme, ...]:
    return tuple(
        Terme(connu.terme, forme.strip(), "", "mot", "NOM")
        for connu in connus
        for forme in connu.formes
        if forme.strip()
    )


def _cle(terme: str) -> str:
    """Ordre alphabétique du français : les accents ne comptent pas."""
    return plier(terme).replace("’", " ").replace("-", " ")
