"""La démonstration montre de quoi essayer le langage clair."""

from bilans.langage import relever, relire
from cls_platform.demo.chargement.lecture import lire_langage
from tests.bilans.langage.livres import LEXIQUE, REGLEMENT


def test_le_brouillon_a_un_sigle_ambigu_un_inconnu_et_une_phrase_longue() -> None:
    (donnees,) = lire_langage()
    sigles = relever([donnees["texte"]], LEXIQUE)
    assert sigles.ambigus == ("APA",)
    tranches = {decision["sigle"] for decision in donnees["decisions"]}
    assert set(sigles.inconnus) - tranches == {"AMAB"}
    trouvees = {a.regle for a in relire(donnees["texte"], REGLEMENT, LEXIQUE, annee=2025).alertes}
    assert {"phrase_tres_longue", "date_relative", "jargon"} <= trouvees
