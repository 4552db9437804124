"""Un projet régional de santé inventé : il le dit, il donne une matrice pleine et trouée."""

from collections import Counter

import pytest

from cls_platform.demo.chargement.lecture import lire_contrats, lire_objectifs_regionaux
from cls_platform.demo.chargement.objectifs_regionaux import charger_objectifs_regionaux
from cls_platform.demo.chargement.plans import fiches_de
from contrats.histoire.fiche import gestes
from contrats.models import Action, ChangementLien, ObjectifRegional
from tests.factories import ActionFactory, ContratFactory

OBJECTIFS = lire_objectifs_regionaux()
CONTRATS = {contrat["slug"]: contrat for contrat in lire_contrats()}
VITRINE = "demo-golfe-et-iles"
UN = {
    "code": "demo-essai",
    "region": "53",
    "composante": "SRS",
    "libelle": "Démonstration\u00a0: un essai",
    "fiches": {"demo-essai": ["1.1", "1.2"]},
}


# Le fichier


@pytest.mark.parametrize("objectif", OBJECTIFS, ids=lambda o: o["code"])
def test_chaque_objectif_dit_qu_il_est_invente_et_ne_cite_que_des_fiches_de_sa_region(objectif):
    assert objectif["code"].startswith(f"demo-{objectif['region']}-")
    assert objectif["libelle"].startswith("Démonstration\u00a0: ")
    assert objectif["composante"] in dict(ObjectifRegional._meta.get_field("composante").choices)
    for slug, numeros in objectif["fiches"].items():
        contrat = CONTRATS[slug]
        assert contrat["region"] == objectif["region"]
        assert set(numeros) <= {fiche["numero"] for fiche in fiches_de(contrat)}


def test_la_matrice_de_la_vitrine_a_des_cases_pleines_et_des_lignes_vides():
    axe_de = {
        fiche["numero"]: axe["numero"]
        for axe in CONTRATS[VITRINE]["axes"]
        for fiche in fiches_de(axe)
    }
    region = [o for o in OBJECTIFS if o["region"] == CONTRATS[VITRINE]["region"]]
    cases = Counter(
        (objectif["code"], axe_de[numero])
        for objectif in region
        for numero in objectif["fiches"].get(VITRINE, ())
    )
    vides = [o for o in region if not o["fiches"].get(VITRINE)]
    assert max(cases.values()) >= 5
    assert len(cases) < len(region) * len(set(axe_de.values())) / 2
    assert len(vides) >= 2


# Le chargement


@pytest.fixture
def fiches(db: None) -> list[Action]:
    """Une démonstration chargée par une version qui n’avait pas d’objectifs."""
    contrat = ContratFactory(slug="demo-essai", region_id="53", est_demonstration=True)
    return [ActionFactory(contrat=contrat, numero=numero) for numero in ("1.1", "1.2", "1.3")]


def reliees() -> set[str]:
    return set(Action.objects.exclude(objectifs_regionaux=None).values_list("numero", flat=True))


def test_une_demonstration_deja_chargee_recoit_les_objectifs(fiches):
    assert charger_objectifs_regionaux([UN], nouveaux=()) == 1
    assert reliees() == {"1.1", "1.2"}


def test_relancer_ne_remet_pas_ce_que_l_on_a_delie(fiches):
    charger_objectifs_regionaux([UN], nouveaux=())
    fiches[0].objectifs_regionaux.clear()
    assert charger_objectifs_regionaux([UN], nouveaux=()) == 0
    assert reliees() == {"1.2"}


def test_un_contrat_charge_apres_l_objectif_s_y_relie(fiches):
    ObjectifRegional.objects.create(code=UN["code"], libelle=UN["libelle"], region_id="53")
    charger_objectifs_regionaux([UN], nouveaux={"demo-essai"})
    assert reliees() == {"1.1", "1.2"}


def test_une_fiche_est_nee_avec_ses_objectifs_ni_version_ni_geste_d_aujourd_hui(fiches):
    charger_objectifs_regionaux([UN], nouveaux=())
    fiche = Action.objects.get(pk=fiches[0].pk)
    assert fiche.version == 1
    assert {c.version for c in ChangementLien.objects.de_la_fiche(fiche.pk)} == {1}
    assert [geste.evenement.genre for geste in gestes(fiche, avec_argent=False)] == ["insert"]


def test_un_contrat_reel_de_meme_adresse_n_est_pas_touche(db):
    contrat = ContratFactory(slug="demo-essai", region_id="53", est_demonstration=False)
    ActionFactory(contrat=contrat, numero="1.1")
    charger_objectifs_regionaux([UN], nouveaux={"demo-essai"})
    assert not reliees()
