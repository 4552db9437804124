"""Emporter la liste puis la redonner telle quelle ne change rien, quels que soient les contrats."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acteurs.models import Acteur, Commune
from contrats.etats import Phase
from contrats.export_cls import exporter_cls
from contrats.models import Contrat, RolePartie
from tests.appuis.proprietes import defait, troupe_gardee
from tests.contrats.cls.listes import ENTETE, LE, SIGNE, contrat, csv, importer
from tests.factories import ContratFactory, PartieFactory, PerimetreFactory

pytestmark = pytest.mark.django_db

TEXTES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    str.strip
)
JOURS = st.none() | st.dates(date(1970, 1, 1), date(2150, 1, 1))


@st.composite
def contrats(tirer):
    debut = tirer(JOURS)
    fin = (
        debut + timedelta(days=tirer(st.integers(1, 3000)))
        if debut and tirer(st.booleans())
        else None
    )
    return {
        "nom": tirer(TEXTES),
        "numero": tirer(st.just("") | TEXTES),
        "phase": tirer(st.sampled_from(Phase.values)),
        "generation": tirer(st.integers(1, 30)),
        "date_signature": tirer(JOURS),
        "date_debut": debut,
        "date_fin": fin,
    }


def code_nu(valeurs: dict) -> str:
    return " ".join(valeurs["numero"].split())


@troupe_gardee
@given(st.lists(contrats(), max_size=4, unique_by=lambda v: code_nu(v) or id(v)), st.data())
def test_la_liste_emportee_ne_change_rien_quand_elle_revient(administratrice, tires, data):
    codes = sorted(Commune.objects.values_list("pk", flat=True))
    with defait():
        for valeurs in tires:
            cree = ContratFactory(**valeurs)
            for code in data.draw(st.sets(st.sampled_from(codes), max_size=3)):
                PerimetreFactory(contrat=cree, commune_id=code)
            if data.draw(st.booleans()):
                acteur, _ = Acteur.objects.get_or_create(
                    siren="200068120", defaults={"nom": "Porteur d’essai", "type_id": "epci"}
                )
                PartieFactory(contrat=cree, acteur=acteur, role=RolePartie.PORTEUR)
        rapport = importer(exporter_cls(Contrat.objects.all()), administratrice)
    assert not rapport.erreurs
    assert not rapport.change, rapport.modifications
    assert len(rapport.inchanges) == len(tires)


def test_une_liste_importee_s_emporte_dans_le_meme_format(administratrice):
    importer(csv(SIGNE), administratrice)
    entete, ligne = exporter_cls(Contrat.objects.all()).decode("utf-8-sig").splitlines()
    assert entete == ENTETE
    assert ligne == SIGNE.replace("29232,29020", "29020 29232")


def test_le_contenu_emporte_ne_depend_pas_de_l_ordre_d_import(administratrice):
    autre = SIGNE.replace("BRE-01", "BRE-02")
    importer(csv(SIGNE, autre), administratrice)
    premier = exporter_cls(Contrat.objects.all())
    assert not importer(premier, administratrice).change
    assert exporter_cls(Contrat.objects.all()) == premier


def test_un_contrat_sans_numero_revient_par_son_adresse(administratrice):
    ContratFactory(numero="", slug="sans-numero", nom="Sans numéro")
    liste = exporter_cls(Contrat.objects.all())
    assert b"sans-numero" in liste
    assert not importer(liste, administratrice, le=LE).change


def test_une_commune_sortie_n_est_plus_emportee(administratrice):
    importer(csv(SIGNE), administratrice)
    importer(csv(SIGNE.replace("29232,29020", "29232")), administratrice)
    assert b";29232;" in exporter_cls(Contrat.objects.all())


def test_un_nom_qui_ressemble_a_une_formule_est_garde_et_protege(administratrice):
    importer(csv("X1;=1+1;53;;29232;;;;1;intention"), administratrice)
    liste = exporter_cls(Contrat.objects.all())
    assert b"'=1+1" in liste
    assert not importer(liste, administratrice).change
    assert contrat("X1").nom == "=1+1"


def test_emporter_se_fait_en_trois_requetes(administratrice, nombre_requetes):
    for rang in range(5):
        ContratFactory(epci="200068120", numero=f"E{rang}")
    assert nombre_requetes(lambda: exporter_cls(Contrat.objects.all())) == 3
