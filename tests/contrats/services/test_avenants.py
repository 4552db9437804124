"""Un avenant se prépare sans effet ; le signer prolonge le contrat et déplace ses communes."""

from datetime import date

import pytest

from acteurs.models import Commune
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse, ErreurMetier
from contrats.models import Avenant, EtatAvenant, TypeAvenant
from contrats.services.avenants import (
    choisir_communes,
    modifier_avenant,
    preparer_avenant,
    retirer_avenant,
    signer_avenant,
)
from tests.factories import ContratFactory

FIN, PLUS_TARD = date(2028, 12, 31), date(2029, 12, 31)
SIGNATURE, EFFET = date(2026, 3, 12), date(2027, 1, 1)
OUESSANT, QUIMPER = "29155", "29232"


def preparer(contrat, par, *types, **valeurs) -> Avenant:
    return preparer_avenant(
        contrat=contrat,
        valeurs={
            "objet": "Changer le contrat.",
            "types": list(TypeAvenant.objects.filter(pk__in=types or ["programme"])),
            **valeurs,
        },
        par=par,
    )


def prolonger(contrat, par, fin=PLUS_TARD, signature=SIGNATURE, effet=None) -> Avenant:
    avenant = preparer(contrat, par, "prorogation", date_fin_apres=fin)
    return signer_avenant(avenant=avenant, date_signature=signature, date_effet=effet, par=par)


def communes(*codes):
    return list(Commune.objects.filter(pk__in=codes))


def du_perimetre(contrat, le) -> set[str]:
    return set(contrat.perimetres.au(le).values_list("commune", flat=True))


def test_les_avenants_se_numerotent_dans_leur_contrat(contrat, autre_contrat, administratrice):
    numeros = [preparer(c, administratrice).numero for c in (contrat, contrat, autre_contrat)]
    assert numeros == [1, 2, 1]


def test_preparer_ne_change_rien_au_contrat(contrat, coordinatrice):
    avenant = preparer(
        contrat,
        coordinatrice,
        date_fin_apres=PLUS_TARD,
        communes_entrantes=communes(OUESSANT),
        communes_sortantes=communes(QUIMPER),
    )
    contrat.refresh_from_db()
    assert contrat.date_fin == FIN
    assert QUIMPER in du_perimetre(contrat, EFFET)
    assert avenant.etat == EtatAvenant.PREPARATION
    assert avenant.en_vigueur_le is None


def test_un_contrat_qui_n_est_pas_signe_n_a_pas_d_avenant(coordinatrice, administratrice):
    with pytest.raises(ErreurMetier, match="pas encore signé"):
        preparer(ContratFactory(), administratrice)


def test_signer_une_prolongation_avance_la_fin_du_contrat(contrat, coordinatrice):
    avenant = prolonger(contrat, coordinatrice)
    contrat.refresh_from_db()
    assert contrat.date_fin == PLUS_TARD
    assert (avenant.date_fin_avant, avenant.date_fin_apres) == (FIN, PLUS_TARD)
    assert contrat.modifie_par == coordinatrice


@pytest.mark.parametrize(
    ("effet", "vigueur"), [(EFFET, EFFET), (date(2026, 1, 1), SIGNATURE), (None, SIGNATURE)]
)
def test_un_avenant_est_en_vigueur_a_la_plus_tardive_de_ses_deux_dates(
    contrat, coordinatrice, effet, vigueur
):
    assert prolonger(contrat, coordinatrice, effet=effet).en_vigueur_le == vigueur


def test_la_date_d_effet_prevue_sert_si_la_signature_n_en_dit_pas_d_autre(contrat, coordinatrice):
    avenant = preparer(contrat, coordinatrice, date_effet=EFFET)
    signe = signer_avenant(avenant=avenant, date_signature=SIGNATURE, par=coordinatrice)
    assert signe.date_effet == EFFET


def test_les_communes_entrent_et_sortent_au_jour_de_l_entree_en_vigueur(contrat, coordinatrice):
    avenant = preparer(
        contrat,
        coordinatrice,
        "perimetre",
        communes_entrantes=communes(OUESSANT),
        communes_sortantes=communes(QUIMPER),
    )
    signer_avenant(avenant=avenant, date_signature=SIGNATURE, date_effet=EFFET, par=coordinatrice)
    veille, jour = du_perimetre(contrat, date(2026, 12, 31)), du_perimetre(contrat, EFFET)
    assert jour - veille == {OUESSANT}
    assert veille - jour == {QUIMPER}


def test_le_perimetre_garde_l_avenant_qui_l_a_change(contrat, coordinatrice):
    avenant = preparer(
        contrat,
        coordinatrice,
        communes_entrantes=communes(OUESSANT),
        communes_sortantes=communes(QUIMPER),
    )
    signe = signer_avenant(avenant=avenant, date_signature=SIGNATURE, par=coordinatrice)
    assert [p.commune_id for p in signe.entrees.all()] == [OUESSANT]
    assert [p.commune_id for p in signe.sorties.all()] == [QUIMPER]


