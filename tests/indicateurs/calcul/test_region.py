"""Les indicateurs d’une région : la base additionne, comme on le ferait contrat par contrat."""

import csv
import io
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from contrats.models import Contrat
from indicateurs.calcul.lecture import series_du_contrat
from indicateurs.models import Calcul, Indicateur, IndicateurModele, MesureDePilotage
from indicateurs.region.lecture import ADAPTE, FORMULE, INDISPONIBLE, SANS_NOMBRES, SECRET, region
from tests.appuis.proprietes import defait, troupe_gardee
from tests.factories import ActionFactory, ContratFactory, IndicateurFactory, MesureFactory

LE = date(2026, 3, 12)
REGION = "53"
SOMME, RATIO, MOYENNE = "A02", "A04", "A05"


@pytest.fixture
def contrats(contrat: Contrat) -> list[Contrat]:
    return [contrat, *(ContratFactory(signe=True, region_id=REGION) for _ in range(2))]


def suivre(contrat: Contrat, code: str, **champs: Any) -> Indicateur:
    modele = IndicateurModele.objects.get(pk=code)
    pris = {n: getattr(modele, n) for n in ("unite", "agregation", "libelle", "type", "niveau")}
    return IndicateurFactory(contrat=contrat, modele=modele, **pris | champs)


def lire(contrats: list[Contrat], code: str, annee: int | None = 2025) -> Any:
    modele = IndicateurModele.objects.get(pk=code)
    (suivi,) = region(contrats, [modele], le=LE, annee=annee)
    return suivi


PERIODES = [(1, 12), (1, 6), (7, 12), (1, 3), (4, 6), (7, 9), (10, 10), (10, 11), (9, 10)]
LIGNES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 1),
        st.sampled_from(PERIODES),
        st.sampled_from(["DEFINITIVE", "PROVISOIRE", "SECRET_STATISTIQUE", "NON_DISPONIBLE"]),
        st.integers(0, 60),
        st.one_of(st.none(), st.integers(1, 99)),
        st.booleans(),
    ),
    max_size=14,
    unique_by=lambda li: (li[0], li[1], li[2], li[6]),
)


@pytest.mark.parametrize("code", [SOMME, RATIO])
@troupe_gardee
@given(lignes=LIGNES)
def test_la_region_est_la_somme_de_ce_que_dit_chaque_contrat(
    contrats: list[Contrat], code: str, lignes: Any
) -> None:
    with defait():
        siens = [[suivre(c, code), suivre(c, code)] for c in contrats]
        commune = contrats[0].perimetres.order_by("commune_id")[0].commune_id
        for rang, deuxieme, (de, a), qualite, haut, bas, partie in lignes:
            connue = qualite in {"DEFINITIVE", "PROVISOIRE"}
            MesureFactory(
                indicateur=siens[rang][deuxieme],
                periode_debut=date(2025, de, 1),
                periode_fin=date(2025, a, monthrange(2025, a)[1]),
                qualite=qualite,
                valeur=Decimal(haut) if connue else None,
                numerateur=haut if connue and bas else None,
                denominateur=bas if connue else None,
                niveau_territoire="commune" if partie else "",
                code_territoire=commune if partie else "",
            )
        reuni = lire(contrats, code).annees.get(2025)
        releves = [
            (c.pk, serie.en(2025))
            for c, deux in zip(contrats, siens, strict=True)
            for serie in series_du_contrat(c, deux, le=LE).values()
            if serie.en(2025)
        ]
        connus = [(pk, r) for pk, r in releves if r.valeur is not None]
        if reuni is None:
            assert not releves
            return
        assert reuni.valeurs == len(connus)
        assert reuni.contrats == len({pk for pk, _ in connus})
        assert reuni.minimum == min((r.valeur for _, r in connus), default=None)
        assert reuni.maximum == max((r.valeur for _, r in connus), default=None)
        assert reuni.ecartes.get(SECRET, 0) == sum(r.est_secret for _, r in releves)
        if code == SOMME:
            attendue = sum((r.valeur for _, r in connus), Decimal(0)) if connus else None
            assert reuni.valeur == attendue
            return
        pleins = [r for _, r in connus if r.numerateur is not None and r.denominateur]
        bas_total = sum((r.denominateur for r in pleins), Decimal(0))
        if not bas_total:
            assert reuni.valeur is None
            return
        exacte = Fraction(sum((r.numerateur for r in pleins), Decimal(0))) / Fraction(bas_total)
        assert abs(Fraction(reuni.valeur) - exacte * 100) <= Fraction(1, 20_000)
        assert reuni.ecartes.get(SANS_NOMBRES, 0) == len(connus) - len(pleins)


def test_ce_qui_n_y_est_pas_est_compte_et_nomme(contrats: list[Contrat]) -> None:
    MesureFactory(indicateur=suivre(contrats[0], SOMME), valeur=10)
    MesureFactory(indicateur=suivre(contrats[0], SOMME), secrete=True)
    MesureFactory(indicateur=suivre(contrats[1], SOMME), valeur=None, qualite="NON_DISPONIBLE")
    MesureFactory(indicateur=suivre(contrats[1], SOMME, unite="%"), valeur=90)
    MesureFactory(indicateur=suivre(contrats[2], SOMME, unite="élèves"), valeur=5)
    suivre(contrats[2], SOMME, calcul=Calcul.FORMULE, formule="A * 2")  # « A » n’existe pas
    suivi = lire(contrats, SOMME)
    reuni = suivi.annees[2025]
    assert (reuni.valeur, reuni.contrats, suivi.suivi_par) == (15, 2, 3)
    assert reuni.ecartes == {SECRET: 1, INDISPONIBLE: 1}
    assert suivi.ecartes == {ADAPTE: 1, FORMULE: 1}


