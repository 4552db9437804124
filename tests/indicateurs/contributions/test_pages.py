"""Les pages de la coordination : demander, relire, décider, suivre un lien."""

import pytest
from django.urls import reverse

from contrats.models import Contribution, Decision, LienContribution
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    ContributionFactory,
    JalonFactory,
    LienContributionFactory,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


def test_du_plan_on_arrive_aux_nouvelles_avec_leur_nombre(client, recue, contrat):
    liste = reverse("indicateurs:contributions", args=[contrat.pk])
    plan = client.get(reverse("contrats:plan", args=[contrat.pk])).content.decode()
    assert f'href="{liste}"' in plan
    assert '<span class="compte alerte">1<' in plan
    texte = client.get(liste).content.decode()
    assert "réponse à relire" in texte
    assert "Camille Exemple, Chargée de projet, CPTS des Essais" in texte


def test_qui_ne_modifie_pas_le_plan_ne_voit_pas_le_bouton(client_de, lectrice, contrat, action):
    plan = client_de(lectrice).get(reverse("contrats:plan", args=[contrat.pk])).content.decode()
    assert reverse("indicateurs:contributions", args=[contrat.pk]) not in plan


def test_demander_choisit_d_abord_a_qui_puis_coche_ses_fiches(client, contrat, action, cpts):
    adresse = reverse("indicateurs:demander", args=[contrat.pk])
    assert "CPTS des Essais" in client.get(adresse).content.decode()
    assert client.get(f"{adresse}?choisi=1").status_code == 422
    page = client.get(f"{adresse}?acteur={cpts.pk}").content.decode()
    assert f'value="{action.pk}"' in page
    assert page.count("checked") == 5, "sa fiche et les quatre demandes"


def test_les_liens_crees_sont_montres_une_fois(client, contrat, action, cpts, site_du_partenaire):
    relais = ActeurFactory(nom="Relais fictif")
    ActionActeurFactory(action=action, acteur=relais)
    adresse = reverse("indicateurs:demander", args=[contrat.pk])
    reponse = client.post(
        f"{adresse}?acteur={cpts.pk}&acteur={relais.pk}",
        {
            "demandes": ["NOTE"],
            "annee": 2026,
            "jours": 30,
            f"fiches-{cpts.pk}": [action.pk],
            f"fiches-{relais.pk}": [action.pk],
            f"courriel-{relais.pk}": "relais@exemple.fr",
        },
    )
    assert reponse.status_code == 200
    trouvees = site_du_partenaire(reponse)
    assert len(trouvees) == 2
    for chemin in trouvees:
        assert client.get(chemin).status_code == 200
    assert LienContribution.objects.exclude(travail=None).get().acteur == relais
    suivi = client.get(reverse("indicateurs:lien", args=[LienContribution.objects.first().pk]))
    assert site_du_partenaire(suivi) == []


@pytest.fixture
def site_du_partenaire():
    def trouver(reponse):
        texte = reponse.content.decode()
        base = "https://cls.exemple.fr"
        return [m.split('"')[0] for m in texte.split(base)[1:] if m.startswith("/contribution/")]

    return trouver


def test_une_demande_refusee_garde_ce_qui_est_tape(client, contrat, action, cpts):
    adresse = f"{reverse('indicateurs:demander', args=[contrat.pk])}?acteur={cpts.pk}"
    reponse = client.post(adresse, {"annee": 2026, "jours": 900, "message": "Ne pas perdre"})
    texte = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Ne pas perdre" in texte
    assert not LienContribution.objects.exists()


def test_on_compare_puis_on_decide_champ_par_champ(client, recue, action):
    adresse = reverse("indicateurs:contribution", args=[recue.pk])
    page = client.get(adresse)
    assert "Le local ferme tout l’été" in page.content.decode()
    element = recue.elements.get(genre="STATUT")
    present = page.context["lignes"][0].form.fields["present"].initial
    reponse = client.post(
        adresse,
        {
            "geste": f"accepter:{element.pk}",
            f"{element.pk}-present": present,
            f"{element.pk}-statut": "BLOQUEE",
            f"{element.pk}-raison": "Local fermé",
        },
    )
    assert reponse.status_code == 303
    action.refresh_from_db()
    assert (action.statut, action.statut_raison) == ("BLOQUEE", "Local fermé")
    element.refresh_from_db()
    assert element.decision == Decision.MODIFIE


def test_tout_accepter_d_un_geste_en_place(client, recue, action):
    adresse = reverse("indicateurs:contribution", args=[recue.pk])
    lignes = client.get(adresse).context["lignes"]
    donnees = {f"{li.element.pk}-present": li.form.fields["present"].initial for li in lignes}
    reponse = client.post(adresse, donnees | {"geste": "tout"}, headers=HTMX)
    texte = reponse.content.decode()
    assert reponse.status_code == 200
    assert texte.lstrip().startswith('<div id="contribution"')
    assert "Tout est décidé" in texte
    assert action.notes.get().participants == 42


