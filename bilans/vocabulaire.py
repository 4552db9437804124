"""Les règles, les sigles et les mots que l’opérateur a réglés, et les décisions d’un bilan.

Lus des tables, rendus en valeurs pures pour `bilans.langage`. Une requête par liste.
"""

from bilans.langage import (
    Bande,
    Decision,
    Definition,
    Lexique,
    Regle,
    Reglement,
    Terme,
    en_fins,
    en_mots,
    ranger,
)
from bilans.langage.analyse import REGLE_DES_CAPITALES
from bilans.models import (
    BandeLisibilite,
    Bilan,
    DecisionSigle,
    ExceptionSigle,
    MotAConnaitre,
    RegleLangage,
    Sigle,
    TermeARemplacer,
)
from bilans.mots import MotConnu


def lire_reglement() -> Reglement:
    """Les règles actives, les bandes de la plus facile à la plus difficile, les termes."""
    bandes = BandeLisibilite.objects.actives().order_by("-minimum")
    termes = TermeARemplacer.objects.actives().order_by("ordre", "code")
    return Reglement(
        regles={regle.code: regle for regle in map(_regle, RegleLangage.objects.actives())},
        bandes=tuple(Bande(b.code, b.libelle, b.minimum, b.ton, b.conseil) for b in bandes),
        termes=tuple(
            Terme(*valeurs)
            for valeurs in termes.values_list(
                "code", "libelle", "remplacement", "regle", "nature", "genre"
            )
        ),
    )


def seuil_de_lisibilite() -> int:
    """En dessous, un texte se lit difficilement : le bas de la dernière bande qui n’alarme pas."""
    calmes = BandeLisibilite.objects.actives().exclude(ton="danger")
    return calmes.order_by("minimum").values_list("minimum", flat=True).first() or 0


def _regle(ligne: RegleLangage) -> Regle:
    return Regle(
        code=ligne.code,
        libelle=ligne.libelle,
        gravite=ligne.gravite,
        seuil=ligne.seuil,
        conseil=ligne.conseil,
        mots=en_mots(ligne.mots),
        fins=en_fins(ligne.mots),
        exceptions=en_mots(ligne.exceptions),
    )


def lire_lexique() -> Lexique:
    lignes = Sigle.objects.actives().order_by("sigle", "ordre", "code")
    definitions = (
        Definition(*valeurs)
        for valeurs in lignes.values_list("sigle", "libelle", "contexte", "explication", "code")
    )
    capitales = RegleLangage.objects.actives().filter(code=REGLE_DES_CAPITALES)
    admis = ExceptionSigle.objects.actives().values_list("libelle", flat=True)
    return Lexique(
        sens=ranger(definitions),
        admis=frozenset(admis),
        cries=en_mots("\n".join(capitales.values_list("mots", flat=True))),
    )


def lire_decisions(bilan: Bilan) -> dict[str, Decision]:
    """Par sigle ; aucune pour un bilan qui n’est pas dans la base."""
    if bilan._state.adding:  # noqa: SLF001  (l’attribut public de Django : « _state »)
        return {}
    lignes = DecisionSigle.objects.filter(bilan=bilan)
    valeurs = lignes.values_list(
        "sigle", "choix", "terme", "explication", "raison", "par_nom", "version"
    )
    return {decision.sigle: decision for decision in (Decision(*v) for v in valeurs)}


def lire_mots() -> tuple[MotConnu, ...]:
    lignes = MotAConnaitre.objects.actives().order_by("ordre", "code")
    return tuple(
        MotConnu(terme, tuple(formes.splitlines()) or (terme,), definition, source)
        for terme, formes, definition, source in lignes.values_list(
            "libelle", "formes", "definition", "source"
        )
    )
