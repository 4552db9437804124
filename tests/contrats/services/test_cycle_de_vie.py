"""Le contrat avance d’une phase à l’autre selon une table, écrite ici une seconde fois."""

from datetime import date

import pytest

from acteurs.droits import Role
from cls_platform.socle.erreurs import (
    ConflitVersion,
    DonneesRefusees,
    DroitRefuse,
    TransitionRefusee,
)
from contrats.etats import (
    PHASE_PUBLIQUE,
    PHASES_EN_PROJET,
    PHASES_SIGNEES,
    PHASES_TERMINEES,
    STATUT_PUBLIC,
    TRANSITIONS,
    Phase,
    StatutAction,
    transitions_depuis,
)
from contrats.models import Contrat
from contrats.services.cycle_de_vie import changer_phase, creer_contrat, modifier_contrat
from tests.factories import ContratFactory, PassagePhaseFactory

LE = date(2026, 3, 12)

# « → » se fait simplement, « ↩ » demande une raison
TABLE = """
INTENTION      → PREFIGURATION DIAGNOSTIC            ↩ ABANDONNE
PREFIGURATION  → DIAGNOSTIC                          ↩ ABANDONNE
DIAGNOSTIC     → ELABORATION                         ↩ PREFIGURATION ABANDONNE
ELABORATION    → SIGNATURE                           ↩ DIAGNOSTIC ABANDONNE
SIGNATURE      → MISE_EN_OEUVRE                      ↩ ELABORATION ABANDONNE
MISE_EN_OEUVRE → EVALUATION PROROGE CLOS             ↩ ABANDONNE
EVALUATION     → PROROGE CLOS RENOUVELE              ↩ MISE_EN_OEUVRE ABANDONNE
PROROGE        → CLOS RENOUVELE                      ↩ ABANDONNE
CLOS           → RENOUVELE                           ↩
RENOUVELE      →                                     ↩
ABANDONNE      →                                     ↩
"""


def passages_attendus() -> dict[tuple[str, str], bool]:
    """(de, vers) → faut-il une raison."""
    attendus = {}
    for ligne in TABLE.strip().splitlines():
        de, suite = ligne.split("→")
        simples, motives = suite.split("↩")
        attendus |= {(de.strip(), vers): False for vers in simples.split()}
        attendus |= {(de.strip(), vers): True for vers in motives.split()}
    return attendus


ATTENDUS = passages_attendus()
COUPLES = [(de.value, vers.value) for de in Phase for vers in Phase]


def test_la_table_du_code_est_celle_que_l_on_a_voulue():
    assert {(t.de.value, t.vers.value): t.exige_raison for t in TRANSITIONS} == ATTENDUS


@pytest.mark.parametrize(("de", "vers"), COUPLES, ids=lambda phase: phase.lower())
def test_un_passage_se_fait_si_et_seulement_si_la_table_le_permet(db, administratrice, de, vers):
    contrat = ContratFactory(phase=de)

    def passer() -> Contrat:
        return changer_phase(
            contrat=contrat, vers=vers, date_effet=LE, raison="Avis du comité", par=administratrice
        )

    if (de, vers) in ATTENDUS:
        assert passer().phase == vers
        (passage,) = contrat.passages.all()
        assert (passage.de, passage.vers, passage.date_effet) == (de, vers, LE)
        assert passage.par == administratrice
    else:
        with pytest.raises(TransitionRefusee, match="ne passe pas directement"):
            passer()
        contrat.refresh_from_db()
        assert contrat.phase == de
        assert not contrat.passages.exists()


@pytest.mark.parametrize(("de", "vers"), [c for c, raison in ATTENDUS.items() if raison])
def test_revenir_en_arriere_ou_arreter_demande_une_raison(db, administratrice, de, vers):
    contrat = ContratFactory(phase=de)
    with pytest.raises(DonneesRefusees) as refus:
        changer_phase(contrat=contrat, vers=vers, date_effet=LE, raison="  ", par=administratrice)
    assert "raison" in refus.value.champs


@pytest.mark.parametrize("personnage", ["coordinatrice", "agent_ars", "agent_dd"])
def test_la_coordination_et_l_ars_font_avancer_le_contrat(request, contrat, personnage):
    par = request.getfixturevalue(personnage)
    assert changer_phase(contrat=contrat, vers="EVALUATION", date_effet=LE, par=par).phase == (
        Phase.EVALUATION
    )


@pytest.mark.parametrize("personnage", ["elue", "pilote", "partenaire", "lectrice", "voisine"])
def test_les_autres_ne_font_pas_avancer_le_contrat(request, contrat, personnage):
    with pytest.raises(DroitRefuse):
        changer_phase(
            contrat=contrat,
            vers="EVALUATION",
            date_effet=LE,
            par=request.getfixturevalue(personnage),
        )
    contrat.refresh_from_db()
    assert contrat.phase == Phase.MISE_EN_OEUVRE


