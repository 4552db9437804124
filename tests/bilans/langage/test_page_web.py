"""La page d’un bilan publié développe chaque sigle là où on le rencontre d’abord, une seule fois."""

from dataclasses import replace

from bilans.instantane import Mot, Texte
from bilans.page_web.sigles import sigles_expliques
from tests.bilans.exemples import instantane


def test_un_sigle_est_developpe_une_fois_dans_l_ordre_des_parties() -> None:
    page = instantane()
    textes = replace(
        page.textes,
        edito=Texte(texte="Avec la **MJC** et [la MJC](https://MJC.fr/MJC).", signature="X"),
        perspectives=Texte(texte="La MJC suit.", signature=""),
    )
    mot = Mot(terme="Maison des jeunes", sigle="MJC", definition="")
    page = replace(page, textes=textes, mots=(mot,), sections=("PERSPECTIVES", "EDITO"))
    lue = sigles_expliques(page)
    assert lue.textes.perspectives is not None
    assert lue.textes.perspectives.texte == "La MJC (maison des jeunes) suit."
    assert lue.textes.edito == textes.edito
    autre = sigles_expliques(replace(page, sections=("EDITO", "PERSPECTIVES")))
    assert autre.textes.edito is not None
    assert autre.textes.edito.texte.startswith("Avec la **MJC (maison des jeunes)** et [la MJC](")
