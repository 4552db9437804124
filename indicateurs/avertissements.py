"""Ce qui mérite un second regard sans empêcher d’enregistrer. Aucun accès à la base."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicateurs.calcul.facteur import facteur
from indicateurs.saisie import ecrire_nombre

SAUT = 10
# Sans numérateur ni dénominateur, un taux ne se regroupe avec aucun autre : on ne moyenne jamais
UN_SEUL_NOMBRE = "Un taux seul ne se regroupe pas."
EXEMPLE = "5\u202f184 / 41\u202f806"
# Une évolution ou un remplissage peuvent dépasser 100 % ; une part, un taux, non
AU_DELA_DE_CENT = re.compile(
    r"évolution|variation|croissance|progression|hausse|occupation|réalisation|exécution|rapport",
    re.IGNORECASE,
)
# « note /10 », « sur 20 » : le plus grand nombre que l’échelle permet
ECHELLE = re.compile(r"(?:/|\bsur)\s?(\d{1,3})$")


@dataclass(frozen=True, slots=True)
class Regle:
    """`tout` : ce qu’une part ne dépasse pas (100, 1 000…), 1 si ce n’en est pas une.

    `rapport` : ce que comptent les deux nombres d’un rapport ; vide si ce n’en est pas un.
    `echelle` : la plus haute note possible ; 0 si ce n’en est pas une.
    """

    tout: int = 1
    echelle: int = 0
    debut: int | None = None
    fin: int | None = None
    rapport: str = ""

    @property
    def est_une_part(self) -> bool:
        return self.tout > 1


def regle_de(indicateur: Any, contrat: Any) -> Regle:
    multiple = facteur(indicateur.unite)
    depasse = multiple > 1 and AU_DELA_DE_CENT.search(indicateur.libelle)
    echelle = ECHELLE.search(indicateur.unite)
    return Regle(
        tout=1 if depasse else multiple,
        echelle=int(echelle[1]) if echelle else 0,
        debut=contrat.date_debut.year if contrat.date_debut else None,
        fin=contrat.date_fin.year if contrat.date_fin else None,
        rapport=_rapport_de(indicateur) if indicateur.est_ratio else "",
    )


def _rapport_de(indicateur: Any) -> str:
    haut, bas = indicateur.numerateur, indicateur.denominateur
    return f"«\u00a0{haut} / {bas}\u00a0»" if haut and bas else "numérateur / dénominateur"


def avertir(
    regle: Regle, lue: Any, annee: int, precedente: Decimal | None = None, reference: int = 0
) -> list[str]:
    """Une phrase par chose à vérifier ; l’année de départ est admise avant le contrat."""
    phrases = [*_du_rapport(regle, lue), *_de_l_annee(regle, annee, reference)]
    if lue.valeur is None:
        return phrases
    remarques = (_de_l_echelle(regle, lue.valeur), _saut(lue.valeur, precedente))
    return [*phrases, *filter(None, remarques)]


def _du_rapport(regle: Regle, lue: Any) -> Iterable[str]:
    haut, bas = lue.numerateur, lue.denominateur
    if regle.rapport and lue.valeur is not None and (haut is None or bas is None):
        yield f"{UN_SEUL_NOMBRE} Comptez comme {regle.rapport}\u00a0: {EXEMPLE}."
    if regle.est_une_part and haut is not None and bas is not None and haut > bas:
        yield (
            f"Le premier nombre ({ecrire_nombre(haut)}) dépasse le second ({ecrire_nombre(bas)})."
        )
    elif regle.est_une_part and lue.valeur is not None and lue.valeur > regle.tout:
        yield f"Une part ne dépasse pas {ecrire_nombre(Decimal(regle.tout))}."
    if regle.est_une_part and lue.valeur is not None and lue.valeur < 0:
        yield "Une part n’est pas négative."


def _de_l_annee(regle: Regle, annee: int, reference: int) -> Iterable[str]:
    """L’année d’avant le contrat est celle de départ : elle se saisit sans remarque."""
    if annee == reference:
        return
    if regle.debut and annee < regle.debut - 1:
        yield f"{annee} est avant le contrat, qui commence en {regle.debut}."
    if regle.fin and annee > regle.fin:
        yield f"{annee} est après le contrat, qui finit en {regle.fin}."


def _de_l_echelle(regle: Regle, valeur: Decimal) -> str:
    if not regle.echelle or 0 <= valeur <= regle.echelle:
        return ""
    return f"Une note sur {regle.echelle} va de 0 à {regle.echelle}."


def _saut(valeur: Decimal, precedente: Decimal | None) -> str:
    """Dix fois plus ou dix fois moins que la dernière valeur connue : une virgule oubliée ?"""
    if not precedente or not valeur or (valeur > 0) != (precedente > 0):
        return ""
    if abs(precedente) * SAUT > abs(valeur) and abs(valeur) * SAUT > abs(precedente):
        return ""
    if max(abs(valeur), abs(precedente)) < SAUT * 2:
        return ""
    sens = "plus" if abs(valeur) > abs(precedente) else "moins"
    return f"Dix fois {sens} que la valeur précédente ({ecrire_nombre(precedente)}), ou davantage."


def ecart_des_parts(total: Decimal | None, parts: Iterable[Decimal | None]) -> str:
    """Ce qui ne va pas entre un total et ses parts ; vide si tout va, ou s’il en manque une."""
    liste = list(parts)
    if total is None or not liste:
        return ""
    connues = [part for part in liste if part is not None]
    somme = sum(connues, Decimal(0))
    if somme > total or (len(connues) == len(liste) and somme != total):
        return f"Les parts font {ecrire_nombre(somme)}, le total {ecrire_nombre(total)}."
    return ""
