"""Le territoire à côté des autres : jamais une moyenne, jamais deux années soustraites."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from acteurs.models import Commune, DonneeContexte, EditionDonnees
from contrats.models import Contrat
from indicateurs.comparaison import (
    DEFAVORABLE,
    FAVORABLE,
    comparaison_de,
    comparaisons_du_contrat,
)
from indicateurs.models import Indicateur
from indicateurs.presentation_trajectoires import comparee_de
from indicateurs.series import Releve, Serie
from tests.factories import EditionDonneesFactory, IndicateurFactory, MesureFactory

ANNEE = 2022
RATIO, PUBLIE = "C04", "C10"  # une baisse, puis une hausse, favorables


def edition(niveau: str, rapports: dict[str, tuple[int, int]], **champs: Any) -> EditionDonnees:
    lue = EditionDonneesFactory(**{"indicateur_id": RATIO, "annee": ANNEE} | champs, niveau=niveau)
    DonneeContexte.objects.bulk_create(
        DonneeContexte(edition=lue, code_territoire=code, numerateur=n, denominateur=d)
        for code, (n, d) in rapports.items()
    )
    return lue


@pytest.fixture
def chomage(contrat: Contrat) -> Indicateur:
    return IndicateurFactory(contrat=contrat, modele_id=RATIO, unite="%", type="CONTEXTE")


def communes(contrat: Contrat) -> list[str]:
    return list(contrat.perimetres.order_by("commune").values_list("commune_id", flat=True))


def test_le_territoire_est_la_somme_des_rapports_de_ses_communes_pas_leur_moyenne(
    contrat: Contrat, chomage: Indicateur
) -> None:
    rapports = {code: (rang, 10 + 7 * rang) for rang, code in enumerate(communes(contrat), 1)}
    edition("commune", rapports)
    edition("departement", {"29": (12, 100)})
    lue = comparaison_de(chomage)
    assert lue is not None
    haut, bas = (sum(r[i] for r in rapports.values()) for i in (0, 1))
    assert lue.ici.lue.valeur == Decimal(haut) * 100 / Decimal(bas)
    assert [li.lieu.nom for li in lue.lignes] == [contrat.nom, "Finistère", "Bretagne", "France"]


def test_un_ecart_dit_s_il_est_favorable_dans_le_sens_de_l_indicateur(
    contrat: Contrat, chomage: Indicateur
) -> None:
    edition("commune", dict.fromkeys(communes(contrat), (1, 10)))
    edition("departement", {"29": (12, 100)})
    edition("region", {"53": (8, 100)})
    lue = comparaison_de(chomage)
    assert lue is not None
    _, departement, region, france = lue.lignes
    assert (departement.ecart, departement.avis) == ("−2,0\u00a0points", FAVORABLE)
    assert (region.ecart, region.avis) == ("+2,0\u00a0points", DEFAVORABLE)
    assert france.ecrite == ""
    assert france.raison.startswith("Non disponible")


def test_deux_annees_differentes_ne_se_soustraient_pas(
    contrat: Contrat, chomage: Indicateur
) -> None:
    edition("commune", dict.fromkeys(communes(contrat), (1, 10)))
    edition("departement", {"29": (12, 100)}, annee=2021)
    lue = comparaison_de(chomage)
    assert lue is not None
    assert lue.lignes[1].ecrite
    assert lue.lignes[1].ecart == ""
    assert "en 2022" in lue.phrase
    assert "en 2021" in lue.phrase


def test_ce_qui_ne_s_additionne_pas_ne_se_reunit_pas(contrat: Contrat) -> None:
    EditionDonneesFactory(
        indicateur_id=PUBLIE, annee=ANNEE, valeurs=dict.fromkeys(communes(contrat)[:-1], 3)
    )
    lue = next(c for c in comparaisons_du_contrat(contrat) if c.indicateur.pk == PUBLIE)
    assert lue.ici.ecrite == ""
    assert "ne s’additionne pas" in lue.ici.raison


def test_une_intercommunalite_entiere_se_lit_au_niveau_publie_pour_elle(contrat: Contrat) -> None:
    siren = Commune.objects.get(pk=communes(contrat)[0]).epci_id
    EditionDonneesFactory(
        indicateur_id=PUBLIE, annee=ANNEE, niveau="epci", valeurs={str(siren): Decimal("2.7")}
    )
    lue = next(c for c in comparaisons_du_contrat(contrat) if c.indicateur.pk == PUBLIE)
    assert lue.ici.lue.valeur == Decimal("2.7")


def test_sans_donnee_ici_la_derniere_valeur_saisie_se_compare(
    contrat: Contrat, chomage: Indicateur
) -> None:
    MesureFactory(indicateur=chomage, annee=ANNEE, valeur=Decimal("9.5"))
    edition("departement", {"29": (12, 100)})
    lue = comparaison_de(chomage)
    assert lue is not None
    assert (lue.ici.ecrite, lue.ici.mention) == ("9,5\u202f%", "saisie par le contrat")
    assert lue.lignes[1].avis == FAVORABLE


def test_une_valeur_saisie_dans_une_autre_unite_ne_se_compare_pas(contrat: Contrat) -> None:
    autre = IndicateurFactory(contrat=contrat, modele_id=RATIO, unite="personnes")
    MesureFactory(indicateur=autre, annee=ANNEE)
    lue = comparaison_de(autre)
    assert lue is not None
    assert not lue.ici.ecrite


def test_un_indicateur_hors_du_catalogue_n_a_pas_de_comparaison(indicateur: Indicateur) -> None:
    assert comparaison_de(indicateur) is None


def test_un_effectif_n_a_ni_barre_ni_ecart(contrat: Contrat) -> None:
    for niveau, codes in (("commune", communes(contrat)), ("departement", ["29"])):
        EditionDonneesFactory(
            indicateur_id="C01", annee=ANNEE, niveau=niveau, valeurs=dict.fromkeys(codes, 900)
        )
    lue = next(c for c in comparaisons_du_contrat(contrat) if c.indicateur.pk == "C01")
    assert {(li.part, li.ecart) for li in lue.connues} == {(0.0, "")}


def test_le_nombre_de_requetes_ne_depend_pas_de_celui_des_indicateurs(
    contrat: Contrat, nombre_requetes: Callable[..., int]
) -> None:
    un = nombre_requetes(lambda: comparaisons_du_contrat(contrat))
    for code in ("C02", "C04", "C05", "C06", "C10"):
        EditionDonneesFactory(
            indicateur_id=code, annee=ANNEE, valeurs=dict.fromkeys(communes(contrat), 3)
        )
    assert nombre_requetes(lambda: comparaisons_du_contrat(contrat)) == un


def test_la_courbe_porte_chaque_annee_publiee_de_la_region_depuis_la_premiere_de_la_serie(
    contrat: Contrat, chomage: Indicateur, django_assert_num_queries: Any
) -> None:
    for annee, haut in ((2019, 5), (2021, 7), (2022, 8)):
        edition("region", {"53": (haut, 100)}, annee=annee)
    serie = Serie(
        libelle="Chômage", unite="%", decimales=1, sens="BAISSE", agregation="RATIO", source="",
        numerateur="", denominateur="", reference=None, cible=None,
        releves=tuple(Releve(annee=a, valeur=Decimal(9), qualite="DEFINITIVE") for a in (2020, 2022)),
    )  # fmt: skip
    comparaison = comparaison_de(chomage)
    with django_assert_num_queries(1):
        comparee = comparee_de(comparaison, serie)
    assert comparee is not None
    assert comparee.valeurs == {2021: Decimal(7), 2022: Decimal(8)}
