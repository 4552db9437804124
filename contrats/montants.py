"""Un montant écrit par une personne : « 12 500,50 € », « 1,5 k€ », « 0,5 ETP ».

Ce qui peut se lire de deux façons est refusé, avec les deux lectures ; rien n’est deviné.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from cls_platform.socle import typographie
from contrats.models.vocabulaire_argent import UniteBudget

EXEMPLE = "Écrivez un montant comme 12\u202f500,50."
MAXIMUM = Decimal("9999999999.99")
TROP_GRAND = "Ce montant dépasse dix milliards. Vérifiez le nombre de zéros."
_ESPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_SUFFIXE = re.compile(r"^(?P<nombre>.*?) ?(?P<facteur>[kKM])? ?(?P<unite>(?i:€|euros?|eur|etp))?$")
_FACTEURS = {"": Decimal(1), "k": Decimal(1000), "K": Decimal(1000), "M": Decimal(1_000_000)}
_ENTIER = r"[0-9]+|[0-9]{1,3}(?: [0-9]{3})+"
_SIMPLE = re.compile(rf"^(?P<entier>{_ENTIER})(?:(?P<signe>[.,])(?P<reste>[0-9]+))?$")
# Un seul séparateur est répété, ou les deux se suivent : milliers puis décimales
_MILLIERS_REPETES = re.compile(r"^[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+$")
_DEUX_SIGNES = re.compile(r"^[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?!\1)[.,][0-9]{1,2}$")


class MontantRefuse(ValueError):
    """La phrase dit ce qui ne va pas, puis quoi écrire."""


@dataclass(frozen=True, slots=True)
class Montant:
    """`unite` est vide quand la personne ne l’a pas écrite."""

    valeur: Decimal
    unite: str = ""


def lire_montant(saisie: str) -> Montant:
    """Lève MontantRefuse."""
    texte = _ESPACES.sub(" ", saisie).strip()
    if texte.startswith(("-", "\u2212")):
        raise MontantRefuse(f"Un montant ne peut pas être négatif. {EXEMPLE}")
    trouve = _SUFFIXE.match(texte)
    nombre = trouve["nombre"].strip() if trouve else ""
    if not trouve or not nombre:
        raise MontantRefuse(f"Ce montant n’est pas lisible. {EXEMPLE}")
    facteur = _FACTEURS[trouve["facteur"] or ""]
    return Montant(_borne(_nombre(nombre) * facteur), _unite(trouve["unite"]))


def ecrire_montant(valeur: Decimal | None) -> str:
    """Comme on l’écrit dans un champ : « 12 500,50 » ; deux décimales ou aucune."""
    if valeur is None:
        return ""
    return typographie.nombre(valeur, 0 if valeur == valeur.to_integral_value() else 2)


def en_unite(valeur: Decimal | None, unite: str) -> str:
    """« 12 500 € » ou « 0,5 ETP »."""
    if valeur is None:
        return ""
    if unite == UniteBudget.ETP:
        return f"{typographie.nombre(valeur)}{typographie.INSECABLE}ETP"
    return typographie.euros(valeur)


def _unite(ecrite: str | None) -> str:
    if not ecrite:
        return ""
    return UniteBudget.ETP if ecrite.lower() == "etp" else UniteBudget.EUROS


def _nombre(ecrit: str) -> Decimal:
    if simple := _SIMPLE.match(ecrit):
        return _decimal(ecrit, simple)
    if _MILLIERS_REPETES.match(ecrit):
        return Decimal(re.sub(r"[.,]", "", ecrit))
    if _DEUX_SIGNES.match(ecrit):
        entier, decimales = re.split(r"[.,](?=[0-9]{1,2}$)", ecrit)
        return Decimal(f"{re.sub(r'[.,]', '', entier)}.{decimales}")
    raise MontantRefuse(f"Ce montant n’est pas lisible. {EXEMPLE}")


def _decimal(ecrit: str, simple: re.Match[str]) -> Decimal:
    entier, reste = simple["entier"].replace(" ", ""), simple["reste"] or ""
    if len(reste) == 3 and len(entier) <= 3 and entier != "0":
        milliers = typographie.nombre(Decimal(f"{entier}{reste}"))
        raise MontantRefuse(
            f"« {ecrit} » se lit de deux façons. Écrivez {milliers} pour des milliers, ou "
            f"{entier},{reste[:2]} pour des centimes."
        )
    if len(reste) > 2:
        raise MontantRefuse(f"Un montant a deux chiffres au plus après la virgule. {EXEMPLE}")
    return Decimal(f"{entier}.{reste or '0'}")


def _borne(valeur: Decimal) -> Decimal:
    if valeur > MAXIMUM:
        raise MontantRefuse(TROP_GRAND)
    return valeur.quantize(Decimal("0.01"))
