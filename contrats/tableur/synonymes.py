"""Les mots des tableurs des coordinations, colonne par colonne ; comparés sans accent ni casse.

L’en-tête exporté est toujours reconnu et n’est pas répété ici.
"""

SYNONYMES: dict[str, tuple[str, ...]] = {
    "identifiant": ("id", "uuid", "identifiant technique", "ne pas modifier identifiant"),
    "version": ("version de la fiche",),
    "axe": (
        "axe strategique", "axes strategiques", "axes", "axe du cls", "axe thematique",
        "orientation", "orientation strategique", "volet", "axe du contrat", "n axe", "domaine",
        "priorite strategique",
    ),
    "sous_axe": ("sous axes",),
    "objectif_strategique": (
        "objectif", "objectifs", "objectifs strategiques", "os", "obj strategique", "obj strat",
        "objectif du plan", "objectif de l axe", "objectif de rattachement",
    ),
    "objectif_operationnel": ("oo", "obj operationnel", "obj op", "sous objectif"),
    "objectif_specifique": ("sous sous objectif", "obj specifique"),
    "numero": (
        "n", "no", "num", "n action", "numero de l action", "numero d action", "n de l action",
        "n fiche", "numero de fiche", "n de fiche", "n fiche action", "numero fiche action",
        "code", "ref", "reference", "code action", "n de la fiche", "n de la fiche action",
    ),
    "titre": (
        "action", "actions", "intitule", "intitule de l action", "intitule action", "nom",
        "titre de l action", "titre action", "nom de l action", "fiche action", "fiche",
        "libelle", "libelle de l action", "titre de la fiche", "intitule de la fiche",
        "intitule de la fiche action", "nom de la fiche", "titre de la fiche action",
        "intitule fiche action", "projet", "nom action", "actions prevues",
    ),
    "statut": (
        "etat", "avancement", "etat d avancement", "statut de l action", "etat de l action",
        "etat avancement", "ou en est on", "niveau d avancement",
    ),
    "statut_raison": ("motif du statut",),
    "priorite": ("niveau de priorite", "degre de priorite", "priorisation", "prio"),
    "date_debut": (
        "date de debut", "date debut", "debut de l action", "demarrage", "date de demarrage",
        "lancement", "date de lancement", "annee de debut", "debut prevu", "commence le",
        "date debut prevue", "date de debut prevue", "date de debut previsionnelle",
    ),
    "date_fin": (
        "fin", "date de fin", "date fin", "date d echeance", "date echeance", "fin prevue",
        "fin de l action", "annee de fin", "date de fin prevue", "date fin prevue", "terme",
        "date de realisation", "deadline", "date de fin previsionnelle", "delai",
    ),
    "periode": (
        "calendrier", "dates", "duree", "annees", "periode de realisation", "temporalite",
        "annee", "calendrier previsionnel", "planning", "calendrier de realisation",
        "annee de realisation", "annees de realisation",
    ),
    "est_annuelle": ("recurrente", "annuelle", "recurrence", "action annuelle", "tous les ans"),
    "pilote": (
        "pilotes", "porteur", "porteurs", "structure pilote", "porteur de l action", "pilotage",
        "pilote de l action", "structure porteuse", "responsable", "porteur de projet",
        "pilote s", "porteur s", "organisme pilote", "organisation pilote", "chef de file",
        "structure responsable", "qui", "structures pilotes", "porteur du projet",
    ),
    "services_pilotes": ("service pilote", "direction pilote", "service", "direction"),
    "personne_pilote": (
        "referent", "personne referente", "contact", "referent technique", "nom du pilote",
        "nom du referent", "personne responsable", "agent referent", "referente",
        "responsable technique",
    ),
    "copilotes": ("copilote", "co pilote", "co pilotes", "co porteur", "co porteurs"),
    "partenaires": (
        "partenaire", "partenaires associes", "partenariat", "partenariats", "acteurs",
        "partenaires mobilises", "acteurs mobilises", "structures partenaires", "partenaire s",
        "acteurs associes", "partenaires de l action", "partenaires techniques",
        "partenaires impliques", "structures associees",
    ),
    "intervenants": ("intervenant", "prestataires", "prestataire"),
    "elu_referent": ("elu referent", "elue referente", "elu", "elu e referent e", "elus referents"),
    "contexte": (
        "contexte", "constats", "constat", "diagnostic", "enjeux", "contexte et enjeux",
        "elements de diagnostic", "constats du diagnostic", "problematique", "contexte constats",
        "contexte et constats", "justification", "besoins identifies",
    ),
    "objectif_general": (
        "objectif general de l action", "objectif de l action", "finalite", "but",
        "but de l action",
    ),
    "objectifs_operationnels": (
        "objectifs specifiques", "objectifs de l action", "objectifs operationnels de l action",
        "sous objectifs",
    ),
    "description": (
        "description de l action", "descriptif", "descriptif de l action", "contenu", "detail",
        "modalites", "modalites de mise en oeuvre", "mise en oeuvre", "presentation", "details",
        "contenu de l action", "deroulement", "description synthetique",
    ),
    "etapes": (
        "etape", "jalons", "jalon", "sous actions", "etapes cles", "sous action", "taches",
        "principales etapes", "etapes de mise en oeuvre", "phases",
    ),
    "echeancier": ("echeances", "echeancier previsionnel"),
    "publics": (
        "public", "public cible", "publics cibles", "public vise", "publics vises", "cible",
        "cibles", "beneficiaires", "population cible", "populations", "population",
        "publics concernes", "public concerne", "population concernee",
    ),
    "communes": (
        "commune", "territoire", "territoires", "communes concernees", "territoire concerne",
        "perimetre", "territoires concernes",
    ),
    "quartiers": (
        "qpv", "quartier", "quartiers", "lieu", "lieux", "quartiers prioritaires",
        "lieu de l action", "secteur", "secteur geographique",
    ),
    "themes": (
        "theme", "thematique", "thematiques", "theme principal", "thematique principale",
    ),
    "sous_themes": ("sous theme", "sous thematique", "sous thematiques"),
    "determinants": ("determinants", "determinant", "determinants vises", "determinant de sante"),
    "types_action": ("type d action", "nature de l action", "type action"),
    "ottawa": ("axe d ottawa", "ottawa", "axe de la charte d ottawa"),
    "niveau_prevention": ("prevention", "type de prevention"),
    "objectifs_regionaux": ("prs", "objectif prs", "objectifs prs", "lien prs", "lien avec le prs"),
    "dispositifs": (
        "autres dispositifs", "dispositifs", "dispositif", "lien avec d autres plans",
        "articulation avec d autres dispositifs", "autre plan", "plans lies",
    ),
    "autres_plans": (),
    "participation": ("niveau de participation", "participation citoyenne", "participation"),
    "participation_detail": ("modalites de participation", "participation des habitants detail"),
    "moyens": (
        "ressources", "moyens humains", "moyens humains et materiels", "moyens necessaires",
        "moyens mobilises", "ressources mobilisees",
    ),
    "resultats_attendus": (
        "resultat attendu", "effets attendus", "impact attendu", "livrables", "resultats",
    ),
    "modalites_evaluation": (
        "evaluation", "modalite d evaluation", "methode d evaluation", "suivi et evaluation",
        "outils d evaluation",
    ),
    "freins": ("frein", "difficultes", "points de vigilance", "obstacles", "point de vigilance"),
    "leviers": ("levier", "points d appui", "facteurs de reussite", "facilitateurs"),
    "origine": ("nouvelle action", "origine de l action", "action nouvelle ou existante"),
    "instance": ("instance", "instance de gouvernance", "gouvernance", "comite de suivi"),
    "resume_public": ("resume public", "resume pour les habitants", "resume grand public"),
    "est_publique": ("publique", "publiee", "visible", "publier"),
    "est_restreinte": ("restreinte", "confidentiel", "confidentielle", "confidentialite"),
}  # fmt: skip
