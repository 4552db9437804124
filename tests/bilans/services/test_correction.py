"""Une correction garde les données de l’édition d’avant : seuls les mots et les choix changent."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bilans.instantane import Instantane, relire
from bilans.models import Bilan, CodeSection, SectionBilan
from bilans.rapport import construire
from bilans.services.ouverture import ouvrir_bilan
from bilans.services.redaction import ecrire_section
from bilans.services.rendu import demander_pdf, donnees_plus_recentes, figer, rendre_bilan
from bilans.services.sommaire import montrer_section
from bilans.services.volets import choisir_actions, ecrire_volet
from bilans.technique.donnees import relire as relire_technique
from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Action, Contrat
from contrats.services.plan import modifier_action
from tests.factories import BilanFactory, FinancementFactory, IndicateurFactory, MesureFactory
from tests.factories.ecriture import VoletBilanFactory
from tests.factories.preparation import ActionEnAvantFactory, CharteBilanFactory

ALORS, AUJOURDHUI = date(2026, 2, 20), date(2026, 3, 12)


@pytest.fixture
def publie(contrat: Contrat, action: Action) -> Bilan:
    """Publié le 20 février, avec une action racontée, un indicateur, de l’argent, un technique."""
    action.themes.set(["sante_mentale"])
    MesureFactory(indicateur=IndicateurFactory(contrat=contrat, actions=[action]), annee=2025)
    FinancementFactory(action=action, annee=2025, montant_accorde=6789, statut="ACCORDE")
    bilan = BilanFactory(contrat=contrat)
    for code in CodeSection.values:
        SectionBilan.objects.create(bilan=bilan, code=code, texte="", ordre=0)
    SectionBilan.objects.filter(bilan=bilan, code="EDITO").update(texte="Le mot d’alors.")
    VoletBilanFactory(bilan=bilan, axe=action.axe, texte="Le texte d’alors.", utile="Le 3000")
    ActionEnAvantFactory(bilan=bilan, action=action, recit="Le récit d’alors.")
    instantane, technique = figer(bilan, le=ALORS)
    fige = {"instantane": instantane.vers_simple(), "technique": technique.vers_simple()}
    Bilan.objects.filter(pk=bilan.pk).update(
        **fige, statut="PUBLIE", publie_le="2026-02-21T09:00Z", instantane_le="2026-02-20T09:00Z",
        sha256="a" * 64, chemin="bilans/essai.pdf",
    )  # fmt: skip
    return Bilan.objects.get(pk=bilan.pk)


@pytest.fixture
def correction(publie: Bilan, coordinatrice: Any) -> Bilan:
    return ouvrir_bilan(contrat=publie.contrat, annee=2025, par=coordinatrice)


@pytest.fixture
def change(action: Action, correction: Bilan, coordinatrice: Any) -> Action:
    """Depuis l’édition 1, l’action a fini et changé de nom, une valeur et un montant sont venus."""
    action.refresh_from_db()
    valeurs = {"titre": "Tout autre", "statut": "REALISEE", "resume_public": "Un résumé neuf."}
    modifier_action(action=action, version=action.version, valeurs=valeurs, par=coordinatrice)
    MesureFactory(indicateur=IndicateurFactory(contrat=action.contrat, actions=[action]))
    FinancementFactory(action=action, annee=2025, montant_accorde=1234, statut="ACCORDE")
    return action


def lire(bilan: Bilan) -> Instantane:
    return construire(bilan, arrete_le=AUJOURDHUI)


def alors(publie: Bilan) -> Instantane:
    return construire(publie, arrete_le=ALORS)


def test_rien_de_touche_la_correction_dit_mot_pour_mot_l_edition_d_avant(
    publie: Bilan, correction: Bilan
) -> None:
    attendu = alors(publie)
    lue = lire(correction)
    assert correction.reprend_les_donnees
    assert lue.adresse_courte != attendu.adresse_courte
    assert lue == replace(attendu, edition=2, adresse_courte=lue.adresse_courte)


def test_des_mots_changent_et_aucun_chiffre(
    publie: Bilan, correction: Bilan, change: Action, coordinatrice: Any
) -> None:
    section = correction.sections.get(code="EDITO")
    ecrire_section(section=section, texte="Le mot corrigé.", version=None, par=coordinatrice)
    lue, avant = lire(correction), alors_fige(publie)
    assert lue.textes.edito is not None
    assert lue.textes.edito.texte == "Le mot corrigé."
    for nom in ("arrete_le", "volets", "chiffres", "argent", "territoire", "partenaires", "carte"):
        assert getattr(lue, nom) == getattr(avant, nom), nom


def alors_fige(publie: Bilan) -> Instantane:
    return relire(publie.instantane or {})


def test_avec_les_donnees_du_jour_tout_est_relu(
    correction: Bilan, change: Action, coordinatrice: Any
) -> None:
    demander_pdf(bilan=correction, par=coordinatrice, reprises=False)
    correction.refresh_from_db()
    lue = lire(correction)
    assert lue.arrete_le == AUJOURDHUI
    assert [a.titre for a in lue.actions] == ["Tout autre"]
    assert correction.modifie_par == coordinatrice


def test_un_recit_ote_laisse_le_resume_de_la_fiche_et_un_choix_ote_celui_des_donnees(
    correction: Bilan, action: Action, coordinatrice: Any
) -> None:
    suite: dict[str, Any] = {"bilan": correction, "axe": action.axe, "version": None}
    recits = {r.pk: "" for r in correction.actions_en_avant.all()}
    valeurs = {"texte": "", "utile": ""}
    ecrire_volet(**suite, valeurs=valeurs, recits=recits, par=coordinatrice)
    (volet,) = lire(correction).volets
    assert volet.actions[0].resume == action.resume_public
    assert volet.texte == ""
    assert volet.utile not in {"", "Le 3000"}, "le numéro utile du thème revient"
    choisir_actions(**suite, actions=[], par=coordinatrice)
    (volet,) = lire(correction).volets
    assert [(a.en_avant, a.rang) for a in volet.actions] == [(True, 0)]


def test_une_partie_de_l_argent_retiree_ne_fige_aucun_montant(
    correction: Bilan, coordinatrice: Any
) -> None:
    assert lire(correction).argent is not None
    budget = correction.sections.get(code="BUDGET")
    montrer_section(section=budget, est_presente=False, par=coordinatrice)
    assert lire(correction).argent is None


def test_le_bilan_technique_est_celui_d_avant_a_son_edition(
    publie: Bilan, correction: Bilan, change: Action
) -> None:
    _, technique = figer(correction, le=AUJOURDHUI)
    assert technique == replace(relire_technique(publie.technique or {}), edition=2)


def test_le_pdf_refait_garde_les_donnees_puis_les_relit_quand_on_le_demande(
    correction: Bilan, change: Action, coordinatrice: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    faits = []
    for reprises in (None, False, True):
        travail = demander_pdf(bilan=correction, par=coordinatrice, reprises=reprises)
        rendre_bilan(travail_id=travail.pk)
        correction.refresh_from_db()
        faits.append((correction.instantane or {})["arrete_le"])
        assert not donnees_plus_recentes(correction)
    assert faits == ["2026-02-20", "2026-03-12", "2026-02-20"]


def test_le_pdf_d_une_correction_n_est_perime_que_par_ce_que_l_on_ecrit(
    correction: Bilan, contrat: Contrat, change: Action, coordinatrice: Any
) -> None:
    Bilan.objects.filter(pk=correction.pk).update(instantane_le="2026-03-12T23:00:00Z")
    correction.refresh_from_db()
    Action.objects.update(modifie_le="2026-03-13T10:00:00Z")
    assert not donnees_plus_recentes(correction)
    CharteBilanFactory(contrat=contrat, modifie_le="2026-03-13T10:00:00Z")
    assert donnees_plus_recentes(correction), "une couleur changée se voit dans le PDF"


def test_sans_edition_d_avant_il_n_y_a_rien_a_reprendre(
    contrat: Contrat, coordinatrice: Any
) -> None:
    neuf = ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice)
    assert not neuf.reprend_les_donnees
    with pytest.raises(ErreurMetier, match="celles du jour valent"):
        demander_pdf(bilan=neuf, par=coordinatrice, reprises=True)


def test_une_edition_d_un_vieux_schema_se_corrige_avec_les_donnees_du_jour(
    contrat: Contrat, coordinatrice: Any
) -> None:
    BilanFactory(contrat=contrat, publie=True, instantane={"schema": 1})
    assert not ouvrir_bilan(contrat=contrat, annee=2025, par=coordinatrice).reprend_les_donnees


def test_la_page_dit_quelles_donnees_et_propose_les_autres(
    client_de: Any, coordinatrice: Any, correction: Bilan
) -> None:
    client: Client = client_de(coordinatrice)
    for nom in ("bilan", "documents"):
        page = client.get(reverse(f"bilans:{nom}", args=[correction.pk])).content.decode()
        assert "Faire le PDF avec les données du jour" in page
    assert (
        "Le PDF garde les données de l’édition 1."
        in client.get(reverse("bilans:bilan", args=[correction.pk])).content.decode()
    )
    client.post(reverse("bilans:demander", args=[correction.pk]), {"donnees": "jour"})
    correction.refresh_from_db()
    assert not correction.reprend_les_donnees
    assert correction.travail is not None
