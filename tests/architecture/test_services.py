"""Les écritures ont une seule porte : des fonctions de `services/`, nommées, signées, sans le web."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import APPLICATIONS, arbre, lignes_qui, liste, nom, python

ECRITURES = {
    "creer",
    "enregistrer",
    "marquer",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "delete",
    "save",
    "update",
}
# Le socle des écritures, et ce que le système fait seul. Les `charger_…` sont lancés par l’opérateur.
SANS_AUTEUR = {
    "acteurs/services/acces_api.py:noter_usage",
    "acteurs/services/suivi.py",
    "acteurs/services/invitations.py:accepter_invitation",
    "bilans/services/rendu.py:rendre_bilan",
    "bilans/services/courriels_relecture.py:ouvrir_les_recapitulatifs",
    "contrats/services/envoi_contribution.py:effacer_les_noms",
    "bilans/services/dossier.py:effacer_les_expires",
    "bilans/services/apercus.py:effacer_les_anciens",
    "bilans/services/reactions.py:effacer_les_courriels",
    "bilans/services/abonnements.py:purger_les_abonnements",
    "bilans/services/annonce_bilan.py:oublier_les_envois",
}


def services() -> list[Path]:
    return [f for f in python() if re.match(r"\w+/services/\w+\.py", nom(f))]


def vues_et_api() -> list[Path]:
    return [f for f in python() if re.match(rf"({'|'.join(APPLICATIONS)})/(views|api)/", nom(f))]


def fonctions_publiques(fichier: Path) -> list[ast.FunctionDef]:
    return [
        n
        for n in arbre(fichier).body
        if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")
    ]


def ecrit(fonction: ast.FunctionDef) -> bool:
    appels = (n.func for n in ast.walk(fonction) if isinstance(n, ast.Call))
    return any(
        (isinstance(a, ast.Attribute) and a.attr in ECRITURES)
        or (isinstance(a, ast.Name) and a.id in ECRITURES)
        for a in appels
    )


def test_une_ecriture_ne_prend_que_des_arguments_nommes_et_dit_par_qui():
    fautes = []
    for fichier in services():
        for fonction in fonctions_publiques(fichier):
            lieu = f"{nom(fichier)}:{fonction.name}"
            chargement = fonction.name.startswith("charger_")
            if not ecrit(fonction) or chargement or {nom(fichier), lieu} & SANS_AUTEUR:
                continue
            nommes = [a.arg for a in fonction.args.kwonlyargs]
            if fonction.args.args or "par" not in nommes:
                fautes.append(f"{lieu}({', '.join(nommes)})")
    assert not fautes, liste(fautes)


def test_un_service_ne_recoit_ni_requete_ni_formulaire():
    fautes = [
        f"{nom(f)}:{fonction.name}({a.arg})"
        for f in services()
        for fonction in ast.walk(arbre(f))
        if isinstance(fonction, ast.FunctionDef)
        for a in [*fonction.args.args, *fonction.args.kwonlyargs]
        if a.arg in {"request", "form", "formulaire", "serializer"}
    ]
    assert not fautes, liste(fautes)


def test_une_vue_ne_compose_pas_de_requete():
    """Les questions sont des méthodes de QuerySet, dans le fichier du modèle."""
    motif = re.compile(r"\bQ\(|\.annotate\(|prefetch_related\(|\.raw\(|\.extra\(")
    fautes = lignes_qui(motif, vues_et_api())
    assert not fautes, liste(fautes)


def test_une_vue_n_ecrit_pas():
    """Elle appelle un service."""
    motif = re.compile(
        r"objects\.(create|bulk_create|get_or_create|update_or_create)\(|\.(save|delete|bulk_update)\(\)"
    )
    fautes = lignes_qui(motif, vues_et_api())
    assert not fautes, liste(fautes)


def test_un_droit_ne_s_epelle_pas_dans_une_vue():
    motif = re.compile(
        r"\.est_administrateur|\.is_staff|\.is_superuser|\brole\s*==|\.role\s+in\s|\bRole\.[A-Z]"
    )
    fautes = lignes_qui(motif, vues_et_api())
    assert not fautes, liste(fautes)


def test_un_formulaire_n_ecrit_pas():
    fautes = [
        f"{nom(f)}:{fonction.lineno} {fonction.name}"
        for f in python()
        if re.search(r"/forms(/|\.py)|/serializers?\.py", nom(f))
        for fonction in ast.walk(arbre(f))
        if isinstance(fonction, ast.FunctionDef) and fonction.name in {"save", "create", "update"}
    ]
    assert not fautes, liste(fautes)


def test_une_tache_recoit_un_identifiant_et_appelle_un_service():
    fautes = []
    for fichier in (f for f in python() if f.name == "tasks.py"):
        for fonction in fonctions_publiques(fichier):
            arguments = [a.arg for a in fonction.args.args]
            if any(not a.endswith("_id") for a in arguments) or len(fonction.body) > 3:
                fautes.append(f"{nom(fichier)}:{fonction.name}({', '.join(arguments)})")
    assert not fautes, liste(fautes)


def test_les_feuilles_n_ont_pas_de_base_de_donnees():
    """`pdf`, `langage` et l’instantané reçoivent des valeurs ; les états sont des tables."""
    feuilles = {
        "bilans/pdf.py",
        "bilans/mots.py",
        "bilans/instantane.py",
        "bilans/codec.py",
        "bilans/dossier/contenu.py",
        "bilans/dossier/page.py",
        "bilans/dossier/sections.py",
        "contrats/etats.py",
        "bilans/etats.py",
        "acteurs/droits.py",
    }
    motif = re.compile(
        r"from (?!django)\w+(\.\w+)*\.models|[A-Z]\w+\.objects\b|django\.db(?!\.models import TextChoices)"
    )
    lus = [
        f
        for f in python()
        if nom(f) in feuilles
        or nom(f).startswith(("bilans/mise_en_page/", "bilans/dossier/word/", "bilans/langage/"))
    ]
    fautes = lignes_qui(motif, lus)
    assert not fautes, liste(fautes)
