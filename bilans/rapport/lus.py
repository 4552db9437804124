"""Tout ce qu’un lecteur du bilan lira : pour y trouver les sigles et les mots à expliquer."""

from collections.abc import Iterator

from bilans.instantane import Instantane, Mot
from bilans.langage import Sigles
from bilans.lieux import lieux
from bilans.models import SECTIONS_DES_ELUS
from bilans.mots import MotConnu, mots_du_bilan


def textes_lus(instantane: Instantane) -> Iterator[str]:
    """Dans l’ordre d’origine, un texte par lieu du bilan."""
    return (lieu.tout for lieu in lieux(instantane))


def mots_expliques(
    instantane: Instantane, sigles: Sigles, connus: tuple[MotConnu, ...], fixes: str
) -> tuple[tuple[Mot, ...], tuple[Mot, ...]]:
    """Les mots du bilan public, puis ceux que seuls les textes des élus emploient.

    `sigles` : ceux de `textes_lus`, dans le même ordre. `fixes` : ce que tout bilan écrit.
    """
    tous = lieux(instantane)
    aux_elus = {rang for rang, lieu in enumerate(tous) if lieu.code in SECTIONS_DES_ELUS}
    de_tous = [lieu.tout for rang, lieu in enumerate(tous) if rang not in aux_elus]
    publics = Sigles(tuple(lu for lu in sigles.lus if set(lu.textes) - aux_elus))
    mots = mots_du_bilan([*de_tous, fixes], publics, connus)
    en_plus = Sigles(tuple(lu for lu in sigles.lus if aux_elus & set(lu.textes)))
    deja = {mot.terme for mot in mots}
    des_elus = mots_du_bilan([tous[rang].tout for rang in sorted(aux_elus)], en_plus, connus)
    return mots, tuple(mot for mot in des_elus if mot.terme not in deja)
