"""L’avis rendu : par qui, de quelle manière, et qu’il reste."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from acteurs.models.jeton import empreinte
from bilans.models import AvisBilan, Bilan, MoyenAvis, SensAvis
from bilans.services import avis as services
from bilans.services.avis import Reponse
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse, ErreurMetier
from contrats.models import RolePartie
from tests.factories import AvisBilanFactory, BilanFactory, PartieFactory, UtilisateurFactory


@pytest.fixture
def bilan(contrat) -> Bilan:
    return BilanFactory(contrat=contrat, avec_pdf=True, statut="RELECTURE")


@pytest.fixture
def signataire(contrat, partenaire):
    """L’organisation de la partenaire a signé le contrat."""
    PartieFactory(contrat=contrat, acteur=partenaire.acteur, role=RolePartie.SIGNATAIRE)
    return partenaire.acteur


def test_une_personne_de_l_organisation_rend_l_avis_avec_son_compte(bilan, signataire, partenaire):
    avis = AvisBilanFactory(bilan=bilan, acteur=signataire)
    rendu = services.rendre_avis(
        avis=avis, sens=SensAvis.FAVORABLE, texte="", version=1, par=partenaire
    )
    assert (rendu.moyen, rendu.rendu_par, rendu.sha256) == (
        MoyenAvis.COMPTE,
        partenaire,
        bilan.sha256,
    )
    assert rendu.rendu_nom.startswith("Paula Partenaire")


@pytest.mark.parametrize("personnage", ["coordinatrice", "elue", "pilote", "agent_ars", "voisine"])
def test_on_ne_rend_pas_l_avis_d_une_autre_organisation(request, bilan, signataire, personnage):
    avis = AvisBilanFactory(bilan=bilan, acteur=signataire)
    with pytest.raises(DroitRefuse, match="personne de cette organisation"):
        services.rendre_avis(
            avis=avis,
            sens="FAVORABLE",
            texte="",
            version=1,
            par=request.getfixturevalue(personnage),
        )


def test_une_voisine_de_la_meme_organisation_ne_se_prononce_pas_sur_ce_contrat(
    bilan, signataire, voisine
):
    voisine.acteur = signataire
    voisine.save()
    with pytest.raises(DroitRefuse):
        services.rendre_avis(
            avis=AvisBilanFactory(bilan=bilan, acteur=signataire),
            sens="FAVORABLE",
            texte="",
            version=1,
            par=voisine,
        )


@pytest.mark.parametrize("personnage", ["agent_ars", "agent_dd"])
def test_l_agent_se_prononce_pour_l_ars_du_contrat(request, bilan, contrat, personnage):
    avis = AvisBilanFactory(bilan=bilan, acteur=contrat.ars)
    par = request.getfixturevalue(personnage)
    rendu = services.rendre_avis(
        avis=avis, sens="RESERVES", texte="Chiffrer l’axe 2.", version=1, par=par
    )
    assert rendu.get_sens_display() == "Favorable avec réserves"


def test_un_avis_reserve_ou_defavorable_dit_pourquoi(bilan, signataire, partenaire):
    avis = AvisBilanFactory(bilan=bilan, acteur=signataire)
    for sens in (SensAvis.RESERVES, SensAvis.DEFAVORABLE):
        with pytest.raises(DonneesRefusees, match="réserves"):
            services.rendre_avis(avis=avis, sens=sens, texte=" ", version=1, par=partenaire)


def test_par_le_lien_sans_compte_puis_le_lien_ne_sert_plus(bilan, signataire):
    secret = "un-secret-d-essai"
    AvisBilanFactory(bilan=bilan, acteur=signataire, empreinte=empreinte(secret))
    ouvert = services.avis_ouvert(secret)
    rendu = services.rendre_par_le_lien(
        reponse=Reponse("FAVORABLE", "Bravo.", "Dominique Essai, directrice"), par=ouvert
    )
    assert (rendu.moyen, rendu.rendu_par, rendu.empreinte) == (MoyenAvis.LIEN, None, "")
    assert services.avis_ouvert(secret) is None


def test_recu_par_courrier_on_sait_qui_l_a_recopie(bilan, coordinatrice, partenaire):
    avis = AvisBilanFactory(bilan=bilan)
    reponse = Reponse("FAVORABLE", "Par lettre du 3 mars.", "Dominique Essai, maire fictive")
    with pytest.raises(DroitRefuse):
        services.saisir_un_avis_recu(avis=avis, reponse=reponse, version=1, par=partenaire)
    rendu = services.saisir_un_avis_recu(avis=avis, reponse=reponse, version=1, par=coordinatrice)
    assert (rendu.moyen, rendu.rendu_par) == (MoyenAvis.COURRIER, coordinatrice)
    assert rendu.rendu_nom == "Dominique Essai, maire fictive"


def test_une_demande_changee_entre_temps_ne_se_rend_pas_sans_la_relire(
    bilan, signataire, partenaire, coordinatrice
):
    avis = AvisBilanFactory(bilan=bilan, acteur=signataire)
    services.modifier_la_demande(
        avis=avis, valeurs={"attendu_le": date(2026, 4, 15)}, version=1, par=coordinatrice
    )
    with pytest.raises(ConflitVersion):
        services.rendre_avis(avis=avis, sens="FAVORABLE", texte="", version=1, par=partenaire)


# L’avis rendu reste


def test_un_avis_rendu_ne_se_change_ni_ne_se_retire(bilan, coordinatrice):
    rendu = AvisBilanFactory(bilan=bilan, rendu=True)
    for geste in (
        lambda: services.retirer_la_demande(avis=rendu, version=None, par=coordinatrice),
        lambda: services.modifier_la_demande(
            avis=rendu, valeurs={"message": "X"}, version=1, par=coordinatrice
        ),
        lambda: services.saisir_un_avis_recu(
            avis=rendu,
            reponse=Reponse("DEFAVORABLE", "X", "X"),
            version=1,
            par=coordinatrice,
        ),
    ):
        with pytest.raises(ErreurMetier, match="déjà rendu"):
            geste()


def test_la_base_refuse_de_reecrire_un_avis_rendu(bilan):
    ligne = AvisBilan.objects.filter(pk=AvisBilanFactory(bilan=bilan, rendu=True).pk)
    for valeurs in ({"texte": "Autre"}, {"rendu_nom": "Autre"}, {"sens": "DEFAVORABLE"}):
        with pytest.raises(DatabaseError, match="[Cc]annot update"), transaction.atomic():
            ligne.update(**valeurs)


def test_un_avis_rendu_reste_apres_la_publication_on_n_en_rend_plus(contrat, coordinatrice):
    publie = BilanFactory(contrat=contrat, publie=True)
    rendu = AvisBilanFactory(bilan=publie, rendu=True)
    attendu = AvisBilanFactory(bilan=publie)
    assert list(publie.avis.attendus()) == [attendu]
    assert rendu in publie.avis.all()
    with pytest.raises(ErreurMetier, match="publié"):
        services.saisir_un_avis_recu(
            avis=attendu, reponse=Reponse("FAVORABLE", "", "X"), version=1, par=coordinatrice
        )


def test_le_retard_se_dit(bilan):
    AvisBilanFactory(bilan=bilan)
    tardif = AvisBilanFactory(bilan=bilan, en_retard=True)
    AvisBilanFactory(bilan=bilan, rendu=True, attendu_le=date(2026, 3, 1))
    assert list(bilan.avis.en_retard(date(2026, 3, 12))) == [tardif]


def test_effacer_le_compte_qui_a_recopie_garde_l_avis(bilan):
    compte = UtilisateurFactory()
    rendu = AvisBilanFactory(bilan=bilan, rendu=True, rendu_par=compte)
    compte.delete()
    rendu.refresh_from_db()
    assert (rendu.rendu_par, rendu.sens) == (None, "FAVORABLE")