def test_la_fiche_changee_depuis_la_lecture_est_montree_avec_la_saisie(client, recue, action):
    adresse = reverse("indicateurs:contribution", args=[recue.pk])
    element = recue.elements.get(genre="STATUT")
    present = client.get(adresse).context["lignes"][0].form.fields["present"].initial
    type(action).objects.filter(pk=action.pk).update(statut="REALISEE")
    donnees = {
        "geste": f"accepter:{element.pk}",
        f"{element.pk}-present": present,
        f"{element.pk}-statut": "EN_PAUSE",
        f"{element.pk}-raison": "Ma saisie",
    }
    reponse = client.post(adresse, donnees)
    texte = reponse.content.decode()
    assert reponse.status_code == 409
    for attendu in ("a changé depuis", "Ma saisie", "Réalisée", "En cours"):
        assert attendu in texte
    ligne = reponse.context["lignes"][0]
    donnees[f"{element.pk}-present"] = ligne.form["present"].value()
    assert client.post(adresse, donnees).status_code == 303


def test_un_refus_sans_raison_revient_avec_sa_phrase(client, recue):
    adresse = reverse("indicateurs:contribution", args=[recue.pk])
    element = recue.elements.first()
    reponse = client.post(adresse, {"geste": f"refuser:{element.pk}"})
    assert reponse.status_code == 422
    assert "Dites pourquoi" in reponse.content.decode()


def test_la_note_acceptee_dit_de_qui_elle_vient(client, recue, action):
    adresse = reverse("indicateurs:contribution", args=[recue.pk])
    lignes = client.get(adresse).context["lignes"]
    donnees = {f"{li.element.pk}-present": li.form.fields["present"].initial for li in lignes}
    client.post(adresse, donnees | {"geste": "tout"})
    for nom in ("contrats:action_suivi", "contrats:action"):
        texte = client.get(reverse(nom, args=[action.pk])).content.decode()
        assert "ontribution de Camille Exemple" in texte


def test_un_lien_se_relance_se_copie_se_renouvelle_se_revoque(
    client, lien, site_du_partenaire, client_de, anonyme
):
    adresse = reverse("indicateurs:lien", args=[lien.pk])
    refus = client.post(adresse, {"geste": "relancer"})
    assert (refus.status_code, "pas d’adresse" in refus.content.decode()) == (422, True)
    (copie,) = site_du_partenaire(client.post(adresse, {"geste": "copier"}))
    public = client_de(anonyme)
    assert public.get(copie).status_code == 200
    (neuve,) = site_du_partenaire(client.post(adresse, {"geste": "renouveler", "jours": 10}))
    assert (public.get(copie).status_code, public.get(neuve).status_code) == (404, 200)
    assert client.post(adresse, {"geste": "revoquer"}).status_code == 303
    assert public.get(neuve).status_code == 404
    assert "révoqué" in client.get(adresse).content.decode()


def test_les_listes_coutent_autant_de_requetes_pour_trente_fiches(
    client, contrat, cpts, exiger_requetes_plates
):
    lien = LienContributionFactory(contrat=contrat, acteur=cpts)

    def peupler(nombre):
        for _ in range(nombre):
            action = ActionFactory(contrat=contrat, pilote=cpts)
            ContributionFactory(action=action, lien=lien, recue=True)
            LienContributionFactory(contrat=contrat, acteur=ActeurFactory())

    liste = reverse("indicateurs:contributions", args=[contrat.pk])
    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(liste))


def test_la_page_du_partenaire_et_le_choix_sont_plats(
    client, contrat, cpts, exiger_requetes_plates
):
    lien = LienContributionFactory(contrat=contrat, acteur=cpts)

    def peupler(nombre):
        for _ in range(nombre):
            action = ActionFactory(contrat=contrat, pilote=cpts)
            JalonFactory(action=action)
            Contribution.objects.create(lien=lien, action=action)
            ActionActeurFactory(action=action)

    page = reverse("indicateurs:partenaire", args=[contrat.slug, lien.secret])
    demander = reverse("indicateurs:demander", args=[contrat.pk])
    suivi = reverse("indicateurs:lien", args=[lien.pk])
    exiger_requetes_plates(
        peupler=peupler, lire=lambda: [client.get(a) for a in (page, demander, suivi)]
    )


def test_une_contribution_coute_autant_pour_trente_champs(
    client, contrat, action, exiger_requetes_plates
):
    recue = ContributionFactory(action=action, recue=True)

    def peupler(nombre):
        for rang in range(nombre):
            jalon = JalonFactory(action=action)
            recue.elements.create(
                genre="ETAPE",
                champ="fait_le",
                objet=jalon.pk,
                libelle=f"Étape {rang}",
                lu={"fait_le": ""},
                propose={"fait_le": "2026-02-12"},
            )

    adresse = reverse("indicateurs:contribution", args=[recue.pk])
    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse))