@pytest.mark.parametrize(
    ("types", "champ"), [("prorogation", "date_fin_apres"), ("perimetre", "communes_entrantes")]
)
def test_un_avenant_dit_ce_que_son_type_annonce(contrat, coordinatrice, types, champ):
    avenant = preparer(contrat, coordinatrice, types)
    with pytest.raises(DonneesRefusees) as refus:
        signer_avenant(avenant=avenant, date_signature=SIGNATURE, par=coordinatrice)
    assert champ in refus.value.champs


def test_la_nouvelle_fin_vient_apres_l_ancienne(contrat, coordinatrice):
    with pytest.raises(DonneesRefusees, match="finit déjà le 31/12/2028"):
        preparer(contrat, coordinatrice, date_fin_apres=FIN)


def test_un_avenant_ne_se_signe_pas_avant_le_contrat(contrat, coordinatrice):
    avenant = preparer(contrat, coordinatrice)
    with pytest.raises(DonneesRefusees, match="Le contrat a été signé le 22/01/2024"):
        signer_avenant(avenant=avenant, date_signature=date(2024, 1, 21), par=coordinatrice)


def test_les_prolongations_entrent_en_vigueur_dans_l_ordre(contrat, coordinatrice):
    prolonger(contrat, coordinatrice, effet=EFFET)
    with pytest.raises(DonneesRefusees, match="prolonge déjà le contrat à partir du 01/01/2027"):
        prolonger(contrat, coordinatrice, fin=date(2030, 12, 31))


def test_une_commune_n_entre_et_ne_sort_pas_par_le_meme_acte(contrat, coordinatrice):
    avenant = preparer(contrat, coordinatrice, communes_entrantes=communes(QUIMPER))
    with pytest.raises(DonneesRefusees, match="même acte"):
        choisir_communes(
            avenant=avenant,
            sens="communes_sortantes",
            ajoutees=communes(QUIMPER),
            par=coordinatrice,
        )


def test_un_avenant_signe_ne_se_modifie_plus(contrat, coordinatrice):
    avenant = prolonger(contrat, coordinatrice)
    for geste in (
        lambda: modifier_avenant(
            avenant=avenant, valeurs={"objet": "Autre"}, version=None, par=coordinatrice
        ),
        lambda: signer_avenant(avenant=avenant, date_signature=SIGNATURE, par=coordinatrice),
    ):
        with pytest.raises(ErreurMetier, match="Cet avenant est signé"):
            geste()


def test_une_ecriture_perimee_est_refusee(contrat, coordinatrice):
    avenant = preparer(contrat, coordinatrice)
    modifier_avenant(avenant=avenant, valeurs={"objet": "Un"}, version=1, par=coordinatrice)
    with pytest.raises(ConflitVersion):
        modifier_avenant(avenant=avenant, valeurs={"objet": "Deux"}, version=1, par=coordinatrice)


def test_changer_ses_seules_communes_compte_une_version(contrat, coordinatrice):
    avenant = preparer(contrat, coordinatrice)
    ecrit = choisir_communes(
        avenant=avenant,
        sens="communes_entrantes",
        ajoutees=communes(OUESSANT),
        par=coordinatrice,
    )
    assert ecrit.version == 2


def test_retirer_le_dernier_avenant_signe_defait_ses_effets(contrat, coordinatrice):
    avenant = preparer(
        contrat,
        coordinatrice,
        "prorogation",
        date_fin_apres=PLUS_TARD,
        communes_entrantes=communes(OUESSANT),
        communes_sortantes=communes(QUIMPER),
    )
    avant = du_perimetre(contrat, EFFET)
    signe = signer_avenant(avenant=avenant, date_signature=SIGNATURE, par=coordinatrice)
    retirer_avenant(avenant=signe, par=coordinatrice)
    contrat.refresh_from_db()
    assert contrat.date_fin == FIN
    assert du_perimetre(contrat, EFFET) == avant
    assert not contrat.avenants.exists()


def test_un_avenant_suivi_d_un_autre_ne_se_retire_pas(contrat, coordinatrice):
    premier = prolonger(contrat, coordinatrice)
    prolonger(contrat, coordinatrice, fin=date(2030, 12, 31))
    with pytest.raises(ErreurMetier, match="retirez d’abord le plus récent"):
        retirer_avenant(avenant=premier, par=coordinatrice)


def test_une_fin_changee_depuis_empeche_de_retirer(contrat, coordinatrice):
    avenant = prolonger(contrat, coordinatrice)
    contrat.refresh_from_db()
    contrat.date_fin = date(2031, 1, 1)
    contrat.save()
    with pytest.raises(ErreurMetier, match="La fin du contrat a changé"):
        retirer_avenant(avenant=avenant, par=coordinatrice)


def test_l_histoire_dit_qui_a_signe(contrat, coordinatrice):
    avenant = prolonger(contrat, coordinatrice)
    derniere = avenant.events.order_by("-pgh_id").first()
    assert (derniere.etat, derniere.modifie_par) == (EtatAvenant.SIGNE, coordinatrice)


@pytest.mark.parametrize("qui", ["agent_ars", "elue", "lectrice", "voisine"])
def test_seule_la_coordination_prepare_un_avenant(contrat, request, qui):
    with pytest.raises(DroitRefuse):
        preparer(contrat, request.getfixturevalue(qui))
