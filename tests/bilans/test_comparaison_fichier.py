"""La comparaison : les annonces, les schémas mêlés, le fichier, les phrases."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bilans.comparaison import comparer
from bilans.comparaison.fichier import ENTETE, en_csv
from bilans.comparaison.page import page_de
from bilans.etats_publics import EtatPublic
from bilans.instantane import relire
from tests.bilans import exemples
from tests.bilans.exemples_annees import action, bilan, volet
from tests.bilans.exemples_pleins import annonces, argent, plein

VIEUX = Path(__file__).parent / "donnees" / "instantane_schema_1.json"


# Les annonces, les schémas, le fichier


def test_ce_qui_etait_annonce_se_lit_avec_ce_que_c_est_devenu() -> None:
    lue = comparer([bilan(2024, ()), bilan(2025, (), annonces=annonces())])
    (suivies,) = lue.annonces
    assert (suivies.annoncees_en, suivies.dites_en) == (2024, 2025)
    assert [ligne.libelle for ligne in suivies.lignes] == [
        "C’est fait",
        "C’est fait en partie",
        "C’est reporté",
    ]


def test_le_dernier_bilan_dit_ce_qu_il_annonce_pour_la_suite() -> None:
    lue = comparer([plein()])
    assert (
        lue.a_venir[0] == "Février 2026\u00a0: Ouverture du quatrième lieu d’écoute, à Haute-Brume."
    )
    assert len(lue.a_venir) == 3


def test_un_bilan_du_schema_1_se_compare_a_un_bilan_du_schema_2() -> None:
    vieux = relire(json.loads(VIEUX.read_text()))
    identifie = replace(
        vieux, annee=2026,
        volets=tuple(
            replace(
                v,
                actions=tuple(replace(a, cle=f"a{a.titre}") for a in v.actions),
                indicateurs=tuple(replace(i, cle=f"i{i.titre}") for i in v.indicateurs),
            )
            for v in vieux.volets
        ),
        argent=argent(("Un", "Deux")),
    )  # fmt: skip
    lue = comparer([vieux, identifie])
    assert len(lue.actions) == len(vieux.actions)
    assert all(None not in a.etats for a in lue.actions)
    assert len(lue.indicateurs) == sum(len(v.indicateurs) for v in vieux.volets)
    assert lue.financements.montants[0] is None


def lignes_du_csv(octets: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))


def test_le_csv_dit_tout_ce_que_la_page_montre() -> None:
    lue = comparer([bilan(2024, exemples.instantane().volets), plein()])
    lignes = lignes_du_csv(en_csv(lue))
    assert tuple(lignes[0]) == ENTETE
    natures = Counter(ligne["nature"] for ligne in lignes)
    assert natures["action"] == sum(e is not None for a in lue.actions for e in a.etats)
    assert natures["indicateur"] == sum(v is not None for i in lue.indicateurs for v in i.valeurs)
    assert natures["annonce"] == 3
    totaux = [ligne["valeur"] for ligne in lignes if ligne["nature"] == "financement_total"]
    assert [Decimal(v.replace(",", ".")) for v in totaux] == [Decimal("153000.5")]


def test_une_cellule_du_csv_ne_devient_pas_une_formule() -> None:
    lue = comparer([bilan(2025, (volet((action("=1+1"),)),))])
    assert any(ligne["libelle"] == "'=1+1" for ligne in lignes_du_csv(en_csv(lue)))


def test_la_phrase_d_une_annee_compte_les_actions_terminees() -> None:
    trois = tuple(
        action(f"A{n}", e) for n, e in enumerate([EtatPublic.TERMINEE] * 2 + [EtatPublic.EN_COURS])
    )
    lue = comparer(
        [bilan(2023, ()), bilan(2024, (volet(trois[2:]),)), bilan(2025, (volet(trois),))]
    )
    assert page_de(lue).phrases == (
        "En 2023, le bilan ne montrait aucune action.",
        "En 2024, aucune action n’était terminée, sur\u00a01.",
        "En 2025, 2\u00a0actions sur\u00a03 étaient terminées.",
    )
