"""Trancher un sigle engage l’équipe ; remplacer un terme n’écrit que ce que l’on a vu."""

from datetime import date

import pytest

from bilans.controles import controles
from bilans.langage import EtatSigle
from bilans.lieux import Lieu
from bilans.models import Bilan, ChoixSigle, DecisionSigle, SectionBilan
from bilans.rapport import construire, sigles_a_expliquer
from bilans.relecture_du_langage import langage_de_la_partie, langage_du_bilan, liste_de_controle
from bilans.services.langage import (
    choisir_sens,
    expliquer_sigle,
    laisser_sigle,
    remplacer_terme,
    rouvrir_sigle,
)
from cls_platform.socle.erreurs import (
    ConflitVersion,
    DonneesRefusees,
    DroitRefuse,
    ErreurMetier,
)
from tests.appuis.requetes import exiger_requetes_plates
from tests.factories import (
    ActionFactory,
    BilanFactory,
    DecisionSigleFactory,
    IndicateurFactory,
    MesureFactory,
    SectionBilanFactory,
)

LE = date(2026, 2, 20)
SANS_ECRIRE = ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]


@pytest.fixture
def bilan(contrat) -> Bilan:
    return BilanFactory(contrat=contrat)


@pytest.fixture
def edito(bilan) -> SectionBilan:
    return SectionBilanFactory(bilan=bilan, texte="L’APA et le ZYX. Un établissement scolaire.")


def sigles(bilan):
    return sigles_a_expliquer(bilan, arrete_le=LE)


def test_un_sens_choisi_vient_du_lexique_et_debloque(bilan, edito, coordinatrice):
    assert sigles(bilan).ambigus == ("APA",)
    choisir_sens(bilan=bilan, sigle="APA", sens="APA-sport_sante", version=0, par=coordinatrice)
    assert sigles(bilan).ambigus == ()
    decision = bilan.decisions_sigles.get()
    assert (decision.terme, decision.choix) == ("Activité physique adaptée", ChoixSigle.SENS)
    assert decision.par_nom == coordinatrice.nom_complet


@pytest.mark.parametrize("sens", ["ARS", "APA-inconnu", ""])
def test_un_sens_d_un_autre_sigle_est_refuse(bilan, edito, coordinatrice, sens):
    with pytest.raises(DonneesRefusees):
        choisir_sens(bilan=bilan, sigle="APA", sens=sens, version=0, par=coordinatrice)


def test_l_equipe_explique_elle_meme_et_le_bilan_le_dit(bilan, edito, coordinatrice):
    expliquer_sigle(
        bilan=bilan, sigle="ZYX", terme=" Zone des yeux ", explication="Un lieu d’essai.",
        version=0, par=coordinatrice,
    )  # fmt: skip
    mots = {m.sigle: m for m in construire(bilan, arrete_le=LE, avec_carte=False).mots}
    assert (mots["ZYX"].terme, mots["ZYX"].definition) == ("Zone des yeux", "Un lieu d’essai.")


def test_laisser_un_sigle_tel_quel_se_signe_et_se_motive(bilan, edito, coordinatrice):
    with pytest.raises(DonneesRefusees, match="pourquoi"):
        laisser_sigle(bilan=bilan, sigle="ZYX", raison="  ", version=0, par=coordinatrice)
    laisser_sigle(bilan=bilan, sigle="ZYX", raison="Un nom.", version=0, par=coordinatrice)
    trouve = sigles(bilan).get("ZYX")
    assert trouve is not None
    assert trouve.etat == EtatSigle.LAISSE
    assert trouve.decision is not None
    assert trouve.decision.par_nom == coordinatrice.nom_complet
    assert "ZYX" not in {m.sigle for m in construire(bilan, arrete_le=LE, avec_carte=False).mots}


def test_une_explication_vide_est_refusee(bilan, edito, coordinatrice):
    with pytest.raises(DonneesRefusees, match="toutes lettres"):
        expliquer_sigle(bilan=bilan, sigle="ZYX", terme=" ", version=0, par=coordinatrice)


def test_une_reponse_perimee_ne_couvre_pas_celle_d_une_autre(bilan, edito, coordinatrice):
    deja = DecisionSigleFactory(bilan=bilan)
    for version in (0, deja.version + 1):
        with pytest.raises(ConflitVersion):
            laisser_sigle(
                bilan=bilan, sigle="ZYX", raison="Un nom.", version=version, par=coordinatrice
            )
    laisser_sigle(
        bilan=bilan, sigle="ZYX", raison="Un nom.", version=deja.version, par=coordinatrice
    )
    assert bilan.decisions_sigles.get().choix == ChoixSigle.LAISSE


def test_revenir_sur_une_decision_rend_le_sigle_a_trancher_et_garde_l_histoire(
    bilan, edito, coordinatrice
):
    decision = DecisionSigleFactory(bilan=bilan)
    rouvrir_sigle(decision=decision, version=decision.version, par=coordinatrice)
    assert "ZYX" in sigles(bilan).inconnus
    assert DecisionSigle.pgh_event_model.objects.filter(pgh_obj_id=decision.pk).count() >= 2


@pytest.mark.parametrize("personnage", SANS_ECRIRE)
def test_seule_la_coordination_tranche_et_remplace(bilan, edito, personnage, request):
    par = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        expliquer_sigle(bilan=bilan, sigle="ZYX", terme="Zone", version=0, par=par)
    with pytest.raises(DroitRefuse):
        remplacer_terme(ecrit=edito, debut=0, avant="L’APA", apres="x", version=1, par=par)
    assert not bilan.decisions_sigles.exists()


