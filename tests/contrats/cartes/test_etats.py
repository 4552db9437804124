"""Les territoires d’une carte : leur état et leurs nombres, comparés à un calcul par ensembles."""

from collections import Counter, defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acteurs.mailles import METROPOLE_DU_GRAND_PARIS
from acteurs.models import Commune, Epci
from contrats.cartes.etats import Grain, TerritoireDeCarte, territoires_de_carte
from contrats.couverture_detail import etats_des_communes, etats_des_epci
from contrats.couverture_etats import EtatCouverture, dans_douze_mois
from tests.appuis.proprietes import defait, sans_chrono
from tests.contrats.couverture import calcul, cas
from tests.factories import ContratFactory, PerimetreFactory
from tests.factories.territoires import EptFactory

pytestmark = pytest.mark.django_db

CINQUANTE = settings(sans_chrono, max_examples=50)
SIGNES = {"SIGNE", "FINIT_BIENTOT", "PLUSIEURS"}
LE = date(2025, 6, 1)


def decouper() -> dict[str, str]:
    """Trois communes vont à un établissement territorial, deux au Grand Paris seul ; rend la maille
    attendue de chaque commune."""
    ept = EptFactory()
    Epci.objects.create(
        siren=METROPOLE_DU_GRAND_PARIS, nom="Grand Paris d’essai", nom_court="GP", nature="METRO"
    )
    grand_paris = {"epci_id": METROPOLE_DU_GRAND_PARIS}
    Commune.objects.filter(pk__in=["29020", "29048", "29051"]).update(ept=ept, **grand_paris)
    Commune.objects.filter(pk__in=["29066", "29106"]).update(**grand_paris)
    attendues = {}
    for code, epci, de_l_ept in Commune.objects.values_list("pk", "epci_id", "ept_id"):
        seule = epci is None or (epci == METROPOLE_DU_GRAND_PARIS and de_l_ept is None)
        attendues[code] = code if seule else de_l_ept or epci
    return attendues


def dominant(membres: list[calcul.Commune], etats: dict[str, str]) -> str:
    habitants: Counter[str] = Counter()
    communes: Counter[str] = Counter()
    for commune in membres:
        habitants[etats[commune.code]] += commune.population or 0
        communes[etats[commune.code]] += 1
    return min(communes, key=lambda etat: (-habitants[etat], -communes[etat], etat))


def verifier(
    lus: list[TerritoireDeCarte],
    communes: list[calcul.Commune],
    mailles: dict[str, str],
    histoires: list[calcul.Histoire],
    jour: date,
) -> None:
    etats = {
        c.code: calcul.etat_de(c.code, histoires, jour, dans_douze_mois(jour)) for c in communes
    }
    engagees = set().union(*calcul.comptes(histoires, jour, avec_projets=True))
    groupes: dict[str, list[calcul.Commune]] = defaultdict(list)
    for commune in communes:
        groupes[mailles[commune.code]].append(commune)
    assert {t.code for t in lus} == set(groupes)
    for t in lus:
        membres = groupes[t.code]
        assert t.etat == dominant(membres, etats)
        assert sorted(t.codes) == sorted(c.code for c in membres)
        assert t.population == sum(c.population or 0 for c in membres)
        assert t.population_signee == sum(
            c.population or 0 for c in membres if etats[c.code] in SIGNES
        )
        assert t.population_engagee == sum(c.population or 0 for c in membres if c.code in engagees)
        assert t.communes_signees == sum(etats[c.code] in SIGNES for c in membres)
        doubles = sum(etats[c.code] == EtatCouverture.PLUSIEURS for c in membres)
        assert t.communes_doubles == doubles
        codes = {c.code for c in membres}
        assert len(t.contrats) == sum(
            bool(codes & h.communes_le(jour))
            for h in histoires
            if h.est_signe(jour) or h.est_en_projet(jour)
        )


