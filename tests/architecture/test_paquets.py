"""Ce dont la plateforme dépend : peu, pour une raison écrite, et reproductible partout."""

import gzip
import json
import re

from tests.architecture.sources import PROJET, fichiers, liste, nom, texte

JS_MAXIMUM = 15 * 1024
VERROUS = ("requirements.lock", "requirements-dev.lock")
ADRESSE_DE_REGISTRE = re.compile(r"index-url|extra-index|find-links|https?://|registry", re.I)


def lignes_de_dependances() -> list[str]:
    """Les lignes d’une liste `dependencies` ou `optional-dependencies` de pyproject.toml."""
    projet = (PROJET / "pyproject.toml").read_text(encoding="utf-8").split("[tool.", 1)[0]
    return [ligne.strip() for ligne in projet.splitlines() if re.match(r'\s+"[a-z]', ligne, re.I)]


def test_chaque_dependance_a_sa_raison():
    fautes = [
        ligne for ligne in lignes_de_dependances() if not re.search(r"#\s*\w[^#]{4,}$", ligne)
    ]
    assert lignes_de_dependances()
    assert not fautes, liste(fautes)


def test_les_verrous_portent_des_empreintes_et_aucune_adresse():
    for verrou in VERROUS:
        contenu = (PROJET / verrou).read_text(encoding="utf-8")
        lignes = [ligne for ligne in contenu.splitlines() if not ligne.lstrip().startswith("#")]
        assert "--hash=sha256:" in contenu, verrou
        fautes = [ligne for ligne in lignes if ADRESSE_DE_REGISTRE.search(ligne)]
        assert not fautes, liste(fautes)


def test_le_verrou_couvre_chaque_dependance_directe():
    def noms(lignes):
        return {
            re.sub(r"[-_.]+", "-", m[1]).lower()
            for ligne in lignes
            if (m := re.match(r'"?([A-Za-z0-9_.-]+)', ligne))
        }

    verrou = (PROJET / "requirements-dev.lock").read_text(encoding="utf-8").splitlines()
    verrouillees = noms(ligne for ligne in verrou if re.match(r"[A-Za-z0-9]", ligne))
    manquent = noms(lignes_de_dependances()) - verrouillees
    assert not manquent, liste(manquent)


def test_le_verrou_de_npm_ne_dit_pas_d_ou_viennent_les_paquets():
    verrou = json.loads((PROJET / "package-lock.json").read_text(encoding="utf-8"))
    paquets = {n: p for n, p in verrou["packages"].items() if n}
    assert paquets
    assert not [n for n, p in paquets.items() if "resolved" in p]
    assert not [n for n, p in paquets.items() if "integrity" not in p]


def test_le_navigateur_recoit_au_plus_15_ko_de_notre_code():
    notre_code = [f for f in fichiers() if nom(f).startswith("static/") and f.suffix == ".mjs"]
    assert notre_code
    poids = sum(len(gzip.compress(texte(f).encode())) for f in notre_code)
    assert poids <= JS_MAXIMUM, f"{poids} octets compressés"


def test_les_fichiers_des_autres_ne_sont_pas_gardes_avec_les_notres():
    assert not [nom(f) for f in fichiers() if nom(f).startswith(("static/vendor", "node_modules"))]
