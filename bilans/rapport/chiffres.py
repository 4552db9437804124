"""Les chiffres clés : un grand, quatre autres, tous de l’année et avec leur source."""

from datetime import date

from bilans.etats_publics import EtatPublic, compter
from bilans.instantane import ChiffreCle, Indicateur, Territoire, Volet
from cls_platform.socle.typographie import INSECABLE, date_longue, nombre, pluriel
from indicateurs import phrases

NOMBRE = 5
AUTRES_INDICATEURS = 2


def chiffres_cles(
    annee: int, le: date, volets: tuple[Volet, ...], territoire: Territoire
) -> tuple[ChiffreCle, ...]:
    """Le premier est le plus grand compte de personnes de l’année ; à défaut, les actions."""
    tous = [i for volet in volets for i in volet.indicateurs]
    mesures = [i for i in tous if _publiable(i, annee)]
    comptes = sorted(
        (i for i in mesures if phrases.est_un_compte(i.serie, annee)),
        key=lambda i: _valeur(i, annee),
        reverse=True,
    )
    vedette = comptes[:1]
    autres = [i for i in mesures if i not in vedette][:AUTRES_INDICATEURS]
    generaux = [c for c in (_actions(le, volets), _territoire(territoire)) if c]
    choisis = [_chiffre(i, annee) for i in vedette] + generaux[:1]
    choisis += [_chiffre(i, annee) for i in autres] + generaux[1:]
    manque = NOMBRE - len(choisis)
    restants = [i for i in mesures if i not in vedette and i not in autres]
    return (*choisis, *(_chiffre(i, annee) for i in restants[:manque]))


def _publiable(indicateur: Indicateur, annee: int) -> bool:
    releve = indicateur.serie.en(annee)
    return releve is not None and releve.valeur is not None


def _valeur(indicateur: Indicateur, annee: int) -> float:
    releve = indicateur.serie.en(annee)
    return float(releve.valeur or 0) if releve else 0.0


def _chiffre(indicateur: Indicateur, annee: int) -> ChiffreCle:
    serie = indicateur.serie
    releve = serie.en(annee)
    source = f"{serie.source}, année {annee}" if serie.source else ""
    if releve is None:
        return ChiffreCle(valeur="", intitule=serie.libelle, phrase="", source=source)
    compte = phrases.est_un_compte(serie, annee)
    valeur = phrases.lire(releve, serie, avec_unite=not compte)
    intitule = _minuscule(serie.libelle) if compte else serie.libelle
    return ChiffreCle(
        valeur=valeur, intitule=intitule, phrase=_avant(indicateur, annee), source=source
    )


def _avant(indicateur: Indicateur, annee: int) -> str:
    avant = indicateur.serie.avant(annee)
    if avant is None:
        return ""
    return f"C’était {phrases.lire(avant, indicateur.serie)} en {avant.annee}."


def _minuscule(texte: str) -> str:
    return texte[:1].lower() + texte[1:]


def _actions(le: date, volets: tuple[Volet, ...]) -> ChiffreCle | None:
    actions = [action for volet in volets for action in volet.actions]
    if not actions:
        return None
    comptes = compter(action.etat for action in actions)
    dits = [
        f"{comptes[etat]}{INSECABLE}{'sont' if comptes[etat] > 1 else 'est'} {mot}"
        for etat, mot in (
            (EtatPublic.TERMINEE, "terminées" if comptes[EtatPublic.TERMINEE] > 1 else "terminée"),
            (EtatPublic.EN_COURS, "en cours"),
        )
        if comptes[etat]
    ]
    return ChiffreCle(
        valeur=nombre(len(actions)),
        intitule="actions dans le contrat" if len(actions) > 1 else "action dans le contrat",
        phrase=f"{' et '.join(dits)}." if dits else "",
        source=f"suivi du contrat, au {date_longue(le)}",
    )


def _territoire(territoire: Territoire) -> ChiffreCle | None:
    if not territoire.population:
        return None
    communes = pluriel(len(territoire.communes), "commune")
    millesime = territoire.millesime_population
    return ChiffreCle(
        valeur=nombre(territoire.population),
        intitule=f"habitants dans {communes}",
        phrase="",
        source=f"Insee, population {millesime}" if millesime else "Insee",
    )
