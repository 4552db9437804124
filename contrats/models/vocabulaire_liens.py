"""Le nom, dans une fiche, de ce qu’elle porte par des lignes liées."""

LISTES = frozenset(
    {
        "themes",
        "sous_themes",
        "populations",
        "communes",
        "determinants",
        "types_action",
        "ottawa",
        "objectifs_regionaux",
        "dispositifs",
    }
)
CHAMP_DU_ROLE = {
    "PARTENAIRE": "partenaires",
    "COPILOTE": "copilotes",
    "INTERVENANT": "intervenants",
    "FINANCEUR": "financeurs",
}
PREFIXE_LIBRE = "libre-"
LIENS = LISTES | frozenset(CHAMP_DU_ROLE.values())
# Liés par une autre application : l’histoire de la fiche les montre, son formulaire les ignore
LIES_D_AILLEURS = {"indicateurs": "Indicateurs"}
