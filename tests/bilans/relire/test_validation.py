"""Valider en comité de pilotage, viser pour l’ARS et pour le porteur : sur le PDF que l’on a lu."""

from datetime import date

import pytest

from bilans.etats import StatutBilan
from bilans.models import AuNomDe, Bilan, ValidationBilan
from bilans.relecture.etat import etat_de_la_relecture
from bilans.services import validation as services
from bilans.services.redaction import changer_statut
from cls_platform.socle.erreurs import (
    ConflitVersion,
    DonneesRefusees,
    DroitRefuse,
    ErreurMetier,
    TransitionRefusee,
)
from tests.factories import (
    ActeurFactory,
    BilanFactory,
    InstanceFactory,
    ReunionFactory,
    TravailFactory,
    VisaBilanFactory,
)

LE = date(2026, 3, 12)


@pytest.fixture
def bilan(contrat) -> Bilan:
    return BilanFactory(contrat=contrat, avec_pdf=True, statut=StatutBilan.RELECTURE)


def valider(bilan, par, *, sha256=None, presents=(), **valeurs) -> ValidationBilan:
    dites = {"date": date(2026, 3, 5), "lieu": "Mairie d’essai", "reunion": None, "precisions": ""}
    return services.valider(
        bilan=bilan,
        valeurs={**dites, **valeurs},
        presents=presents,
        sha256=bilan.sha256 if sha256 is None else sha256,
        par=par,
    )


def viser(bilan, par, au_nom_de=AuNomDe.ARS, sha256=None):
    return services.viser(
        bilan=bilan,
        au_nom_de=au_nom_de,
        sha256=bilan.sha256 if sha256 is None else sha256,
        observations="",
        par=par,
    )


def refaire_le_pdf(bilan) -> None:
    Bilan.objects.filter(pk=bilan.pk).update(sha256="f" * 64)
    bilan.refresh_from_db()


# Valider


@pytest.mark.parametrize("personnage", ["coordinatrice", "elue"])
def test_valider_note_quand_ou_et_qui_etait_la(request, bilan, personnage):
    organisation = ActeurFactory()
    notee = valider(bilan, request.getfixturevalue(personnage), presents=[organisation])
    bilan.refresh_from_db()
    assert bilan.statut == StatutBilan.VALIDE
    assert (notee.date, notee.lieu) == (date(2026, 3, 5), "Mairie d’essai")
    assert notee.sha256 == bilan.sha256
    assert list(notee.presents.all()) == [organisation]


@pytest.mark.parametrize("personnage", ["agent_ars", "pilote", "partenaire", "lectrice", "voisine"])
def test_les_autres_ne_valident_pas(request, bilan, personnage):
    with pytest.raises(DroitRefuse):
        valider(bilan, request.getfixturevalue(personnage))


@pytest.mark.parametrize("statut", ["BROUILLON", "VALIDE"])
def test_on_valide_un_bilan_mis_en_relecture(contrat, coordinatrice, statut):
    bilan = BilanFactory(contrat=contrat, avec_pdf=True, statut=statut)
    with pytest.raises(TransitionRefusee, match="relecture"):
        valider(bilan, coordinatrice)


def test_on_valide_le_pdf_que_l_on_a_lu(bilan, coordinatrice):
    with pytest.raises(ErreurMetier, match="refait depuis"):
        valider(bilan, coordinatrice, sha256="0" * 64)
    Bilan.objects.filter(pk=bilan.pk).update(travail=TravailFactory())
    with pytest.raises(ErreurMetier, match="en train d’être refait"):
        valider(bilan, coordinatrice)


def test_on_ne_valide_ni_demain_ni_dans_la_reunion_d_un_autre_contrat(
    bilan, coordinatrice, autre_contrat
):
    with pytest.raises(DonneesRefusees, match="à venir"):
        valider(bilan, coordinatrice, date=date(2026, 3, 13))
    ailleurs = ReunionFactory(instance=InstanceFactory(contrat=autre_contrat), tenue=True)
    with pytest.raises(DonneesRefusees, match="autre contrat"):
        valider(bilan, coordinatrice, reunion=ailleurs)


def test_une_validation_se_corrige_tant_que_le_bilan_est_valide(bilan, coordinatrice):
    notee = valider(bilan, coordinatrice)
    valeurs = {"date": notee.date, "lieu": "Salle des fêtes", "reunion": None, "precisions": ""}
    corrigee = services.corriger_la_validation(
        validation=notee, valeurs=valeurs, presents=[], version=1, par=coordinatrice
    )
    assert (corrigee.lieu, corrigee.version) == ("Salle des fêtes", 2)
    with pytest.raises(ConflitVersion):
        services.corriger_la_validation(
            validation=notee, valeurs=valeurs, presents=[], version=1, par=coordinatrice
        )


