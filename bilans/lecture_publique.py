"""Un instantané, prêt à écrire sur une page du site public : des lignes plates, déjà mises en mots.

La même lecture sert la page d’un contrat (données du jour) et celle d’un bilan (données figées).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from bilans.etats_publics import EtatPublic
from bilans.instantane import Action, Indicateur, Instantane, Texte, Volet
from bilans.textes import Bloc, blocs
from cls_platform.socle.typographie import INSECABLE, typographier
from indicateurs import graphiques, phrases
from indicateurs.series import Releve, Serie

ACTIONS_RACONTEES = 4
VALEUR_LA_PLUS_LONGUE = 14


@dataclass(frozen=True, slots=True)
class FaitPublic:
    """Une action : `code` donne sa forme, `mot` la dit (« Terminée »). `adresse` : sa page
    publique, vide dans un bilan figé, où elle a pu changer depuis."""

    code: str
    mot: str
    titre: str
    resume: str
    adresse: str = ""


@dataclass(frozen=True, slots=True)
class ResultatPublic:
    """Le chiffre d’abord, puis ce qu’il veut dire."""

    valeur: str
    sens: str
    precision: str


@dataclass(frozen=True, slots=True)
class MesurePublique:
    """Un indicateur, son dessin en deux largeurs (vides si inutiles), ses valeurs écrites."""

    titre: str
    phrase: str
    source: str
    dessin_large: SafeString
    dessin_etroit: SafeString
    valeurs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VoletPublic:
    ancre: str
    titre: str
    promesse: str
    resume: str
    dit: str
    faits: tuple[FaitPublic, ...]
    autres: tuple[FaitPublic, ...]
    resultat: ResultatPublic | None
    mesures: tuple[MesurePublique, ...]
    utile: str

    @property
    def rang(self) -> tuple[FaitPublic, ...]:
        return (*self.faits, *self.autres)


@dataclass(frozen=True, slots=True)
class LettrePublique:
    """Un texte libre du bilan, en blocs."""

    blocs: tuple[Bloc, ...]
    signature: str


# De l’identifiant d’une action à sa page
AdresseDAction = Callable[[str], str]


def volets_publics(
    page: Instantane, adresse: AdresseDAction = lambda _: ""
) -> tuple[VoletPublic, ...]:
    """Dans l’ordre du contrat ; une ancre par volet, unique dans la page."""
    return tuple(
        _volet(volet, rang, page.annee, adresse) for rang, volet in enumerate(page.volets, start=1)
    )


def phrase_d_avancement(page: Instantane) -> str:
    """« 7 actions sont terminées. 2 sont en retard et 1 est en attente : nous disons pourquoi… »"""
    comptes = page.comptes
    finies = comptes[EtatPublic.TERMINEE]
    phrases_dites = [_phrase_des_finies(finies)]
    if retards := _phrase_des_retards(comptes[EtatPublic.EN_RETARD], comptes[EtatPublic.SUSPENDUE]):
        phrases_dites.append(retards)
    return typographier(" ".join(phrases_dites))


def legende(page: Instantane) -> tuple[tuple[str, str], ...]:
    """Les formes présentes dans la page, avec leur mot, sans doublon."""
    ordre = {etat: rang for rang, etat in enumerate(EtatPublic)}
    presents = {(ordre[a.etat], a.statut): a.libelle_statut for a in page.actions}
    return tuple((code, mot) for (_, code), mot in sorted(presents.items()))


def lettre(texte: Texte | None) -> LettrePublique | None:
    """None sans texte : la section ne paraît pas."""
    if texte is None or not texte.texte.strip():
        return None
    return LettrePublique(tuple(blocs(typographier(texte.texte))), texte.signature)


def _volet(volet: Volet, rang: int, annee: int, adresse: AdresseDAction) -> VoletPublic:
    """Les actions racontées sont celles que l’équipe a mises en avant, dans l’ordre choisi."""
    faits = [_fait(action, adresse) for action in volet.actions]
    en_avant = [p for p in zip(faits, volet.actions, strict=True) if p[1].en_avant and p[0].resume]
    racontees = [fait for fait, _ in sorted(en_avant, key=lambda p: p[1].rang)]
    montres = racontees or faits[:ACTIONS_RACONTEES]
    mesures = [_mesure(indicateur, annee) for indicateur in volet.indicateurs]
    return VoletPublic(
        ancre=f"volet-{rang}-{slugify(volet.titre)[:40]}",
        titre=typographier(volet.titre),
        promesse=typographier(volet.promesse),
        resume=_resume(volet),
        dit=", ".join(f.mot.lower() for f in faits),
        faits=tuple(montres),
        autres=tuple(f for f in faits if f not in montres),
        resultat=_resultat(volet.indicateurs, annee),
        mesures=tuple(mesures),
        utile=typographier(volet.utile),
    )


def _fait(action: Action, adresse: AdresseDAction) -> FaitPublic:
    resume = " ".join(part for part in (action.resume, _en_phrase(action.fait)) if part)
    return FaitPublic(
        action.statut,
        action.libelle_statut,
        typographier(action.titre),
        typographier(resume),
        adresse(action.cle) if action.cle else "",
    )


def _en_phrase(texte: str) -> str:
    return f"{texte.rstrip('.')}." if texte else ""


def _resume(volet: Volet) -> str:
    """« 2 sur 4 terminées »."""
    finies = volet.comptes[EtatPublic.TERMINEE]
    accord = "s" if finies > 1 else ""
    return f"{finies} sur{INSECABLE}{len(volet.actions)} terminée{accord}"


def _phrase_des_finies(nombre: int) -> str:
    if nombre == 0:
        return "Aucune action n’est encore terminée."
    if nombre == 1:
        return "1 action est terminée, en tout ou en partie."
    return f"{nombre} actions sont terminées, en tout ou en partie."


def _phrase_des_retards(retards: int, suspendues: int) -> str:
    dits = []
    if retards:
        dits.append(f"{retards} {'sont' if retards > 1 else 'est'} en retard")
    if suspendues:
        mot = "sont arrêtées" if suspendues > 1 else "est arrêtée"
        dits.append(f"{suspendues} {mot} pour l’instant")
    return f"{' et '.join(dits)}." if dits else ""


def _resultat(indicateurs: tuple[Indicateur, ...], annee: int) -> ResultatPublic | None:
    """Le premier indicateur dont la dernière valeur est connue."""
    for indicateur in indicateurs:
        serie = indicateur.serie
        dernier = serie.avant(annee + 1)
        if dernier is not None:
            return _chiffre(serie, dernier)
    return None


def _chiffre(serie: Serie, releve: Releve) -> ResultatPublic:
    compte = phrases.est_un_compte(serie, releve.annee)
    libelle = serie.libelle[0].lower() + serie.libelle[1:] if compte else serie.libelle
    ecrite = phrases.lire(releve, serie, avec_unite=not compte)
    est_long = len(ecrite) > VALEUR_LA_PLUS_LONGUE
    unite = f", en {serie.unite}" if est_long else ""
    source = f"Source{INSECABLE}: {serie.source}." if serie.source else ""
    suite = phrases.comparaison(serie, releve.annee)
    return ResultatPublic(
        valeur=phrases.lire(releve, serie, avec_unite=False) if est_long else ecrite,
        sens=typographier(f"{libelle} en {releve.annee}{unite}."),
        precision=typographier(" ".join(p for p in (suite, source) if p)),
    )


def _mesure(indicateur: Indicateur, annee: int) -> MesurePublique:
    serie = indicateur.serie
    return MesurePublique(
        titre=typographier(serie.libelle),
        phrase=typographier(indicateur.phrase),
        source=typographier(serie.source),
        dessin_large=_dessin(serie, annee, graphiques.LARGE),
        dessin_etroit=_dessin(serie, annee, graphiques.ETROIT),
        valeurs=tuple((str(r.annee), phrases.lire(r, serie)) for r in serie.releves),
    )


def _dessin(serie: Serie, annee: int, largeur: int) -> SafeString:
    spec = graphiques.choisir(serie, annee, largeur=largeur)
    if spec is None:
        return SafeString("")
    return mark_safe(graphiques.dessiner(spec))  # noqa: S308  (SVG du socle, textes échappés)
