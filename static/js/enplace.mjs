// Modification en place. Sans ce fichier, chaque bouton ouvre une page qui fait la même chose.
//
// Entrée enregistre, Échap annule, sortir du champ enregistre ce qui a changé ; le focus revient
// au bouton du champ. Une coupure garde ce qui est tapé et réessaie de plus en plus rarement.

const ATTENTE_VISIBLE_MS = 300;
const PREMIER_ESSAI_S = 5;
const ESSAI_LE_PLUS_RARE_S = 60;

const coupures = new WeakMap();
let ouvertAuClavier = null;

function annoncer(texte) {
  document.dispatchEvent(new CustomEvent("cls:annonce", { detail: texte }));
}

function editionDe(element) {
  return element?.closest?.("form[data-cls-edition]") ?? null;
}

function contenu(formulaire) {
  return new URLSearchParams(new FormData(formulaire)).toString();
}

function aChange(formulaire) {
  return formulaire.dataset.clsDepart !== contenu(formulaire);
}

function premiereSaisie(champ) {
  return champ.querySelector('[aria-invalid="true"]')
    ?? champ.querySelector("input:not([type=hidden]), select:not([hidden]), textarea:not([hidden])");
}

// ---- Ouverture : focus dans la saisie, texte sélectionné ----

function ouvrir(formulaire) {
  formulaire.dataset.clsDepart = contenu(formulaire);
  const saisie = premiereSaisie(formulaire);
  saisie?.focus();
  if (saisie?.matches("input[type=text], input:not([type])")) saisie.select();
}

// ---- Fermeture : le focus revient, sauf si la personne est déjà ailleurs ----

function rendreFocus(champ) {
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  champ.querySelector(".enplace, [data-cls-rouvre]")?.focus();
}

function arriver(champ) {
  const conflit = champ.querySelector("[data-cls-focus]");
  if (conflit) {
    conflit.focus();
    return;
  }
  if (champ.matches("[data-cls-edition]")) {
    const erreur = champ.querySelector(".message-erreur");
    if (erreur && ouvertAuClavier === false) {
      champ.dataset.clsDepart = contenu(champ);
      annoncer(erreur.textContent.trim());
      return;
    }
    ouvrir(champ);
    if (erreur) annoncer(erreur.textContent.trim());
    return;
  }
  const enregistre = champ.querySelector("[data-cls-enregistre]");
  if (enregistre) {
    for (const autre of document.querySelectorAll("[data-cls-enregistre]")) {
      if (autre !== enregistre) autre.remove();
    }
    annoncer(enregistre.textContent.trim());
  }
  rendreFocus(champ);
}

document.addEventListener("htmx:afterSettle", (evenement) => {
  const champ = evenement.detail.elt;
  if (champ?.matches?.("[data-cls-champ]")) arriver(champ);
});

// ---- Un lien vers un champ replié : ce qui le cache s’ouvre ----

document.addEventListener("htmx:beforeSwap", (evenement) => {
  const demande = evenement.detail.requestConfig?.elt;
  if (!demande?.matches?.("[data-cls-ouvre]")) return;
  evenement.detail.target.closest("details")?.setAttribute("open", "");
});

// ---- Clavier ----

document.addEventListener("keydown", (evenement) => {
  const formulaire = editionDe(evenement.target);
  if (!formulaire || evenement.defaultPrevented || evenement.isComposing) return;
  const saisie = evenement.target;
  if (evenement.key === "Escape") {
    if (saisie.getAttribute("aria-expanded") === "true") return;
    evenement.preventDefault();
    formulaire.dataset.clsAbandon = "oui";
    formulaire.querySelector("[data-cls-annule]")?.click();
  }
  if (evenement.key === "Enter" && saisie.tagName === "TEXTAREA" && (evenement.ctrlKey || evenement.metaKey)) {
    evenement.preventDefault();
    formulaire.requestSubmit();
  }
  if (evenement.key === "Enter" && saisie.tagName === "SELECT") {
    evenement.preventDefault();
    formulaire.requestSubmit();
  }
});

// Une saisie de plusieurs champs ne s’enregistre que par son bouton ; Échap l’annule aussi.