@pytest.mark.parametrize("code", ["C01", "C03", "C10", "P10", "P05"])
def test_ce_qui_ne_s_additionne_pas_n_a_que_ses_bornes(contrats: list[Contrat], code: str) -> None:
    for rang, un in enumerate(contrats):
        MesureFactory(indicateur=suivre(un, code), valeur=rang * 10, numerateur=1, denominateur=2)
    suivi = lire(contrats, code)
    reuni = suivi.annees[2025]
    assert (reuni.valeur, reuni.minimum, reuni.maximum) == (None, 0, 20)
    assert reuni.raison == suivi.raison != ""


def test_une_moyenne_se_pondere_par_ses_effectifs(contrats: list[Contrat]) -> None:
    for un, valeur, effectif in zip(contrats, (8, 4, 9), (10, 30, None), strict=True):
        MesureFactory(indicateur=suivre(un, MOYENNE), valeur=valeur, denominateur=effectif)
    reuni = lire(contrats, MOYENNE).annees[2025]
    assert (reuni.valeur, reuni.reunies, reuni.valeurs) == (5, 2, 3)


def test_les_actions_de_tous_les_contrats_font_la_part_de_la_region(
    contrats: list[Contrat],
) -> None:
    for rang, un in enumerate(contrats):
        suivre(un, "P02", calcul=Calcul.PILOTAGE, pilotage=MesureDePilotage.ACTIONS_REALISEES)
        ActionFactory(contrat=un, statut="REALISEE")
        ActionFactory.create_batch(rang, contrat=un)
    reuni = lire(contrats, "P02", 2026).annees[2026]
    assert (reuni.valeur, reuni.contrats) == (50, 3)


# Les pages


@pytest.fixture
def suivi(contrats: list[Contrat]) -> Indicateur:
    indicateur = suivre(contrats[0], SOMME, libelle="Personnes venues (essai)")
    MesureFactory(indicateur=indicateur, valeur=1234)
    return indicateur


def test_l_agence_lit_l_ensemble_puis_chaque_contrat(
    client_de: Any, agent_ars: Any, suivi: Indicateur
) -> None:
    client = client_de(agent_ars)
    page = client.get(reverse("indicateurs:region", args=[REGION])).content.decode()
    assert "1\u202f234" in page
    detail = reverse("indicateurs:region_indicateur", args=[REGION, SOMME])
    assert detail in page
    lue = client.get(detail).content.decode()
    assert suivi.contrat.nom in lue
    assert reverse("indicateurs:fiche", args=[suivi.pk]) in lue


def test_une_annee_sans_valeur_le_dit(client_de: Any, agent_ars: Any, suivi: Indicateur) -> None:
    adresse = reverse("indicateurs:region", args=[REGION])
    page = client_de(agent_ars).get(adresse, {"annee": 2022}).content.decode()
    assert "1\u202f234" not in page
    assert client_de(agent_ars).get(adresse, {"annee": "hier"}).status_code == 400


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods"])
def test_le_tableau_s_emporte(
    client_de: Any, agent_ars: Any, suivi: Indicateur, extension: str
) -> None:
    client = client_de(agent_ars)
    tout = client.get(reverse("indicateurs:region_exporter", args=[REGION, extension]))
    un = client.get(
        reverse("indicateurs:region_indicateur_exporter", args=[REGION, SOMME, extension])
    )
    assert (tout.status_code, un.status_code) == (200, 200)
    if extension == "csv":
        lignes = list(csv.reader(io.StringIO(tout.content.decode("utf-8-sig")), delimiter=";"))
        assert any("1234" in case for case in lignes[1])


@pytest.mark.parametrize("route", ["indicateurs:region", "indicateurs:region_indicateur"])
def test_une_coordinatrice_d_ailleurs_ne_pilote_pas_la_region(
    client_de: Any, voisine: Any, suivi: Indicateur, route: str
) -> None:
    arguments = [REGION] if route.endswith("region") else [REGION, SOMME]
    assert client_de(voisine).get(reverse(route, args=arguments)).status_code == 403


def test_un_indicateur_que_personne_ne_suit_le_dit_et_un_inconnu_n_a_pas_de_page(
    client_de: Any, agent_ars: Any, suivi: Indicateur
) -> None:
    client = client_de(agent_ars)
    lue = client.get(reverse("indicateurs:region_indicateur", args=[REGION, "A09"]))
    assert "ne suit cet indicateur" in lue.content.decode()
    inconnu = reverse("indicateurs:region_indicateur", args=[REGION, "INCONNU"])
    assert client.get(inconnu).status_code == 404


def test_le_nombre_de_requetes_ne_depend_pas_des_contrats(
    client_de: Any, agent_ars: Any, contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    client = client_de(agent_ars)
    commune = contrat.perimetres.order_by("commune_id")[0].commune_id

    def peupler(n: int) -> None:
        for _ in range(n):
            un = ContratFactory(signe=True, region_id=REGION, ars=contrat.ars)
            MesureFactory(indicateur=suivre(un, SOMME), valeur=3)
            MesureFactory(
                indicateur=suivre(un, RATIO),
                niveau_territoire="commune",
                code_territoire=commune,
            )
            suivre(un, "P02", calcul=Calcul.PILOTAGE, pilotage=MesureDePilotage.ACTIONS_REALISEES)

    page = reverse("indicateurs:region", args=[REGION])
    detail = reverse("indicateurs:region_indicateur", args=[REGION, SOMME])
    exiger_requetes_plates(peupler=peupler, lire=lambda: (client.get(page), client.get(detail)))
