"""La page du langage et le panneau d’une partie : lire, trancher, remplacer, sans rien perdre."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.models import Bilan, SectionBilan, TermeARemplacer
from bilans.services.langage import expliquer_sigle
from bilans.views import langage as vue
from contrats.models import Contrat
from tests.appuis.pages import lire, soupe
from tests.factories import BilanFactory, DecisionSigleFactory, SectionBilanFactory

TEXTE = "L’APA et le ZYX. Un établissement scolaire ouvre. <b>Gras</b> & co."
HTMX = {"HX-Request": "true"}
LE = date(2026, 2, 20)


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


@pytest.fixture
def bilan(contrat: Contrat) -> Bilan:
    return BilanFactory(contrat=contrat)


@pytest.fixture
def edito(bilan: Bilan) -> SectionBilan:
    return SectionBilanFactory(bilan=bilan, texte=TEXTE)


def page(bilan: Bilan) -> str:
    return reverse("bilans:langage", args=[bilan.pk])


def partie(bilan: Bilan, code: str = "EDITO") -> str:
    return reverse("bilans:langage_section", args=[bilan.pk, code])


def trancher(bilan: Bilan, sigle: str) -> str:
    return reverse("bilans:langage_sigle", args=[bilan.pk, sigle])


def test_la_page_demande_chaque_sigle_et_surligne_le_texte_echappe(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    lue = lire(client, page(bilan))
    assert lue.select_one("#sigle-APA input[value='APA-sport_sante']")
    assert lue.select_one("#sigle-ZYX input[value='EXPLIQUE'][checked]")
    assert "2\u00a0sigles attendent une réponse" in lue.text
    surligne = lue.select_one("#EDITO .texte-relu")
    assert surligne is not None
    assert surligne.text == TEXTE
    assert not surligne.find("b")
    assert {m.text for m in surligne.find_all("mark")} >= {"APA", "ZYX", "établissement scolaire"}


def test_sans_rien_a_relire_la_page_dit_quoi_faire(client: Client, bilan: Bilan) -> None:
    bilan.contrat.presentation = ""
    lue = lire(client, page(bilan))
    assert lue.select_one("h1")
    assert "Langage clair" in lue.text


def test_choisir_un_sens_tranche(client: Client, bilan: Bilan, edito: SectionBilan) -> None:
    donnees = {"choix": "APA-sport_sante", "version": "0"}
    suite = client.post(trancher(bilan, "APA"), donnees, follow=True)
    lue = soupe(suite)
    assert "«\u00a0APA\u00a0» est tranché" in lue.text
    tranches = lue.select_one(".sigles-tranches")
    assert tranches is not None
    assert "Activité physique adaptée" in tranches.text


def test_un_choix_sans_son_explication_revient_avec_ce_qui_est_tape(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    donnees = {"choix": "LAISSE", "explication": "tapé", "version": "0"}
    reponse = client.post(trancher(bilan, "ZYX"), donnees)
    assert reponse.status_code == 422
    lue = soupe(reponse)
    assert "Dites pourquoi ce sigle peut rester sans explication." in lue.text
    assert lue.select_one("#sigle-ZYX input[name=explication][value='tapé']")


def test_deux_reponses_en_meme_temps_se_disent(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    deja = DecisionSigleFactory(bilan=bilan, par_nom="Une autre personne")
    donnees = {"choix": "EXPLIQUE", "terme": "Mon terme", "version": "0"}
    reponse = client.post(trancher(bilan, "ZYX"), donnees)
    assert reponse.status_code == 409
    lue = soupe(reponse)
    assert "Une autre personne vient de trancher ce sigle" in lue.text
    assert lue.select_one("#sigle-ZYX input[name=terme][value='Mon terme']")
    version = lue.select_one("#sigle-ZYX input[name=version]")
    assert version is not None
    assert version["value"] == str(deja.version)


def test_revenir_sur_une_decision(client: Client, bilan: Bilan, edito: SectionBilan) -> None:
    decision = DecisionSigleFactory(bilan=bilan)
    assert not lire(client, page(bilan)).select_one("#sigle-ZYX input[name=choix]")
    rouvrir = reverse("bilans:langage_rouvrir", args=[bilan.pk, "ZYX"])
    client.post(rouvrir, {"version": str(decision.version)})
    assert lire(client, page(bilan)).select_one("#sigle-ZYX input[name=choix]")


def test_un_sigle_deja_explique_peut_l_etre_autrement(
    client: Client, bilan: Bilan, coordinatrice: Utilisateur
) -> None:
    SectionBilanFactory(bilan=bilan, texte="L’ARS aide.")
    assert not lire(client, page(bilan)).select_one("#sigle-ARS input[name=choix]")
    assert lire(client, page(bilan), sigle="ARS").select_one("#sigle-ARS input[name=choix]")
    expliquer_sigle(bilan=bilan, sigle="ARS", terme="L’agence", version=0, par=coordinatrice)
    assert "L’agence" in lire(client, page(bilan)).text


def test_un_sigle_que_le_bilan_n_emploie_pas_ne_se_tranche_pas(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    donnees = {"choix": "EXPLIQUE", "terme": "x", "version": "0"}
    assert client.post(trancher(bilan, "QQQQ"), donnees).status_code == 404


def test_le_panneau_relit_ce_que_l_on_tape_sans_rien_ecrire(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    tape = {"texte": "Le QQQ se réunit mensuellement.\r\nFin."}
    reponse = client.post(partie(bilan), tape, headers=HTMX)
    lue = soupe(reponse)
    assert not lue.find("html")
    assert "QQQ" in lue.text
    assert "ZYX" not in lue.text
    assert "chaque mois" in lue.text
    remplacer = lue.select_one("form")
    assert remplacer is not None
    donnees = {champ["name"]: champ["value"] for champ in remplacer.select("input")}
    assert client.post(str(remplacer["action"]), donnees).status_code == 409
    edito.refresh_from_db()
    assert edito.texte == TEXTE


def test_le_panneau_du_texte_enregistre_propose_de_remplacer(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    lue = soupe(client.get(partie(bilan), headers=HTMX))
    form = lue.select_one("form")
    assert form is not None
    donnees = {champ["name"]: champ["value"] for champ in form.select("input")}
    assert donnees["avant"] == "Un établissement scolaire"
    reponse = client.post(str(form["action"]), donnees)
    assert reponse.status_code == 303
    assert reponse["Location"].endswith("?cote=langage")
    edito.refresh_from_db()
    assert "Une école ouvre" in edito.texte
    perime = client.post(str(form["action"]), donnees)
    assert perime.status_code == 409
    assert "Rien n’est remplacé" in perime.content.decode()


def test_sans_javascript_la_page_rend_ce_qui_est_tape(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    tape = {"texte": "Le QQQ\nse réunit.", "signature": "Camille", "version": "1"}
    lue = soupe(client.post(partie(bilan), tape))
    assert lue.find("html")
    rendus = {str(t["name"]): t.text.removeprefix("\n") for t in lue.select("main textarea")}
    assert rendus == tape


def test_le_panneau_d_un_volet(client: Client, bilan: Bilan, axe: Any) -> None:
    lue = soupe(client.get(partie(bilan, f"volet-{axe.pk}"), headers=HTMX))
    assert "Écrivez quelques phrases" in lue.text
    assert client.get(partie(bilan, "volet-inconnu"), headers=HTMX).status_code == 404


def test_un_texte_enorme_n_est_relu_qu_au_debut(client: Client, bilan: Bilan, edito: Any) -> None:
    reponse = client.post(partie(bilan), {"texte": "mot " * 40_000}, headers=HTMX)
    assert reponse.status_code == 200
    assert "premiers signes sont relus" in reponse.content.decode()


@pytest.mark.usefixtures("horloge_arretee")
def test_trop_de_frappes_gardent_le_panneau_d_avant(
    client: Client, bilan: Bilan, edito: SectionBilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(vue, "DEBIT", "2/m")
    codes = [client.post(partie(bilan), {"texte": "x"}, headers=HTMX).status_code for _ in "abc"]
    assert codes == [200, 200, 429]


def test_qui_suit_sans_ecrire_lit_la_page_sans_geste(
    client_de: Callable[..., Client], elue: Utilisateur, bilan: Bilan, edito: SectionBilan
) -> None:
    lue = lire(client_de(elue), page(bilan))
    assert "ZYX" in lue.text
    assert not lue.select("main form")


def test_l_operateur_change_un_remplacement_et_la_page_le_suit(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    terme = TermeARemplacer.objects.filter(libelle="établissement scolaire")
    terme.update(remplacement="collège", genre="m")
    assert "Un collège" in lire(client, page(bilan)).text
    terme.update(est_actif=False)
    assert "établissement scolaire" not in {
        m.text for m in lire(client, page(bilan)).select(".texte-relu mark")
    }


def test_jamais_le_label_n_est_promis(client: Client, bilan: Bilan, edito: SectionBilan) -> None:
    texte = lire(client, page(bilan)).text
    assert "FALC" not in texte
    assert "Version simplifiée" in texte


def test_l_adresse_d_un_sigle_mene_a_lui_dans_la_page(
    client: Client, bilan: Bilan, edito: SectionBilan
) -> None:
    reponse = client.get(trancher(bilan, "ZYX"))
    assert reponse.status_code == 302
    assert reponse["Location"] == f"{page(bilan)}?sigle=ZYX#sigle-ZYX"
