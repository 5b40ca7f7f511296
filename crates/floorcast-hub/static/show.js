// A password is shown while its button is pressed in. Without this there is no such button.
(() => {
  "use strict";
  for (const field of document.querySelectorAll("input[data-show]")) {
    const button = document.createElement("button");
    button.type = "button";
    const say = (shown) => {
      field.type = shown ? "text" : "password";
      button.textContent = shown ? field.dataset.hide : field.dataset.show;
      button.setAttribute("aria-pressed", String(shown));
    };
    say(false);
    button.addEventListener("click", () => { say(field.type === "password"); field.focus(); });
    field.form?.addEventListener("submit", () => say(false));
    const pair = document.createElement("span");
    pair.className = "pair";
    const label = field.closest("label");
    label.replaceWith(pair);
    pair.append(label, button);
  }
})();
