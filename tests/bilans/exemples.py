"""Un bilan inventé, entier, sans base de données ; `replace` en fait varier une part."""

from datetime import date
from decimal import Decimal

from bilans.etats_publics import MOTS, EtatPublic
from bilans.instantane import (
    SCHEMA,
    Action,
    ChiffreCle,
    Citation,
    Contact,
    Decompte,
    Famille,
    Identite,
    Indicateur,
    Instantane,
    Mot,
    Precedent,
    Territoire,
    Volet,
)
from indicateurs import phrases
from indicateurs.series import Releve, Repere, Serie
from tests.bilans.exemples_textes import carte, textes

STATUTS = {
    EtatPublic.TERMINEE: "REALISEE",
    EtatPublic.EN_COURS: "EN_COURS",
    EtatPublic.EN_RETARD: "EN_RETARD",
    EtatPublic.SUSPENDUE: "EN_PAUSE",
    EtatPublic.A_VENIR: "A_VENIR",
    EtatPublic.A_L_ETUDE: "A_DISCUTER",
    EtatPublic.ABANDONNEE: "ABANDONNEE",
}


def serie(libelle: str, valeurs: dict[int, str | None], **champs: object) -> Serie:
    releves = tuple(
        Releve(
            annee=annee,
            valeur=None if valeur is None else Decimal(valeur),
            qualite="NON_DISPONIBLE" if valeur is None else "DEFINITIVE",
        )
        for annee, valeur in valeurs.items()
    )
    defauts: dict[str, object] = {
        "libelle": libelle, "unite": "personnes", "decimales": 0, "sens": "HAUSSE",
        "agregation": "SOMME", "source": "feuilles de présence", "numerateur": "",
        "denominateur": "", "releves": releves, "reference": None, "cible": None,
    }  # fmt: skip
    return Serie(**{**defauts, **champs})  # type: ignore[arg-type]  # champs choisis par le test


def indicateur(donnees: Serie, annee: int = 2025) -> Indicateur:
    return Indicateur(
        titre=phrases.constat(donnees, annee),
        phrase=phrases.comparaison(donnees, annee),
        serie=donnees,
    )


def action(
    numero: str, titre: str, etat: EtatPublic = EtatPublic.EN_COURS, *, resume: str = "",
    fait: str = "", partenaires: tuple[str, ...] = (), en_avant: bool = False,
) -> Action:  # fmt: skip
    return Action(
        numero=numero, titre=titre, statut=STATUTS[etat], etat=etat,
        libelle_statut=MOTS[etat].singulier, resume=resume, fait=fait, partenaires=partenaires,
        en_avant=en_avant,
    )  # fmt: skip


def _sante_mentale() -> Volet:
    attente = serie(
        "Attente avant un premier rendez-vous d’écoute",
        {2021: "28", 2022: "26", 2023: "24", 2024: "17", 2025: "12"},
        unite="jours", sens="BAISSE", agregation="DERNIERE_VALEUR",
        source="registre des lieux d’écoute", reference=Repere(annee=2021, valeur=Decimal(28)),
        cible=Repere(annee=2028, valeur=Decimal(7)),
    )  # fmt: skip
    formes = serie(
        "Personnes formées aux premiers secours en santé mentale",
        {2023: "31", 2024: "46", 2025: "112"},
        cible=Repere(annee=2028, valeur=Decimal(300)),
    )
    return Volet(
        numero="1", titre="Santé mentale", couleur="sante_mentale", utile=(
            "Besoin de parler maintenant ? Appelez le 3114 : un professionnel vous répond, "
            "gratuitement, jour et nuit."
        ),
        promesse="Être écouté plus tôt, sans faire une heure de route.",
        citation=Citation(
            texte="Je ne savais pas quoi dire à mon collègue. Maintenant, je sais l’écouter.",
            auteur="Un agent communal formé en 2025",
        ),
        indicateurs=(indicateur(attente), indicateur(formes)),
        actions=(
            action(
                "1.1", "Des lieux d’écoute gratuits", en_avant=True,
                resume="Des psychologues reçoivent gratuitement, sans ordonnance, dans trois "
                "communes. Le troisième lieu a ouvert en septembre avec l’appui de l’ARS.",
                fait="412 personnes accueillies en 2025",
                partenaires=("le centre hospitalier", "Odalie Agglo", "Côte des Genêts"),
            ),
            action(
                "1.2", "Des secouristes en santé mentale", en_avant=True,
                resume="En deux jours, on apprend à repérer une personne qui va mal, à l’écouter "
                "et à l’orienter.",
                fait="112 personnes formées en 2025",
                partenaires=("la Mutualité sociale agricole", "les mairies"),
            ),
            action(
                "1.3", "Une semaine pour en parler", EtatPublic.TERMINEE, en_avant=True,
                resume="En octobre, quatorze rencontres ont eu lieu dans les cinémas, les lycées "
                "et les bibliothèques.",
                partenaires=("les associations de patients et de proches",),
            ),
            action("1.4", "Un quatrième lieu d’écoute", EtatPublic.EN_RETARD),
            action("1.5", "Un annuaire des aides", EtatPublic.A_VENIR),
            action("1.6", "Des groupes de parole pour les proches", EtatPublic.A_L_ETUDE),
        ),
    )  # fmt: skip


