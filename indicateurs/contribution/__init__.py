"""Ce qu’un partenaire peut dire d’une fiche : les questions, leur écriture, les réponses."""
