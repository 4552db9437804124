"""Les verrous de dépendances : fabriqués par `uv`, contrôlés sans réseau.

La première ligne d'un verrou porte l'empreinte des dépendances déclarées dans `pyproject.toml` ;
si elles changent sans que le verrou soit refait, les deux ne coïncident plus.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

VERROUS: dict[str, tuple[str, ...]] = {
    "requirements.lock": (),
    "requirements-dev.lock": ("--extra", "dev", "--constraint", "requirements.lock"),
}
ENTETE = "# Verrou de pyproject.toml, refait par « make verrous ». Empreinte : "


class ErreurVerrou(Exception):
    """Une phrase en français, avec le remède."""


def empreinte(projet: Path) -> str:
    declare = tomllib.loads((projet / "pyproject.toml").read_text())["project"]
    cles = ("requires-python", "dependencies", "optional-dependencies")
    texte = json.dumps({cle: declare.get(cle) for cle in cles}, sort_keys=True)
    return hashlib.sha256(texte.encode()).hexdigest()


def verrous_perimes(projet: Path) -> list[str]:
    """Les verrous absents, ou faits pour d'autres dépendances que celles déclarées."""
    attendu = ENTETE + empreinte(projet)
    return [nom for nom in VERROUS if premiere_ligne(projet / nom) != attendu]


def premiere_ligne(verrou: Path) -> str:
    return verrou.read_text().partition("\n")[0] if verrou.exists() else ""


def refaire(projet: Path, *, monter: bool) -> None:
    """`monter` prend les dernières versions permises ; sinon celles du verrou sont gardées."""
    uv = shutil.which("uv")
    if uv is None:
        raise ErreurVerrou("« uv » est introuvable : pip install uv, puis relancez.")
    for nom, options in VERROUS.items():
        commande = [uv, "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"]
        commande += ["--no-emit-index-url", "--no-header", "--quiet", "--output-file", nom]
        commande += [*options, *(["--upgrade"] if monter else [])]
        resultat = subprocess.run(  # noqa: S603  (uv de la machine)
            commande, cwd=projet, stderr=subprocess.PIPE, text=True, check=False
        )
        if resultat.returncode != 0:
            raise ErreurVerrou(f"« uv pip compile » a échoué :\n{resultat.stderr.strip()}")
        verrou = projet / nom
        verrou.write_text(f"{ENTETE}{empreinte(projet)}\n{verrou.read_text()}")


if __name__ == "__main__":
    try:
        refaire(Path(__file__).resolve().parents[2], monter="--monter" in sys.argv)
    except ErreurVerrou as erreur:
        sys.exit(str(erreur))