def _acces_aux_soins() -> Volet:
    bus = serie(
        "Journées de consultation du bus santé", {2024: "22", 2025: "84"}, unite="journées",
        source="agenda du bus santé", cible=Repere(annee=2028, valeur=Decimal(150)),
    )  # fmt: skip
    sans_medecin = Serie(
        libelle="Habitants sans médecin traitant", unite="%", decimales=1, sens="BAISSE",
        agregation="RATIO", source="Assurance maladie (données inventées)",
        numerateur="assurés sans médecin traitant", denominateur="assurés de 16 ans ou plus",
        releves=tuple(
            Releve(annee=a, valeur=Decimal(v), qualite=q, numerateur=Decimal(n),
                   denominateur=Decimal(d))
            for a, v, q, n, d in (
                (2022, "14.2", "DEFINITIVE", 5901, 41556),
                (2023, "13.6", "DEFINITIVE", 5667, 41668),
                (2024, "13.1", "DEFINITIVE", 5470, 41756),
                (2025, "12.4", "PROVISOIRE", 5184, 41806),
            )
        ),
        reference=None, cible=Repere(annee=2028, valeur=Decimal(10)),
    )  # fmt: skip
    return Volet(
        numero="2", titre="Accès aux soins", couleur="acces_soins", utile="", citation=None,
        promesse="Retrouver un médecin et des soins près de chez soi.",
        indicateurs=(indicateur(sans_medecin), indicateur(bus)),
        actions=(
            action(
                "2.1", "Un bus santé sur les routes", en_avant=True,
                resume="Un médecin et une infirmière y reçoivent sans rendez-vous, dans douze "
                "communes.", fait="84 journées de consultation en 2025",
                partenaires=("le centre hospitalier", "le Département", "la CPTS"),
            ),
            action(
                "2.2", "Un quatrième médecin au centre de santé", EtatPublic.TERMINEE,
                en_avant=True, resume="Le centre de santé emploie maintenant quatre médecins.",
                partenaires=("Odalie Agglo", "l’Agence régionale de santé"),
            ),
            action("2.3", "Une équipe qui vous rappelle", en_avant=True,
                   resume="Deux conseillères appellent les personnes malades depuis longtemps qui "
                   "n’ont plus de médecin."),
            action("2.4", "Accueillir les internes en médecine", EtatPublic.TERMINEE),
            action("2.5", "Une téléconsultation à la mairie", EtatPublic.ABANDONNEE),
            action("2.6", "Des soins dentaires à l’école", EtatPublic.A_VENIR),
        ),
    )  # fmt: skip


def _prevention() -> Volet:
    return Volet(
        numero="3",
        titre="Prévention et promotion de la santé",
        couleur="prevention",
        utile="",
        promesse="Rester en forme à tout âge.",
        citation=None,
        indicateurs=(),
        actions=tuple(
            action(f"3.{rang}", titre, etat)
            for rang, (titre, etat) in enumerate(
                (
                    ("Marcher ensemble chaque semaine", EtatPublic.EN_COURS),
                    ("Des ateliers équilibre pour éviter les chutes", EtatPublic.EN_COURS),
                    ("Le mois sans tabac dans les entreprises", EtatPublic.TERMINEE),
                    ("Bien manger à la cantine", EtatPublic.SUSPENDUE),
                    ("Dépister les cancers près de chez soi", EtatPublic.A_L_ETUDE),
                ),
                start=1,
            )
        ),
    )


