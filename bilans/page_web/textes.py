"""Les textes libres et ce qui les accompagne : retards, réunions, décisions, annonces."""

from dataclasses import dataclass, replace

from bilans.etats_publics import EtatPublic
from bilans.instantane import Annonces, Decision, Instantane, Rencontre, Texte
from bilans.page_web.photos import Adresser, PhotoWeb, photo
from bilans.textes import Bloc, blocs
from cls_platform.socle.typographie import typographier

SUSPENDUS = (EtatPublic.EN_RETARD, EtatPublic.SUSPENDUE)


@dataclass(frozen=True, slots=True)
class Lettre:
    blocs: tuple[Bloc, ...]
    signature: str
    photo: PhotoWeb | None


def blocs_de(texte: str) -> tuple[Bloc, ...]:
    return tuple(_en_majuscule(bloc.reecrit(typographier)) for bloc in blocs(texte))


def _en_majuscule(bloc: Bloc) -> Bloc:
    """Sous une étiquette devenue titre, la phrase commence par une majuscule."""
    if not bloc.etiquette or not bloc.paragraphes or not bloc.paragraphes[0].morceaux:
        return bloc
    premier, *autres = bloc.paragraphes
    debut, *suite = premier.morceaux
    grand = replace(debut, texte=debut.texte[:1].upper() + debut.texte[1:])
    return replace(bloc, paragraphes=(replace(premier, morceaux=(grand, *suite)), *autres))


def lettre(texte: Texte | None, adresser: Adresser) -> Lettre | None:
    """None sans texte : la partie ne paraît pas."""
    if texte is None or not texte.texte.strip():
        return None
    return Lettre(
        blocs_de(texte.texte), typographier(texte.signature), photo(texte.photo, adresser)
    )


@dataclass(frozen=True, slots=True)
class Difficile:
    """`en_cause` : (titre, statut, mot) des actions en retard ou arrêtées."""

    lettre: Lettre | None
    en_cause: tuple[tuple[str, str, str], ...]


def difficile(page: Instantane, adresser: Adresser) -> Difficile | None:
    ecrit = lettre(page.textes.difficultes, adresser)
    en_cause = tuple(
        (typographier(a.titre), a.statut, a.libelle_statut)
        for a in page.actions
        if a.etat in SUSPENDUS
    )
    return Difficile(ecrit, en_cause) if ecrit or en_cause else None


@dataclass(frozen=True, slots=True)
class Parole:
    lettre: Lettre | None
    rencontres: tuple[Rencontre, ...]
    decisions: tuple[Decision, ...]


def parole(page: Instantane, adresser: Adresser) -> Parole | None:
    ecrit = lettre(page.textes.participation, adresser)
    if not (ecrit or page.rencontres or page.decisions):
        return None
    return Parole(ecrit, page.rencontres, page.decisions)


@dataclass(frozen=True, slots=True)
class Suite:
    lettre: Lettre | None
    annonces: Annonces | None


def suite(page: Instantane, adresser: Adresser) -> Suite | None:
    ecrit = lettre(page.textes.perspectives, adresser)
    annonces = page.annonces if page.annonces and page.annonces.lignes else None
    return Suite(ecrit, annonces) if ecrit or annonces else None
