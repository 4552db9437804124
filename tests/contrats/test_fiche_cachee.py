"""Une fiche à la corbeille, ou réservée à d’autres, ne change pas un caractère de ce que l’on lit.

Chaque page est lue avant que la fiche existe, puis quand elle existe et se cache.
"""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bilans.rapport import construire
from contrats.models import Action, Population, RoleActeur
from contrats.services.corbeille import mettre_a_la_corbeille
from contrats.tableur.exportation import exporter
from tests.appuis.api import RACINE, outil
from tests.droits.test_matrice import TABLE
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    BilanFactory,
    DocumentActionFactory,
    FinancementFactory,
    JalonFactory,
    LigneBudgetFactory,
    MesureFactory,
    NoteSuiviFactory,
)

# Ce qui change à chaque demande, et le compte de la corbeille, qui est fait pour changer
VOLATIL = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|Corbeille<span class="compte">\d+</span>'
    r"|Corbeille(?=</a>)|<code>[0-9a-f-]{36}</code>|\"request_id\":\"[^\"]*\""
)
# Son contenu, ou un fichier compressé dont l’heure change
A_PART = {"contrats:corbeille", "contrats:exporter_plan", "socle:pret", "acteurs:jetons"}
# Le budget du plan est entier : une fiche restreinte y compte, sans y être nommée
ENTIERS = {"contrats:plan_budget", "contrats:plan_budget_csv"}
VUES = ("arbre", "tableau", "cartes", "calendrier", "pilotes", "themes", "matrices")
API = (
    "actions/",
    "contrats/",
    "axes/",
    "objectifs/",
    "indicateurs/",
    "lignes_budget/",
    "lots/",
    "partages/",
    "contributions/",
    "financements/",
    "mesures/",
    "recits/",
    "besoins/",
    "effets/",
    "beneficiaires/",
    "recommandations/",
    "instances/",
    "reunions/",
)


@pytest.fixture
def plan(contrat, axe, action, indicateur, cpts):
    """Un plan ordinaire, avec de quoi compter."""
    autre = ActionFactory(contrat=contrat, axe=axe, numero="1.2", themes=["prevention"])
    for fiche in (action, autre):
        JalonFactory(action=fiche)
        NoteSuiviFactory(action=fiche)
        LigneBudgetFactory(action=fiche)
        FinancementFactory(action=fiche)
    MesureFactory(indicateur=indicateur, annee=2025, valeur=Decimal(12))
    return contrat


def cachee(contrat, axe, indicateur, **champs) -> Action:
    """Une fiche qui se verrait partout : en retard, chère, liée à tout, la première de l’axe."""
    fiche = ActionFactory(
        contrat=contrat,
        axe=axe,
        numero="0.0",
        titre="Fantôme des essais",
        themes=["sante_mentale"],
        en_retard=True,
        ordre=0,
        **champs,
    )
    JalonFactory(action=fiche, libelle="Étape fantôme", echeance=date(2025, 1, 1))
    NoteSuiviFactory(action=fiche, fait="Note fantôme")
    LigneBudgetFactory(action=fiche, prevu=Decimal(987654))
    FinancementFactory(action=fiche)
    DocumentActionFactory(action=fiche, titre="Document fantôme")
    ActionActeurFactory(action=fiche, acteur=ActeurFactory(nom="Organisation fantôme"))
    ActionActeurFactory(
        action=fiche, acteur=ActeurFactory(nom="Financeur fantôme"), role=RoleActeur.FINANCEUR
    )
    indicateur.actions.add(fiche)
    fiche.communes.set(contrat.perimetres.values_list("commune_id", flat=True)[:1])
    fiche.populations.set(Population.objects.order_by("pk")[:1])
    return fiche


def adresses(contrat, action, indicateur) -> dict[str, str]:
    cles = {"contrat": contrat, "action": action, "indicateur": indicateur}
    lues = {}
    for ligne in TABLE:
        if (
            ligne.methode != "GET"
            or ligne.route.endswith(("_pdf", "_docx"))
            or ligne.route in A_PART
            or ligne.objet not in {*cles, "", "slug"}
        ):
            continue
        arguments = dict(ligne.parametres)
        if ligne.objet == "slug":
            arguments["slug"] = contrat.slug
        elif ligne.objet:
            arguments["pk"] = cles[ligne.objet].pk
        lues[ligne.route + str(ligne.parametres or "")] = reverse(ligne.route, kwargs=arguments)
    page = reverse("contrats:plan", args=[contrat.pk])
    lues |= {f"vue {vue}": f"{page}?vue={vue}" for vue in VUES}
    lues |= {
        f"plan {f}": f"{page}?{f}"
        for f in ("recherche=fantome", "recherche=permanence&vue=extraits", "sans_budget=false")
    }
    return lues