def test_un_passage_ne_precede_pas_le_precedent(contrat, coordinatrice):
    PassagePhaseFactory(contrat=contrat, vers="MISE_EN_OEUVRE", date_effet=date(2024, 5, 2))
    with pytest.raises(DonneesRefusees, match="02/05/2024"):
        changer_phase(contrat=contrat, vers="CLOS", date_effet=date(2024, 5, 1), par=coordinatrice)


def test_deux_passages_le_meme_jour_sont_permis(contrat, coordinatrice):
    PassagePhaseFactory(contrat=contrat, vers="MISE_EN_OEUVRE", date_effet=LE)
    assert changer_phase(contrat=contrat, vers="CLOS", date_effet=LE, par=coordinatrice).est_termine


def test_un_passage_demande_sur_une_version_depassee_est_refuse(contrat, coordinatrice):
    changer_phase(contrat=contrat, vers="EVALUATION", date_effet=LE, version=1, par=coordinatrice)
    with pytest.raises(ConflitVersion) as conflit:
        changer_phase(contrat=contrat, vers="CLOS", date_effet=LE, version=1, par=coordinatrice)
    assert conflit.value.actuel.phase == Phase.EVALUATION


# Les phases et les statuts eux-mêmes


def test_chaque_phase_est_en_projet_signee_ou_terminee():
    groupes = [PHASES_EN_PROJET, PHASES_SIGNEES, PHASES_TERMINEES]
    assert sorted(p for groupe in groupes for p in groupe) == sorted(Phase)


def test_chaque_phase_et_chaque_statut_a_un_mot_pour_les_habitants():
    assert set(PHASE_PUBLIQUE) == set(Phase)
    assert set(STATUT_PUBLIC) == set(StatutAction)


def test_deux_gestes_depuis_une_phase_ne_portent_pas_le_meme_nom():
    for phase in Phase:
        gestes = [t.geste for t in transitions_depuis(phase)]
        assert len(gestes) == len(set(gestes))


# Créer, décrire


def valeurs(**champs: object) -> dict:
    contrat = ContratFactory.build(region_id="53", ars=None)
    return {"nom": contrat.nom, "region_id": "53"} | champs


def test_qui_cree_un_contrat_en_devient_coordinatrice(coordinatrice, contrat):
    neuf = creer_contrat(
        valeurs=valeurs(nom="Contrat d’Armor", ars=contrat.ars), le=LE, par=coordinatrice
    )
    (participation,) = neuf.participations.all()
    assert (participation.utilisateur, participation.role) == (coordinatrice, Role.COORDINATEUR)
    assert (neuf.version, neuf.modifie_par, neuf.slug) == (1, coordinatrice, "contrat-d-armor")
    assert [p.vers for p in neuf.passages.all()] == [Phase.INTENTION]


def test_l_ars_cree_un_contrat_sans_en_prendre_la_coordination(agent_ars, contrat):
    neuf = creer_contrat(valeurs=valeurs(ars=contrat.ars), le=LE, par=agent_ars)
    assert not neuf.participations.exists()


@pytest.mark.parametrize("personnage", ["elue", "pilote", "partenaire", "lectrice"])
def test_les_autres_roles_ne_creent_pas_de_contrat(request, contrat, personnage):
    with pytest.raises(DroitRefuse):
        creer_contrat(
            valeurs=valeurs(ars=contrat.ars), le=LE, par=request.getfixturevalue(personnage)
        )


def test_deux_contrats_de_meme_nom_ont_deux_adresses(coordinatrice, contrat):
    slugs = [
        creer_contrat(
            valeurs=valeurs(nom="Pays d’Essai", ars=contrat.ars), le=LE, par=coordinatrice
        ).slug
        for _ in range(3)
    ]
    assert slugs == ["pays-d-essai", "pays-d-essai-2", "pays-d-essai-3"]


def test_une_fin_avant_le_debut_est_refusee_en_francais(contrat, coordinatrice):
    with pytest.raises(DonneesRefusees, match="La fin vient après le début"):
        modifier_contrat(
            contrat=contrat,
            valeurs={"date_fin": date(2020, 1, 1)},
            version=contrat.version,
            par=coordinatrice,
        )


def test_la_signature_peut_suivre_le_debut(contrat, coordinatrice):
    """Trois dates indépendantes : un contrat commence parfois avant d’être signé."""
    modifie = modifier_contrat(
        contrat=contrat,
        valeurs={"date_signature": date(2025, 6, 1)},
        version=contrat.version,
        par=coordinatrice,
    )
    assert modifie.date_signature > modifie.date_debut


@pytest.mark.parametrize("personnage", ["agent_ars", "elue", "lectrice", "voisine"])
def test_seule_la_coordination_decrit_le_contrat(request, contrat, personnage):
    with pytest.raises(DroitRefuse):
        modifier_contrat(
            contrat=contrat,
            valeurs={"nom": "Autre nom"},
            version=1,
            par=request.getfixturevalue(personnage),
        )