def test_changer_seulement_les_presents_compte_une_version(bilan, coordinatrice):
    notee = valider(bilan, coordinatrice)
    valeurs = {"date": notee.date, "lieu": notee.lieu, "reunion": None, "precisions": ""}
    corrigee = services.corriger_la_validation(
        validation=notee, valeurs=valeurs, presents=[ActeurFactory()], version=1, par=coordinatrice
    )
    assert corrigee.version == 2


def test_reprendre_l_ecriture_rend_la_validation_caduque_sans_l_effacer(bilan, coordinatrice):
    valider(bilan, coordinatrice)
    changer_statut(bilan=bilan, vers=StatutBilan.BROUILLON, par=coordinatrice)
    bilan.refresh_from_db()
    etat = etat_de_la_relecture(bilan, LE)
    assert etat.validation is not None
    assert etat.validation_est_caduque


def test_valider_de_nouveau_remplace_et_l_historique_garde(bilan, coordinatrice):
    valider(bilan, coordinatrice)
    changer_statut(bilan=bilan, vers=StatutBilan.RELECTURE, par=coordinatrice)
    valider(bilan, coordinatrice, lieu="Salle des fêtes")
    assert ValidationBilan.objects.get(bilan=bilan).lieu == "Salle des fêtes"
    evenements = ValidationBilan.pgh_event_model.objects.filter(bilan_id=bilan.pk)
    assert {e.lieu for e in evenements} == {"Mairie d’essai", "Salle des fêtes"}


# Viser


@pytest.mark.parametrize(
    ("personnage", "au_nom_de"),
    [("agent_ars", "ARS"), ("agent_dd", "ARS"), ("elue", "PORTEUR")],
)
def test_l_agence_et_l_elue_visent_chacune_pour_la_leur(request, bilan, personnage, au_nom_de):
    par = request.getfixturevalue(personnage)
    visa = viser(bilan, par, au_nom_de)
    assert (visa.par_nom, visa.sha256) == (par.nom_complet, bilan.sha256)


@pytest.mark.parametrize(
    ("personnage", "au_nom_de"),
    [
        ("coordinatrice", "ARS"),
        ("elue", "ARS"),
        ("voisine", "ARS"),
        ("coordinatrice", "PORTEUR"),
        ("agent_ars", "PORTEUR"),
        ("voisine", "PORTEUR"),
    ],
)
def test_on_ne_vise_pas_pour_une_autre(request, bilan, personnage, au_nom_de):
    with pytest.raises(DroitRefuse):
        viser(bilan, request.getfixturevalue(personnage), au_nom_de)


def test_on_vise_un_bilan_en_relecture_ou_valide(contrat, elue):
    brouillon = BilanFactory(contrat=contrat, avec_pdf=True)
    with pytest.raises(TransitionRefusee, match="en relecture ou validé"):
        viser(brouillon, elue, AuNomDe.PORTEUR)


def test_on_ne_vise_pas_deux_fois_le_meme_pdf(bilan, agent_ars):
    viser(bilan, agent_ars)
    with pytest.raises(ErreurMetier, match="déjà donné"):
        viser(bilan, agent_ars)


def test_refaire_le_pdf_rend_le_visa_caduc_et_le_garde(bilan, agent_ars):
    viser(bilan, agent_ars)
    refaire_le_pdf(bilan)
    pour_l_ars, pour_le_porteur = etat_de_la_relecture(bilan, LE).visas
    assert (pour_l_ars.visa is not None, pour_l_ars.est_caduc) == (True, True)
    assert (pour_le_porteur.visa, pour_le_porteur.est_caduc) == (None, False)
    nouveau = viser(bilan, agent_ars)
    assert nouveau.sha256 == "f" * 64
    assert not etat_de_la_relecture(bilan, LE).visas[0].est_caduc


def test_un_visa_se_retire_par_qui_peut_le_donner_avant_la_publication(bilan, elue, agent_ars):
    visa = viser(bilan, agent_ars)
    with pytest.raises(DroitRefuse):
        services.retirer_le_visa(visa=visa, version=None, par=elue)
    services.retirer_le_visa(visa=visa, version=None, par=agent_ars)
    assert not bilan.visas.exists()
    publie = VisaBilanFactory(bilan=BilanFactory(contrat=bilan.contrat, annee=2024, publie=True))
    with pytest.raises(TransitionRefusee, match="publié"):
        services.retirer_le_visa(visa=publie, version=None, par=agent_ars)