def test_un_bilan_publie_ne_se_tranche_plus(contrat, coordinatrice):
    publie = BilanFactory(contrat=contrat, publie=True)
    with pytest.raises(ErreurMetier, match="publié"):
        expliquer_sigle(bilan=publie, sigle="ZYX", terme="Zone", version=0, par=coordinatrice)


def test_remplacer_un_terme_ecrit_a_sa_place_et_compte_une_version(edito, coordinatrice):
    debut = edito.texte.index("Un établissement")
    ecrit = remplacer_terme(
        ecrit=edito, debut=debut, avant="Un établissement scolaire", apres="Une école",
        version=1, par=coordinatrice,
    )  # fmt: skip
    assert ecrit.texte == "L’APA et le ZYX. Une école."
    assert ecrit.version == 2


@pytest.mark.parametrize(
    ("debut", "avant"), [(3, "établissement"), (-1, "L"), (9999, "x"), (0, "")]
)
def test_un_terme_qui_n_est_plus_la_n_est_pas_remplace(edito, coordinatrice, debut, avant):
    with pytest.raises(ErreurMetier, match="n’est plus à cette place"):
        remplacer_terme(
            ecrit=edito, debut=debut, avant=avant, apres="x", version=1, par=coordinatrice
        )
    edito.refresh_from_db()
    assert edito.version == 1


def test_une_version_perimee_ne_remplace_rien(edito, coordinatrice):
    with pytest.raises(ConflitVersion):
        remplacer_terme(
            ecrit=edito, debut=0, avant="L’APA", apres="x", version=7, par=coordinatrice
        )


def test_le_langage_du_bilan_lit_tous_ses_textes(contrat, bilan, edito, axe):
    ActionFactory(contrat=contrat, axe=axe, titre="Le QQQ", resume_public="Revu mensuellement.")
    MesureFactory(
        indicateur=IndicateurFactory(contrat=contrat, axe=axe, libelle_public="Taux de RRR")
    )
    relu = langage_du_bilan(bilan, le=LE)
    assert {"APA", "ZYX", "QQQ", "RRR"} <= {s.lu.sigle for s in relu.a_trancher}
    ou = {s.lu.sigle: s.ou for s in relu.a_trancher}
    assert any("QQQ" in titre for titre in ou["QQQ"])
    assert "jargon" in {a.regle for p in relu.parties for a in p.analyse.alertes}
    assert relu.mesure is not None
    assert relu.bande is not None


def test_la_liste_de_controle_compte_et_laisse_le_reste_a_une_personne(bilan, edito):
    points = {p.libelle: p.combien for p in liste_de_controle(langage_du_bilan(bilan, le=LE))}
    assert points["Chaque sigle est expliqué"] == 2
    assert points["Les phrases sont courtes"] == 0
    assert points["Des personnes concernées l’ont lu et compris"] is None


def test_une_partie_tapee_connait_les_decisions_et_ce_que_disent_les_autres_parties(bilan):
    SectionBilanFactory(
        bilan=bilan, code="DIFFICULTES", texte="Le groupe d’action locale (GAL) s’arrête."
    )
    DecisionSigleFactory(bilan=bilan)
    tape = Lieu("EDITO", "Le mot", "Le GAL, le ZYX et le QQQ.")
    relu, lus = langage_de_la_partie(bilan, tape)
    assert {lu.sigle: lu.etat for lu in lus.lus} == {
        "GAL": EtatSigle.ECRIT,
        "ZYX": EtatSigle.TRANCHE,
        "QQQ": EtatSigle.INCONNU,
    }
    assert [a.extrait for a in relu.analyse.alertes] == ["QQQ"]


def test_les_requetes_ne_dependent_pas_du_nombre_de_sigles(contrat, bilan):
    section = SectionBilanFactory(bilan=bilan, texte="Début.")

    def peupler(nombre: int) -> None:
        for rang in range(nombre):
            ActionFactory(contrat=contrat, titre=f"Le Q{rang}QZ")
            section.texte += f" Le Z{rang}ZY."
        section.save(update_fields=["texte"])

    exiger_requetes_plates(peupler=peupler, lire=lambda: langage_du_bilan(bilan, le=LE))


def dits_du_pdf(bilan) -> list[str]:
    return [c.quoi for c in controles(bilan, le=LE) if "Le PDF montre" in c.quoi]


def test_un_pdf_fait_avant_l_explication_d_un_sigle_ne_se_publie_pas(contrat, coordinatrice):
    """Les données figées ne connaissent pas la décision : le lecteur verrait un sigle nu."""
    brouillon = BilanFactory(contrat=contrat)
    SectionBilanFactory(bilan=brouillon, texte="Le ZYX et le QQQ.")
    figer(brouillon)
    assert not dits_du_pdf(brouillon)
    expliquer_sigle(bilan=brouillon, sigle="ZYX", terme="Zone", version=0, par=coordinatrice)
    laisser_sigle(bilan=brouillon, sigle="QQQ", raison="Un nom.", version=0, par=coordinatrice)
    (dit,) = dits_du_pdf(brouillon)
    assert "ZYX" in dit
    figer(brouillon)
    assert not dits_du_pdf(brouillon)


def figer(bilan: Bilan) -> None:
    bilan.instantane = construire(bilan, arrete_le=LE, avec_carte=False).vers_simple()
    bilan.chemin = bilan.sha256 = "essai"
    bilan.save(update_fields=["instantane", "chemin", "sha256"])