def instantane(**changements: object) -> Instantane:
    """Le bilan 2025 du « Pays de Sept-Rives », territoire inventé."""
    donnees: dict[str, object] = {
        "schema": SCHEMA, "annee": 2025, "edition": 1, "arrete_le": date(2026, 3, 1),
        "adresse_publique": "https://cls.exemple.fr/bilans/pays-de-sept-rives/2025/",
        "est_demonstration": True,
        "contrat": Identite(
            nom="Contrat local de santé du Pays de Sept-Rives", nom_court="Pays de Sept-Rives",
            numero="CLS-00-01", generation=1, presentation="", date_debut=date(2024, 1, 1),
            date_fin=date(2028, 12, 31), date_signature=date(2024, 3, 12),
            porteur="Pays de Sept-Rives", region="Bretagne",
        ),
        "territoire": Territoire(
            communes=tuple(f"Commune {rang}" for rang in range(1, 60)),
            intercommunalites=("Baie d’Aurane", "Odalie Agglo"), population=184_320,
            millesime_population="2023",
        ),
        "carte": carte(),
        "enseignes": ("Sept-Rives", "Agence régionale de santé", "Préfecture", "Département",
                      "Assurance maladie", "Centre hospitalier"),
        "signataires": (
            Famille(libelle="Les collectivités", noms=(
                "Baie d’Aurane", "Côte des Genêts", "Haute-Brume", "Odalie Agglo")),
            Famille(libelle="L’État et la santé", noms=(
                "Agence régionale de santé", "Préfecture")),
            Famille(libelle="L’Assurance maladie et la protection sociale", noms=(
                "Caisse primaire d’assurance maladie", "Mutualité sociale agricole")),
            Famille(libelle="Les soignants", noms=(
                "Centre hospitalier d’Odalie", "Communauté professionnelle territoriale de santé")),
        ),
        "partenaires": (
            Famille(libelle="Ceux qui soignent", noms=("Maison de santé de Brume",)),
            Famille(libelle="Les associations", noms=("Écoute en Brume", "Marche et santé")),
        ),
        "textes": textes(),
        "chiffres": (
            ChiffreCle(valeur="318", intitule="personnes ont retrouvé un médecin traitant.",
                       phrase="Elles étaient 192 en 2024.", source="Assurance maladie, 2025"),
            ChiffreCle(valeur="17", intitule="actions dans le contrat",
                       phrase="4 sont terminées et 6 sont en cours.",
                       source="suivi du contrat, au 1er mars 2026"),
            ChiffreCle(valeur="12 jours", intitule="pour un premier rendez-vous d’écoute",
                       phrase="C’était 17 jours en 2024.", source="registre des lieux d’écoute"),
            ChiffreCle(valeur="1 264", intitule="participations", phrase="",
                       source="feuilles de présence"),
            ChiffreCle(valeur="184 320", intitule="habitants dans 59 communes", phrase="",
                       source="Insee, population 2023"),
        ),
        "volets": (_sante_mentale(), _acces_aux_soins(), _prevention()),
        "precedent": Precedent(annee=2024, decomptes=(
            Decompte(etat=EtatPublic.TERMINEE, nombre=1),
            Decompte(etat=EtatPublic.EN_COURS, nombre=7),
            Decompte(etat=EtatPublic.A_VENIR, nombre=9))),
        "mots": (
            Mot(terme="Agence régionale de santé", sigle="ARS",
                definition="elle représente l’État et organise la santé dans la région."),
            Mot(terme="Communauté professionnelle territoriale de santé", sigle="CPTS",
                definition="des soignants d’un même territoire qui s’organisent ensemble."),
            Mot(terme="Contrat local de santé", sigle="CLS",
                definition="accord écrit pour agir ensemble sur la santé des habitants."),
            Mot(terme="Volet", sigle="",
                definition="un grand thème du contrat, qui regroupe plusieurs actions."),
        ),
        "contact": Contact(organisme="Pays de Sept-Rives", courriel="sante@exemple.fr"),
    }  # fmt: skip
    return Instantane(**{**donnees, **changements})  # type: ignore[arg-type]  # champs choisis par le test