def en_texte(contenu: bytes) -> str:
    """D’un classeur, ses feuilles et ses textes : l’heure du fichier n’y est pas."""
    if not contenu.startswith(b"PK\x03\x04"):
        return contenu.decode(errors="replace")
    with ZipFile(BytesIO(contenu)) as archive:
        noms = [n for n in archive.namelist() if n.startswith("xl/")]
        return "\n".join(f"{nom} {archive.read(nom).decode()}" for nom in noms)


def lire(personne, contrat, action, indicateur, client_de) -> dict[str, str]:
    client = client_de(personne)
    lu = {}
    for nom, adresse in adresses(contrat, action, indicateur).items():
        reponse = client.get(adresse)
        lu[nom] = f"{reponse.status_code} " + (
            VOLATIL.sub("", en_texte(reponse.content))
            if not reponse.streaming
            else str(sum(map(len, reponse.streaming_content)))
        )
    api = outil(personne) if personne.is_authenticated else Client()
    for route in API:
        reponse = api.get(f"{RACINE}{route}")
        lu[f"API {route}"] = f"{reponse.status_code} {reponse.content.decode()}"
    return lu


def ecarts(avant: dict[str, str], apres: dict[str, str]) -> list[str]:
    trouves = []
    for nom, texte in avant.items():
        if apres[nom] != texte:
            autre = apres[nom]
            paires = enumerate(zip(texte, autre, strict=False))
            rang = next((i for i, (a, b) in paires if a != b), 0)
            trouves.append(
                f"{nom} : {texte[rang - 60 : rang + 40]!r} → {autre[rang - 60 : rang + 60]!r}"
            )
    return trouves


@pytest.mark.parametrize("personnage", ["coordinatrice", "anonyme"])
def test_une_fiche_a_la_corbeille_ne_change_aucune_page(
    request, plan, axe, action, indicateur, coordinatrice, client_de, personnage
):
    personne = request.getfixturevalue(personnage)
    avant = lire(personne, plan, action, indicateur, client_de)
    fiche = cachee(plan, axe, indicateur)
    mettre_a_la_corbeille(action=fiche, version=1, par=coordinatrice)
    trouves = ecarts(avant, lire(personne, plan, action, indicateur, client_de))
    assert not trouves, "\n".join(["", *trouves])


@pytest.mark.parametrize("personnage", ["lectrice", "elue"])
def test_une_fiche_restreinte_ne_change_aucune_page_de_qui_ne_la_lit_pas(
    request, plan, axe, action, indicateur, client_de, personnage
):
    personne = request.getfixturevalue(personnage)
    avant = lire(personne, plan, action, indicateur, client_de)
    cachee(plan, axe, indicateur, est_restreinte=True, est_publique=False)
    avant = {nom: texte for nom, texte in avant.items() if nom not in ENTIERS}
    trouves = ecarts(avant, lire(personne, plan, action, indicateur, client_de))
    assert not trouves, "\n".join(["", *trouves])


def test_le_bilan_et_le_tableur_ignorent_la_corbeille(plan, axe, indicateur, coordinatrice):
    fiche = cachee(plan, axe, indicateur)
    mettre_a_la_corbeille(action=fiche, version=1, par=coordinatrice)
    csv = exporter(plan, plan.actions.all(), "csv").decode()
    assert "Fantôme" not in csv
    bilan = BilanFactory(contrat=plan, annee=2025)
    assert "antôme" not in str(construire(bilan, arrete_le=date(2026, 1, 15)))


def test_une_fiche_que_prolonge_une_autre_disparait_aussi_de_celle_ci(
    plan, axe, action, indicateur, coordinatrice, client_de
):
    fiche = cachee(plan, axe, indicateur)
    Action.objects.filter(pk=action.pk).update(action_precedente=fiche)
    adresse = reverse("contrats:action", args=[action.pk])
    assert "Fantôme" in client_de(coordinatrice).get(adresse).content.decode()
    Action.objects.filter(pk=fiche.pk).update(corbeille_le=timezone.now())
    vue = client_de(coordinatrice).get(adresse).content.decode().partition('id="journal"')[0]
    assert "Fantôme" not in vue
