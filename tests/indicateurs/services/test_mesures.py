"""Une valeur se saisit une fois par période, par qui en a le droit, et ne s’écrase jamais sans le voir."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from indicateurs.models import Indicateur, Mesure, Qualite
from indicateurs.services.mesures import (
    _rapport,
    effacer_mesure,
    peut_saisir,
    saisir_annee,
    saisir_mesure,
)
from tests.factories import ActionFactory, IndicateurFactory, MesureFactory


def saisir(
    indicateur: Indicateur, par, version: int | None = None, annee=2025, **valeurs
) -> Mesure:
    valeurs = valeurs or {"valeur": Decimal(212)}
    return saisir_annee(
        indicateur=indicateur, annee=annee, valeurs=valeurs, version=version, par=par
    )


def test_une_case_vide_se_remplit(indicateur, coordinatrice):
    mesure = saisir(indicateur, coordinatrice)
    assert (mesure.valeur, mesure.version, mesure.modifie_par) == (212, 1, coordinatrice)
    mesure.refresh_from_db()
    assert mesure.annee == 2025


def test_une_case_remplie_entre_temps_n_est_pas_ecrasee(indicateur, coordinatrice, pilote):
    saisir(indicateur, pilote, valeur=Decimal(200))
    for version in (None, 0):
        with pytest.raises(ConflitVersion) as conflit:
            saisir(indicateur, coordinatrice, version=version, valeur=Decimal(300))
        assert conflit.value.actuel.valeur == 200
    assert indicateur.mesures.get().valeur == 200


def test_une_valeur_changee_entre_temps_n_est_pas_ecrasee(indicateur, coordinatrice, pilote):
    saisir(indicateur, coordinatrice)
    saisir(indicateur, pilote, version=1, valeur=Decimal(230))
    with pytest.raises(ConflitVersion):
        saisir(indicateur, coordinatrice, version=1, valeur=Decimal(240))
    assert indicateur.mesures.get().valeur == 230


def test_une_valeur_effacee_entre_temps_est_dite(indicateur, coordinatrice):
    mesure = saisir(indicateur, coordinatrice)
    effacer_mesure(mesure=mesure, version=1, par=coordinatrice)
    with pytest.raises(DonneesRefusees, match="effacée entre-temps"):
        saisir(indicateur, coordinatrice, version=1)


def test_effacer_une_valeur_changee_entre_temps_est_refuse(indicateur, coordinatrice):
    mesure = saisir(indicateur, coordinatrice)
    saisir(indicateur, coordinatrice, version=1, valeur=Decimal(230))
    with pytest.raises(ConflitVersion):
        effacer_mesure(mesure=mesure, version=1, par=coordinatrice)


@pytest.mark.parametrize("qualite", [Qualite.SECRET_STATISTIQUE, Qualite.NON_DISPONIBLE])
def test_une_valeur_secrete_ou_indisponible_n_est_pas_gardee(indicateur, coordinatrice, qualite):
    mesure = saisir(indicateur, coordinatrice, valeur=Decimal(3), qualite=qualite)
    mesure.refresh_from_db()
    assert (mesure.valeur, mesure.qualite) == (None, qualite)


def test_ni_valeur_ni_qualite_est_refuse(indicateur, coordinatrice):
    with pytest.raises(DonneesRefusees) as refus:
        saisir(indicateur, coordinatrice, valeur=None)
    assert "valeur" in refus.value.champs


def test_un_champ_inconnu_est_nomme(indicateur, coordinatrice):
    with pytest.raises(DonneesRefusees, match="indicateur_id"):
        saisir(indicateur, coordinatrice, valeur=Decimal(1), indicateur_id="x")


# Les rapports


@pytest.fixture
def part(contrat) -> Indicateur:
    return IndicateurFactory(contrat=contrat, ratio=True)


def test_un_rapport_garde_ses_deux_nombres_et_deduit_la_valeur(part, coordinatrice):
    mesure = saisir(part, coordinatrice, numerateur=Decimal(45), denominateur=Decimal(60))
    assert (mesure.numerateur, mesure.denominateur, mesure.valeur) == (45, 60, 75)


def test_la_valeur_d_un_rapport_ne_se_saisit_pas_contre_ses_deux_nombres(part, coordinatrice):
    mesure = saisir(
        part, coordinatrice, valeur=Decimal(99), numerateur=Decimal(1), denominateur=Decimal(2)
    )
    assert mesure.valeur == 50


def test_un_denominateur_sans_numerateur_est_refuse(part, coordinatrice):
    with pytest.raises(DonneesRefusees) as refus:
        saisir(part, coordinatrice, denominateur=Decimal(60))
    assert "numerateur" in refus.value.champs


def test_un_denominateur_nul_est_refuse_en_francais(part, coordinatrice):
    with pytest.raises(DonneesRefusees):
        saisir(part, coordinatrice, numerateur=Decimal(1), denominateur=Decimal(0))


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_un_rapport_est_arrondi_a_quatre_decimales(numerateur, denominateur):
    valeur = _rapport(Decimal(numerateur), Decimal(denominateur))
    assert abs(valeur * denominateur - 100 * numerateur) <= Decimal("0.00005") * denominateur


# Qui


@pytest.mark.parametrize(
    ("personnage", "permis"),
    [
        ("coordinatrice", True),
        ("administratrice", True),
        ("pilote", True),
        ("partenaire", False),
        ("agent_ars", False),
        ("elue", False),
        ("lectrice", False),
        ("voisine", False),
        ("anonyme", False),
    ],
)
def test_qui_saisit_la_valeur_d_un_indicateur(request, indicateur, personnage, permis):
    personne = request.getfixturevalue(personnage)
    assert peut_saisir(personne, indicateur) is permis
    if not permis:
        with pytest.raises(DroitRefuse):
            saisir(indicateur, personne)
        assert not indicateur.mesures.exists()


def test_le_pilote_ne_saisit_pas_un_indicateur_d_une_autre_action(contrat, pilote):
    autre = IndicateurFactory(contrat=contrat, actions=[ActionFactory(contrat=contrat)])
    with pytest.raises(DroitRefuse, match="aucune action dont vous êtes pilote"):
        saisir(autre, pilote)


def test_la_partenaire_saisit_les_valeurs_de_l_action_que_son_organisation_pilote(
    contrat, partenaire
):
    sienne = ActionFactory(contrat=contrat, pilote=partenaire.acteur)
    assert saisir(IndicateurFactory(contrat=contrat, actions=[sienne]), partenaire)


def test_effacer_demande_le_meme_droit_que_saisir(indicateur, lectrice):
    mesure = MesureFactory(indicateur=indicateur)
    with pytest.raises(DroitRefuse):
        effacer_mesure(mesure=mesure, version=1, par=lectrice)


# Quand


def test_deux_periodes_ont_deux_valeurs(indicateur, coordinatrice):
    for annee in (2023, 2024, 2025):
        saisir(indicateur, coordinatrice, annee=annee)
    assert indicateur.mesures.count() == 3


def test_une_periode_finit_apres_avoir_commence(indicateur, coordinatrice):
    with pytest.raises(DonneesRefusees, match="La période finit après avoir commencé"):
        saisir_mesure(
            indicateur=indicateur,
            periode_debut=date(2025, 7, 1),
            periode_fin=date(2025, 6, 30),
            valeurs={"valeur": Decimal(1)},
            version=None,
            par=coordinatrice,
        )
