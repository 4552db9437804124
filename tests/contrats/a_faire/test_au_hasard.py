"""Chaque ligne, chaque motif, chaque compte de puce, comparés à un calcul écrit autrement."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from contrats.a_faire.liste import liste_a_faire
from contrats.a_faire.situations import Motif
from contrats.filtres_a_faire import AFaireFilterSet
from contrats.presentation.a_faire import puces
from tests.appuis.horloge import AUJOURDHUI
from tests.appuis.proprietes import defait, troupe_gardee
from tests.contrats.a_faire import calcul, monde
from tests.factories import AffectationArsFactory, UtilisateurFactory

pytestmark = pytest.mark.django_db

SOIXANTE = settings(troupe_gardee, max_examples=60)


@pytest.fixture
def agent(db):
    personne = UtilisateurFactory(prenom="Armel", nom="Agence")
    AffectationArsFactory(utilisateur=personne, region="53")
    return personne


def tirer(donnees) -> list[calcul.Territoire]:
    codes = [code for membres in monde.populations().values() for code in membres]
    return donnees.draw(st.lists(monde.territoires(codes, AUJOURDHUI), max_size=6))


@SOIXANTE
@given(donnees=st.data())
def test_chaque_ligne_est_celle_du_calcul(agent, donnees):
    with defait():
        tires = tirer(donnees)
        contrats = monde.ecrire(tires, agent, AUJOURDHUI)
        lignes = {ligne.cle: ligne for ligne in liste_a_faire(agent, AUJOURDHUI)}
        attendus = {str(c.pk): t for c, t in zip(contrats, tires, strict=True)}
        blancs = calcul.blancs(tires, monde.populations(), AUJOURDHUI)
        assert set(lignes) == {*attendus, *(f"53-{siren}" for siren in blancs)}
        for cle, t in attendus.items():
            assert lignes[cle].motifs == calcul.motifs(t, AUJOURDHUI)
            assert (lignes[cle].etape.code if lignes[cle].etape else None) == calcul.etape(
                t, AUJOURDHUI
            )
        for siren, population in blancs.items():
            assert lignes[f"53-{siren}"].population == population


@SOIXANTE
@given(donnees=st.data())
def test_chaque_puce_compte_ce_qu_elle_montre(agent, donnees):
    """Le compte, la liste filtrée par son lien et le calcul par ensembles sont le même nombre."""
    with defait():
        tires = tirer(donnees)
        monde.ecrire(tires, agent, AUJOURDHUI)
        liste = liste_a_faire(agent, AUJOURDHUI)
        filtre = AFaireFilterSet(QueryDict(), queryset=liste, le=AUJOURDHUI, par=agent)
        comptes = {p.adresse: int(p.compte) for p in puces(filtre, QueryDict(), liste)}
        for motif in Motif:
            adresse = f"{reverse('contrats:a_faire')}?motif={motif.value}"
            attendu = sum(motif.value in calcul.motifs(t, AUJOURDHUI) for t in tires)
            blancs = calcul.blancs(tires, monde.populations(), AUJOURDHUI)
            attendu += len(blancs) * (motif in {Motif.SANS_CONTRAT, Motif.SANS_REFERENT})
            demande = QueryDict(f"motif={motif.value}")
            montrees = AFaireFilterSet(demande, queryset=liste, le=AUJOURDHUI, par=agent).qs
            assert (comptes.get(adresse, 0), len(montrees)) == (attendu, attendu)
