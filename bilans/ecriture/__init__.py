"""Ce que l’éditeur montre : les parties d’un bilan, leur guide, leur histoire, leur aperçu."""