@CINQUANTE
@given(donnees=st.data())
def test_chaque_maille_a_l_etat_et_les_nombres_de_ses_communes(donnees):
    with defait():
        mailles = decouper()
        communes = cas.communes_reelles()
        histoires = donnees.draw(st.lists(cas.histoires(communes), max_size=6))
        cas.ecrire(histoires)
        jour = donnees.draw(cas.JOURS)
        region = [c for c in communes if c.region == "53"]
        lus = territoires_de_carte(jour, Grain.MAILLE, region="53")
        verifier(lus, region, mailles, histoires, jour)


@CINQUANTE
@given(donnees=st.data())
def test_chaque_commune_a_son_etat(donnees):
    with defait():
        communes = cas.communes_reelles()
        histoires = donnees.draw(st.lists(cas.histoires(communes), max_size=6))
        cas.ecrire(histoires)
        jour = donnees.draw(cas.JOURS)
        dedans = [c for c in communes if c.departement == "29"]
        lus = territoires_de_carte(jour, Grain.COMMUNE, departement="29")
        verifier(lus, dedans, {c.code: c.code for c in dedans}, histoires, jour)
        assert {t.code: t.etat for t in lus} == {
            code: etat.etat for code, etat in etats_des_communes(jour, departement="29").items()
        }


def test_une_intercommunalite_a_l_etat_que_dit_le_reste_du_produit(contrat):
    ContratFactory(signe=True, epci="243500659")
    PerimetreFactory(contrat=ContratFactory(signe=True))
    detail = etats_des_epci(LE, region="53")
    lus = {t.code: t for t in territoires_de_carte(LE, Grain.MAILLE, region="53")}
    for siren, etat in detail.items():
        territoire = lus[siren]
        assert (territoire.etat, territoire.nom) == (etat.etat, etat.nom)
        assert territoire.population_signee == etat.population_signee
        assert territoire.fin == etat.fin


def test_les_contrats_signes_viennent_avant_les_projets():
    projet = ContratFactory(nom="A projet", en_projet=True)
    projet.passages.create(vers="DIAGNOSTIC", date_effet=date(2024, 1, 1))
    PerimetreFactory(contrat=projet)
    PerimetreFactory(contrat=ContratFactory(nom="Z signé", signe=True))
    (quimper,) = territoires_de_carte(LE, Grain.COMMUNE, communes=["29232"])
    assert quimper.contrats == (("Z signé", True), ("A projet", False))
    assert quimper.contrats_comptes("signe") == ("Z signé",)
    assert quimper.contrats_comptes("signe_ou_projet") == ("Z signé", "A projet")


def test_deux_contrats_du_meme_nom_comptent_pour_deux():
    for _ in range(2):
        PerimetreFactory(contrat=ContratFactory(nom="Contrat homonyme", signe=True))
    (quimper,) = territoires_de_carte(LE, Grain.COMMUNE, communes=["29232"])
    assert quimper.etat == EtatCouverture.PLUSIEURS
    assert len(quimper.contrats) == 2


def test_un_contrat_sans_commune_n_a_pas_de_territoire():
    assert territoires_de_carte(LE, Grain.COMMUNE, communes=[]) == []


def test_un_territoire_signe_en_partie_le_dit():
    PerimetreFactory(contrat=ContratFactory(signe=True))
    lus = {t.code: t for t in territoires_de_carte(LE, Grain.MAILLE, region="53")}
    quimper = lus["200068120"]
    assert quimper.est_partiel
    assert quimper.etat == EtatCouverture.SIGNE  # Quimper a plus d’habitants que les treize autres
    assert (quimper.communes, quimper.communes_signees) == (14, 1)
    assert not lus["243500659"].est_partiel


@pytest.mark.parametrize("grain", list(Grain))
def test_une_carte_se_lit_en_une_requete(grain, contrat, django_assert_num_queries):
    with django_assert_num_queries(1):
        territoires_de_carte(LE, grain, region="53")
