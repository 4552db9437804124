"""Un classeur est un fichier compressé venu d’ailleurs : ce qu’il contient se vérifie d’abord."""

import zipfile
from typing import BinaryIO
from xml.parsers import expat

from cls_platform.socle.tableur.limites import (
    OCTETS_DEPLIES_MAX,
    OCTETS_MAX,
    PARTIES_MAX,
    RAPPORT_MAX,
    ClasseurRefuse,
)

TAILLE_LUE = 1 << 18
RAPPORT_REGARDE_AU_DELA = 10 * 1024 * 1024
ABIME = (
    "Ce fichier est abîmé ou n’est pas un classeur. Enregistrez-le de nouveau, puis recommencez."
)
PIEGE = "Ce classeur contient des définitions XML qu’un tableur n’écrit pas : il n’est pas lu."


def verifier_taille(octets: int) -> None:
    if octets > OCTETS_MAX:
        raise ClasseurRefuse(
            f"Ce fichier pèse plus de {OCTETS_MAX // 1024**2} Mo. Retirez-en les images et les "
            "feuilles qui ne sont pas à importer."
        )


def ouvrir_archive(fichier: BinaryIO) -> zipfile.ZipFile:
    """L’archive, contrôlée : taille dépliée, nombre de parties, aucune définition d’entité."""
    try:
        archive = zipfile.ZipFile(fichier)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as erreur:
        raise ClasseurRefuse(ABIME) from erreur
    parties = archive.infolist()
    if any(partie.flag_bits & 0x1 for partie in parties):
        raise ClasseurRefuse(
            "Ce classeur a un mot de passe. Enregistrez-le sans, puis recommencez."
        )
    if len(parties) > PARTIES_MAX or sum(p.file_size for p in parties) > OCTETS_DEPLIES_MAX:
        raise ClasseurRefuse(
            "Ce classeur est trop gros une fois déplié. Gardez seulement la feuille à importer."
        )
    if any(est_une_bombe(partie) for partie in parties):
        raise ClasseurRefuse("Ce classeur se déplie anormalement : il n’est pas lu.")
    for partie in parties:
        if partie.filename.lower().endswith((".xml", ".rels", ".vml")):
            refuser_les_definitions(archive, partie)
    return archive


def est_une_bombe(partie: zipfile.ZipInfo) -> bool:
    if partie.file_size < RAPPORT_REGARDE_AU_DELA:
        return False
    return partie.file_size > RAPPORT_MAX * max(partie.compress_size, 1)


def refuser_les_definitions(archive: zipfile.ZipFile, partie: zipfile.ZipInfo) -> None:
    """Une DTD ouvre la porte aux entités qui se multiplient ; elle ne peut être qu’en tête."""
    lecteur = expat.ParserCreate()
    etat = {"commence": False}

    def definition(*_: object) -> None:
        raise ClasseurRefuse(PIEGE)

    def element(*_: object) -> None:
        etat["commence"] = True
        lecteur.StartElementHandler = None

    lecteur.StartDoctypeDeclHandler = definition
    lecteur.StartElementHandler = element
    try:
        with archive.open(partie) as flux:
            while not etat["commence"] and (morceau := flux.read(4096)):
                lecteur.Parse(morceau)
    except (expat.ExpatError, zipfile.BadZipFile, OSError, EOFError, ValueError) as erreur:
        raise ClasseurRefuse(ABIME) from erreur


def parcourir(archive: zipfile.ZipFile, nom: str, lecteur: expat.XMLParserType) -> None:
    """Donne la partie `nom` au lecteur, morceau par morceau. Lève ClasseurRefuse."""
    try:
        with archive.open(nom) as flux:
            while morceau := flux.read(TAILLE_LUE):
                lecteur.Parse(morceau)
            lecteur.Parse(b"", True)  # noqa: FBT003  (signature d’expat)
    except KeyError as erreur:
        raise ClasseurRefuse(ABIME) from erreur
    except (expat.ExpatError, zipfile.BadZipFile, OSError, EOFError) as erreur:
        raise ClasseurRefuse(ABIME) from erreur