document.addEventListener("keydown", (evenement) => {
  const saisie = evenement.target.closest?.("form[data-cls-echappe]");
  if (!saisie || evenement.key !== "Escape" || evenement.defaultPrevented) return;
  if (evenement.target.getAttribute("aria-expanded") === "true") return;
  evenement.preventDefault();
  saisie.querySelector("[data-cls-annule]")?.click();
});

// ---- Sortir du champ enregistre ce qui a changé ----

document.addEventListener("focusout", (evenement) => {
  const formulaire = editionDe(evenement.target);
  if (!formulaire || !document.hasFocus()) return;
  window.setTimeout(() => {
    const parti = !formulaire.contains(document.activeElement) && formulaire.isConnected;
    if (!parti || formulaire.dataset.clsAbandon || formulaire.classList.contains("htmx-request")) return;
    ouvertAuClavier = false;
    if (aChange(formulaire)) formulaire.requestSubmit();
    else if (document.activeElement !== document.body) formulaire.querySelector("[data-cls-annule]")?.click();
  }, 120);
});

document.addEventListener("focusin", (evenement) => {
  if (editionDe(evenement.target)) ouvertAuClavier = true;
});

// ---- Envoi : rien avant 300 ms ----

document.addEventListener("htmx:beforeRequest", (evenement) => {
  const formulaire = evenement.detail.elt;
  if (!formulaire.matches?.("form[data-cls-edition]")) return;
  oublierCoupure(formulaire);
  formulaire.clsAttente = window.setTimeout(() => {
    const attente = document.createElement("span");
    attente.className = "attente";
    attente.textContent = "Enregistrement…";
    formulaire.querySelector(".pied-saisie")?.prepend(attente);
  }, ATTENTE_VISIBLE_MS);
});

document.addEventListener("htmx:afterRequest", (evenement) => {
  const formulaire = evenement.detail.elt;
  if (!formulaire.matches?.("form[data-cls-edition]")) return;
  window.clearTimeout(formulaire.clsAttente);
  formulaire.querySelector(".attente")?.remove();
});

// ---- Coupure : ce qui est tapé reste, et l’on réessaie ----

function oublierCoupure(formulaire) {
  const coupure = coupures.get(formulaire);
  if (!coupure) return;
  window.clearTimeout(coupure.minuterie);
  coupure.message.remove();
}

function dire(formulaire, secondes) {
  const message = document.createElement("p");
  message.className = "coupure t-attention";
  const texte = document.createElement("span");
  texte.className = "statut";
  texte.textContent = `Pas encore enregistré. Nouvel essai dans ${secondes}\u00a0s.`;
  const geste = document.createElement("button");
  geste.type = "submit";
  geste.className = "lien";
  geste.textContent = "Réessayer";
  message.append(texte, geste);
  formulaire.append(message);
  annoncer(texte.textContent);
  return message;
}

function attendre(formulaire) {
  const precedent = coupures.get(formulaire)?.secondes;
  const secondes = Math.min(precedent ? precedent * 2 : PREMIER_ESSAI_S, ESSAI_LE_PLUS_RARE_S);
  oublierCoupure(formulaire);
  const minuterie = window.setTimeout(() => {
    if (formulaire.isConnected) formulaire.requestSubmit();
  }, secondes * 1000);
  coupures.set(formulaire, { message: dire(formulaire, secondes), minuterie, secondes });
}

function surCoupure(evenement) {
  const formulaire = evenement.detail.elt;
  if (formulaire.matches?.("form[data-cls-edition]")) attendre(formulaire);
}

document.addEventListener("htmx:sendError", surCoupure);
document.addEventListener("htmx:timeout", surCoupure);
document.addEventListener("htmx:responseError", (evenement) => {
  if (evenement.detail.xhr.status >= 500) surCoupure(evenement);
  else if (evenement.detail.elt.closest?.("[data-cls-champ]")) {
    annoncer("Ce changement a été refusé. Rechargez la page pour voir pourquoi.");
  }
});

window.addEventListener("online", () => {
  for (const formulaire of document.querySelectorAll("form[data-cls-edition]")) {
    if (coupures.has(formulaire)) formulaire.requestSubmit();
  }
});

// Fermer l’onglet avec un changement non enregistré demande confirmation.
window.addEventListener("beforeunload", (evenement) => {
  for (const formulaire of document.querySelectorAll("form[data-cls-edition]")) {
    if (formulaire.dataset.clsDepart && aChange(formulaire)) evenement.preventDefault();
  }
});
