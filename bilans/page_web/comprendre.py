"""« C’est quoi ? » et « Les partenaires » : pour qui, jusqu’à quand, avec qui."""

from dataclasses import dataclass

from bilans.instantane import Famille, Instantane
from bilans.mise_en_page.comprendre import reperes
from bilans.page_web.photos import Adresser, PhotoWeb, photo
from bilans.page_web.textes import Lettre, lettre
from cls_platform.socle.typographie import typographier


@dataclass(frozen=True, slots=True)
class Quoi:
    """`reperes` : (question, réponse)."""

    reperes: tuple[tuple[str, str], ...]
    presentation: str
    lettre: Lettre | None
    signataires: tuple[Famille, ...]


def lire(page: Instantane, adresser: Adresser) -> Quoi:
    return Quoi(
        tuple(reperes(page)),
        typographier(page.contrat.presentation),
        lettre(page.textes.comprendre, adresser),
        page.signataires,
    )


@dataclass(frozen=True, slots=True)
class Partenaires:
    familles: tuple[Famille, ...]
    logos: tuple[PhotoWeb, ...]


def partenaires(page: Instantane, adresser: Adresser) -> Partenaires | None:
    logos = tuple(p for image in page.apparence.logos if (p := photo(image, adresser)))
    return Partenaires(page.partenaires, logos) if page.partenaires or logos else None
