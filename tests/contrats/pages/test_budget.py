"""L’onglet « Budget » d’une fiche : lire, ajouter, modifier, retirer, sans rien perdre."""

import pytest
from django.urls import reverse

from contrats.models import Financement, LigneBudget
from contrats.services.financement import modifier_argent
from tests.appuis.pages import soupe
from tests.factories import ActionFactory, FinancementFactory, LigneBudgetFactory

HTMX = {"HX-Request": "true"}
DEPENSE = {"annee": "2026", "nature": "prestation", "unite": "EUROS", "prevu": "12 500,50 €"}
FINANCEMENT = {
    "annee": "2026", "type_financeur": "fir", "statut": "DEMANDE", "montant_demande": "8 k€",
}  # fmt: skip


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def onglet(action):
    return reverse("contrats:action_budget", args=[action.pk])


def adresse(nom, objet):
    return reverse(f"contrats:{nom}", args=[objet.pk])


def texte(reponse):
    return soupe(reponse).get_text(" ", strip=True)


def test_une_fiche_sans_montant_propose_d_en_ajouter(client, onglet):
    vide = soupe(client.get(onglet)).select_one(".etat-vide")
    assert [a.get_text() for a in vide.select("a")] == [
        "Ajouter une dépense",
        "Ajouter un financement",
    ]


def test_qui_ne_peut_pas_ecrire_n_a_aucun_geste(client_de, elue, action, onglet):
    LigneBudgetFactory(action=action)
    page = soupe(client_de(elue).get(onglet)).select_one("#budget")
    assert not page.select("a")
    assert "10\u202f000\u00a0€" in page.get_text()


def test_qui_ne_voit_pas_le_budget_n_a_pas_l_onglet(client_de, partenaire, action, onglet):
    client = client_de(partenaire)
    assert client.get(onglet).status_code == 403
    fiche = soupe(client.get(reverse("contrats:action", args=[action.pk])))
    assert "Budget" not in fiche.select_one(".onglets").get_text()


def test_une_depense_s_ajoute_avec_un_montant_ecrit_a_la_francaise(client, action, onglet):
    reponse = client.post(adresse("ligne_ajouter", action), DEPENSE)
    ligne = action.lignes_budget.get()
    assert (reponse.status_code, reponse["Location"]) == (303, f"{onglet}#ligne-{ligne.pk}")
    assert str(ligne.prevu) == "12500.50"
    assert ligne.realise is None


@pytest.mark.parametrize(
    ("champ", "saisie", "phrase"),
    [
        ("prevu", "12.500", "se lit de deux façons"),
        ("prevu", "0,5 ETP", "Le montant et l’unité se contredisent"),
        ("prevu", "", "au moins un montant"),
        ("annee", "26", "quatre chiffres"),
        ("nature", "", "obligatoire"),
    ],
)
def test_une_depense_refusee_garde_tout_et_dit_le_remede(client, action, champ, saisie, phrase):
    reponse = client.post(
        adresse("ligne_ajouter", action), {**DEPENSE, "libelle": "Salle", champ: saisie}
    )
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert page.select_one("[name=libelle]")["value"] == "Salle"
    controle = page.select_one(f"[name={champ}]")
    erreur = page.select_one(f"#{controle['aria-describedby'].split()[-1]}")
    assert phrase in erreur.get_text()
    assert controle["aria-invalid"] == "true"
    assert not LigneBudget.objects.exists()


def test_la_mission_du_fir_ne_reste_que_pour_le_fir(client, action):
    client.post(adresse("financement_ajouter", action), {**FINANCEMENT, "mission_fir": "M1"})
    autre = {**FINANCEMENT, "type_financeur": "caf", "mission_fir": "M1"}
    client.post(adresse("financement_ajouter", action), autre)
    assert set(action.financements.values_list("type_financeur", "mission_fir")) == {
        ("fir", "M1"), ("caf", ""),
    }  # fmt: skip
    assert "mission 1" in texte(client.get(adresse("action_budget", action)))


def test_un_financement_refuse_ne_peut_pas_etre_accorde(client, action):
    corps = {**FINANCEMENT, "statut": "REFUSE", "montant_accorde": "10"}
    reponse = client.post(adresse("financement_ajouter", action), corps)
    assert reponse.status_code == 422
    assert "Un financement refusé n’a ni montant accordé" in texte(reponse)
    assert not Financement.objects.exists()


def test_l_argent_le_temps_et_les_apports_ont_chacun_leur_total(client, action, onglet):
    LigneBudgetFactory(action=action, prevu=1000, realise=900)
    LigneBudgetFactory(action=action, prevu=500)
    LigneBudgetFactory(action=action, etp=True)
    LigneBudgetFactory(action=action, en_nature=True, prevu=300)
    page = soupe(client.get(onglet))
    totaux = {
        r.th.get_text(): [td.get_text() for td in r.select("td.d")] for r in page.select("tr.total")
    }
    assert totaux == {
        "Total en argent, 2025": ["1\u202f500\u00a0€", "900\u00a0€"],
        "Total du temps de travail, 2025": ["0,5\u00a0ETP", "–"],
        "Total des apports en nature, 2025": ["300\u00a0€", "–"],
    }


