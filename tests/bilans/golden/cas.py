"""Les bilans étalons : du plus vide au plus chargé, mots sans fin, trois écritures, images, émojis."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bilans.etats_publics import EtatPublic
from bilans.instantane import (
    Annonce,
    Annonces,
    Apparence,
    ChiffreCle,
    Citation,
    Contact,
    Decision,
    Famille,
    Instantane,
    Mot,
    Rencontre,
    Texte,
    Textes,
    Volet,
)
from bilans.palette import VOLETS
from tests.bilans import exemples, exemples_pleins
from tests.bilans.golden.visuels import donner

Cas = tuple[Instantane, Mapping[str, bytes]]
SANS_TEXTE = Textes(edito=None, difficultes=None, participation=None, perspectives=None)
NOM_SANS_FIN = ("Contrat local de santé des Vallées et des Plateaux réunis " * 6)[:300]
MOT_SANS_FIN = "anticonstitutionnellement" * 12
ARABE = "نعمل معًا لأجل الأطفال والسكان في جميع البلديات، بلا استثناء. هذه الحصيلة تروي السنة."
HEBREU = "אנחנו עובדים יחד למען בריאות התושבים בכל היישובים."
EMOJIS = "Bravo 🎉 ! Un bus 🚌, des fruits 🍎🥕, la famille 👨\u200d👩\u200d👧, ❤️ et 👍🏽."
RECIT = "Nous avons réuni les partenaires, puis choisi les lieux. Les séances ont commencé."
TITRES = ("Ouvrir un lieu d’accueil pour les jeunes et leurs parents", "Former les aidants",
          "Aller vers les personnes isolées dans les villages", "Un bus santé",
          "Des ateliers de cuisine dans chaque école primaire du territoire")  # fmt: skip
UNITES = ("personnes", "séances", "visites", "heures", "communes", "familles", "places", "écoles")
THEMES = ("Grandir", "Vieillir chez soi", "Se soigner près de chez soi", "Aller mieux",
          "Respirer un air sain", "Bouger", "Bien manger", "Être écouté")  # fmt: skip


def complet() -> Cas:
    """Tout ce qu’un bilan peut dire : photos, logos, argent, réunions, décisions, annonces."""
    return donner(exemples_pleins.plein())


def vide() -> Cas:
    return exemples.instantane(
        carte=None, signataires=(), partenaires=(), enseignes=(), chiffres=(), volets=(),
        precedent=None, mots=(), adresse_publique="", textes=SANS_TEXTE,
    ), {}  # fmt: skip


def petit() -> Cas:
    bilan = exemples.instantane()
    seul = replace(bilan.volets[1], indicateurs=(), actions=bilan.volets[1].actions[:1])
    textes = replace(SANS_TEXTE, edito=bilan.textes.edito)
    return replace(
        bilan, volets=(seul,), chiffres=bilan.chiffres[:2], textes=textes, precedent=None,
        mots=bilan.mots[:1], partenaires=(),
    ), {}  # fmt: skip


def volet(rang: int, combien: int, **champs: object) -> Volet:
    """Trois actions racontées, les autres citées, tous les états, un indicateur."""
    etats = list(EtatPublic)
    serie = exemples.serie(
        f"{UNITES[rang].capitalize()} comptées",
        {2023: f"{rang + 3}", 2024: f"{rang * 7 + 12}", 2025: f"{rang * 9 + 41}"},
        unite=UNITES[rang],
    )
    donnees: dict[str, object] = {
        "numero": str(rang + 1), "titre": THEMES[rang], "promesse": "Agir tôt, près de chez soi.",
        "couleur": list(VOLETS)[rang], "citation": None, "utile": "",
        "indicateurs": (exemples.indicateur(serie),),
        "actions": tuple(
            exemples.action(
                f"{rang + 1}.{n}", f"{TITRES[(n + rang) % 5]}, étape {n + 1}", etats[n % 7],
                resume=RECIT if n < 3 else "", en_avant=n < 3,
                partenaires=("la mairie", "le centre hospitalier"),
            )
            for n in range(combien)
        ),
    }  # fmt: skip
    return Volet(**{**donnees, **champs})  # type: ignore[arg-type]  # choisis par le cas


def deux_cents_actions() -> Cas:
    return replace(exemples.instantane(), volets=tuple(volet(r, 25) for r in range(8))), {}


def zero_et_soixante_actions() -> Cas:
    muet = volet(2, 0, indicateurs=(), texte="Rien cette année. **Nous reprenons en 2026.**")
    bilan, images = complet()
    return replace(bilan, volets=(volet(0, 0), volet(1, 60), muet)), images


def partout(mot: str, nom: str) -> Instantane:
    """Le même mot dans chaque champ que l’on peut écrire."""
    bilan = exemples_pleins.plein()
    texte = Texte(texte=f"{mot}\n{nom}", signature=mot)
    premier, *suite = bilan.volets
    argent = bilan.argent
    assert argent is not None
    return replace(
        bilan,
        contrat=replace(bilan.contrat, nom=nom, presentation=mot),
        enseignes=(mot, nom),
        signataires=(Famille(libelle=mot, noms=(mot, nom)),),
        partenaires=(Famille(libelle=mot, noms=(mot, nom)),),
        chiffres=tuple(
            ChiffreCle(valeur=mot[:60], intitule=f"{rang} {mot}", phrase=nom, source=mot)
            for rang in range(3)
        ),
        mots=(Mot(terme=mot, sigle="ZZ", definition=mot),),
        contact=Contact(organisme=nom, courriel="sante@exemple.fr"),
        volets=(
            replace(
                premier, titre=nom, promesse=mot, utile=mot, texte=mot,
                citation=Citation(texte=mot, auteur=mot),
                actions=tuple(
                    replace(a, titre=f"{a.numero} {mot if n % 2 else nom}", resume=mot,
                            partenaires=(mot, nom))
                    for n, a in enumerate(premier.actions)
                ),
            ),
            *suite,
        ),
        textes=Textes(
            edito=texte, zoom=texte, comprendre=texte, budget=texte,
            difficultes=Texte(texte=f"- Un : {mot}\n- Deux : {nom}", signature=""),
            participation=Texte(texte=f"- Vous avez dit : {mot}\nNous avons fait : {nom}",
                                signature=""),
            perspectives=Texte(texte=f"- Mars 2026 : {mot}\n- Avril 2026 : {nom}", signature=""),
            a_decider=Texte(
                texte=f"- {mot}\nPour quand : {mot}\nEnjeu : {nom}\nQui décide : {mot}\n" * 7,
                signature="",
            ),
        ),
        annonces=Annonces(annee=2024, lignes=(
            Annonce(texte=mot, devenir="TENU", libelle="C’est fait", explication=nom),)),
        decisions=(Decision(jour=date(2025, 1, 1), instance=mot, texte=mot, etat="Fait",
                            organisation=nom),),
        rencontres=(Rencontre(jour=date(2025, 1, 2), instance=nom, titre=mot, lieu=mot,
                              organisations=3, est_publique=True),),
        argent=replace(
            argent,
            payeurs=tuple(replace(p, nom=f"{nom} {p.nom}") for p in argent.payeurs),
            usages=tuple(replace(u, nom=f"{mot} {u.nom}") for u in argent.usages),
            flux=tuple(replace(f, payeur=f"{nom} {f.payeur}", usage=f"{mot} {f.usage}")
                       for f in argent.flux),
        ),
        apparence=Apparence(),
    )  # fmt: skip


def mots_sans_fin() -> Cas:
    return donner(partout(MOT_SANS_FIN, NOM_SANS_FIN))


def de_droite_a_gauche() -> Cas:
    return donner(partout(ARABE, HEBREU))


def emojis() -> Cas:
    return donner(partout(EMOJIS, "Santé 🧠 mentale"))


def photo_absente() -> Cas:
    return exemples_pleins.plein(), {}


def sans_indicateur() -> Cas:
    bilan, images = complet()
    return replace(bilan, volets=tuple(replace(v, indicateurs=()) for v in bilan.volets)), images


def autre_ordre() -> Cas:
    bilan, images = complet()
    return replace(
        bilan,
        sections=("CARTE", "GLOSSAIRE", "PERSPECTIVES", "VOLETS", "BUDGET", "EDITO", "ZOOM",
                  "CONTACT", "CHIFFRES_CLES"),
        apparence=replace(bilan.apparence, couleur_fond="#4a1d5e", couleur_accent="#f2a900"),
    ), images  # fmt: skip


CAS: dict[str, Callable[[], Cas]] = {
    faire.__name__.replace("_", "-"): faire
    for faire in (
        complet, vide, petit, deux_cents_actions, zero_et_soixante_actions, mots_sans_fin,
        de_droite_a_gauche, emojis, photo_absente, sans_indicateur, autre_ordre,
    )
}  # fmt: skip
