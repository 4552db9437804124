"""Les fichiers que l’on accepte de joindre : l’extension, et ce que le contenu doit montrer."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

TAILLE_MAX = 20 * 1024 * 1024
DEBUT = 4096
MACROS = "vbaProject.bin"
BUREAUTIQUE = "application/vnd.openxmlformats-officedocument"
OPENDOCUMENT = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class TypeDeFichier:
    mime: str
    reconnait: Callable[[IO[bytes]], bool]


def _commence_par(*signatures: bytes) -> Callable[[IO[bytes]], bool]:
    return lambda fichier: fichier.read(DEBUT).startswith(signatures)


def _office(dossier: str) -> Callable[[IO[bytes]], bool]:
    """Un classeur, un texte ou une présentation sans macro."""

    def reconnait(fichier: IO[bytes]) -> bool:
        noms = _noms(fichier)
        sans_macro = not any(nom.endswith(MACROS) for nom in noms)
        return (
            "[Content_Types].xml" in noms
            and sans_macro
            and any(nom.startswith(f"{dossier}/") for nom in noms)
        )

    return reconnait


def _opendocument(genre: str) -> Callable[[IO[bytes]], bool]:
    def reconnait(fichier: IO[bytes]) -> bool:
        if "mimetype" not in _noms(fichier):
            return False
        with zipfile.ZipFile(fichier) as archive, archive.open("mimetype") as mime:
            return mime.read(100).strip() == f"{OPENDOCUMENT}.{genre}".encode()

    return reconnait


def _noms(fichier: IO[bytes]) -> set[str]:
    """Les noms d’une archive, sans rien décompresser ; vide si ce n’en est pas une."""
    try:
        with zipfile.ZipFile(fichier) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return set()


def _texte(fichier: IO[bytes]) -> bool:
    """Aucun octet de commande hors tabulations et fins de ligne."""
    permis = {9, 10, 12, 13}
    while bloc := fichier.read(1 << 16):
        if any(octet < 32 and octet not in permis for octet in bloc):
            return False
    return True


TYPES = {
    "pdf": TypeDeFichier("application/pdf", _commence_par(b"%PDF-")),
    "odt": TypeDeFichier(f"{OPENDOCUMENT}.text", _opendocument("text")),
    "ods": TypeDeFichier(f"{OPENDOCUMENT}.spreadsheet", _opendocument("spreadsheet")),
    "odp": TypeDeFichier(f"{OPENDOCUMENT}.presentation", _opendocument("presentation")),
    "docx": TypeDeFichier(f"{BUREAUTIQUE}.wordprocessingml.document", _office("word")),
    "xlsx": TypeDeFichier(f"{BUREAUTIQUE}.spreadsheetml.sheet", _office("xl")),
    "pptx": TypeDeFichier(f"{BUREAUTIQUE}.presentationml.presentation", _office("ppt")),
    "png": TypeDeFichier("image/png", _commence_par(b"\x89PNG\r\n\x1a\n")),
    "jpg": TypeDeFichier("image/jpeg", _commence_par(b"\xff\xd8\xff")),
    "jpeg": TypeDeFichier("image/jpeg", _commence_par(b"\xff\xd8\xff")),
    "csv": TypeDeFichier("text/csv", _texte),
    "txt": TypeDeFichier("text/plain", _texte),
}
EXTENSIONS = ", ".join(nom for nom in TYPES if nom != "jpeg")
ACCEPTES = ",".join(f".{nom}" for nom in TYPES)


def extension(nom: str) -> str:
    return PurePath(nom).suffix.lower().removeprefix(".")


def refus(nom: str, taille: int, fichier: IO[bytes]) -> str:
    """Ce qui empêche de joindre ce fichier, et quoi faire ; vide s’il convient."""
    genre = TYPES.get(extension(nom))
    if genre is None:
        return f"Ce type de fichier n’est pas accepté. Acceptés : {EXTENSIONS}."
    if taille > TAILLE_MAX:
        return "Ce fichier dépasse 20 Mo. Réduisez-le, ou partagez-le en plusieurs fichiers."
    if taille == 0:
        return "Ce fichier est vide. Choisissez-en un autre."
    fichier.seek(0)
    reconnu = genre.reconnait(fichier)
    fichier.seek(0)
    if reconnu:
        return ""
    return (
        f"Le contenu de ce fichier n’est pas celui d’un .{extension(nom)} sans macro. "
        "Réenregistrez-le depuis son logiciel, puis recommencez."
    )