@pytest.mark.parametrize(
    ("prevu", "accorde", "phrase"),
    [
        (10_000, 7_000, "En 2025 : il reste 3 000 € à trouver sur 10 000 €."),
        (10_000, 12_000, "En 2025 : les financements dépassent le budget de 2 000 €."),
        (10_000, None, "En 2025 : aucun financement en face de 10 000 € de budget."),
        (None, 5_000, "En 2025 : 5 000 € de financement, sans budget en face."),
        (10_000, 10_000, "Chaque année, les financements couvrent exactement le budget."),
    ],
)
def test_l_ecart_se_dit_en_mots_et_n_empeche_rien(client, action, onglet, prevu, accorde, phrase):
    if prevu:
        LigneBudgetFactory(action=action, prevu=prevu)
    if accorde:
        FinancementFactory(action=action, montant_accorde=accorde)
    reponse = client.get(onglet)
    assert reponse.status_code == 200
    assert phrase in " ".join(texte(reponse).split())


def test_en_place_la_ligne_s_ouvre_se_ferme_et_dit_l_heure(client, action):
    ligne = LigneBudgetFactory(action=action)
    modifier = adresse("ligne_modifier", ligne)
    ouverte = client.get(modifier, headers=HTMX)
    assert ouverte["HX-Retarget"] == "#budget"
    form = soupe(ouverte).select_one("#budget form")
    assert form.select_one("[name=prevu]")["value"] == "10\u202f000"
    assert form.select_one("[data-cls-focus]")["name"] == "annee"

    fermee = soupe(client.get(modifier, {"annuler": "1"}, headers=HTMX))
    assert fermee.select_one(f"#ligne-{ligne.pk} [data-cls-focus]")["href"] == modifier

    corps = {**DEPENSE, "version": "1", "realise": "1"}
    ecrite = soupe(client.post(modifier, corps, headers=HTMX))
    assert "Enregistré à" in ecrite.select_one(f"#ligne-{ligne.pk} [data-cls-focus]").get_text()


def test_le_fragment_est_le_morceau_de_la_page(client, action, onglet):
    LigneBudgetFactory(action=action)
    FinancementFactory(action=action)
    for une in (onglet, adresse("ligne_ajouter", action)):
        fragment, page = client.get(une, headers=HTMX), client.get(une)
        assert net(soupe(fragment)) == net(soupe(page))


def net(page):
    for jeton in page.select("[name=csrfmiddlewaretoken]"):
        jeton.decompose()
    return "".join(str(page.select_one("#budget")).split())


def test_deux_versions_se_departagent_sans_rien_perdre(client, action, elue, coordinatrice):
    ligne = LigneBudgetFactory(action=action)
    modifier_argent(objet=ligne, valeurs={"prevu": 7000}, version=1, par=coordinatrice)
    modifier = adresse("ligne_modifier", ligne)
    corps = {**DEPENSE, "libelle": "Salle", "version": "1"}
    reponse = client.post(modifier, corps)
    page = soupe(reponse)
    assert reponse.status_code == 409
    assert "12\u202f500,50" in page.get_text()
    assert "7\u202f000" in page.get_text()
    cachees = {t["name"]: t.get_text().strip() for t in page.select(".conflit textarea")}
    assert cachees["libelle"] == "Salle"
    cachees |= {c["name"]: c["value"] for c in page.select(".conflit input[type=hidden]")}

    reprise = soupe(client.post(modifier, {**cachees, "reprendre": "1"}))
    assert reprise.select_one("[name=prevu]")["value"] == "12 500,50 €"
    assert client.post(modifier, cachees).status_code == 303
    ligne.refresh_from_db()
    assert (ligne.libelle, str(ligne.prevu)) == ("Salle", "12500.50")


def test_retirer_demande_confirmation_et_refuse_ce_qui_a_change(client, action, coordinatrice):
    ligne = LigneBudgetFactory(action=action)
    retirer = adresse("ligne_retirer", ligne)
    assert "Retirer" in texte(client.get(retirer))
    assert LigneBudget.objects.exists()
    modifier_argent(objet=ligne, valeurs={"prevu": 7000}, version=1, par=coordinatrice)
    perime = client.post(retirer, {"version": "1"})
    assert perime.status_code == 409
    assert "a changé entre-temps" in texte(perime)
    assert client.post(retirer, {"version": "2"}).status_code == 303
    assert not LigneBudget.objects.exists()


def test_un_pilote_n_ecrit_que_sur_ses_actions(client_de, pilote, action, contrat):
    client = client_de(pilote)
    assert client.post(adresse("ligne_ajouter", action), DEPENSE).status_code == 303
    autre = ActionFactory(contrat=contrat)
    assert client.get(adresse("action_budget", autre)).status_code == 200
    assert client.post(adresse("ligne_ajouter", autre), DEPENSE).status_code == 403
    assert not autre.lignes_budget.exists()


@pytest.mark.parametrize("geste", ["ligne_modifier", "ligne_retirer"])
def test_la_voisine_ne_trouve_pas_la_ligne(client_de, voisine, action, geste):
    ligne = LigneBudgetFactory(action=action)
    assert client_de(voisine).get(adresse(geste, ligne)).status_code == 404


def test_un_texte_hostile_reste_du_texte(client, action, onglet):
    corps = {**DEPENSE, "libelle": "<script>alert(1)</script>"}
    client.post(adresse("ligne_ajouter", action), corps)
    assert b"<script>alert" not in client.get(onglet).content


def test_le_nombre_de_requetes_ne_depend_pas_des_lignes(
    client, action, onglet, exiger_requetes_plates
):
    def peupler(nombre):
        for rang in range(nombre):
            LigneBudgetFactory(action=action, annee=2020 + rang % 5)
            FinancementFactory(action=action, annee=2020 + rang % 5)

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(onglet))
