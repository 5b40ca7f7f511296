// Pages are whole without this. With it they follow changes by themselves, and a tap does not load the page anew.
(() => {
  "use strict";
  const QUIET_MS = 3000, TOAST_MS = 8000;
  let touched = 0, waiting = false, busy = false;

  // Somebody reads a table with the pointer, types, or has just clicked: nothing moves under their hand.
  const held = () =>
    Date.now() - touched < QUIET_MS || document.querySelector("#content table:hover, #content details[open]") !== null ||
    document.activeElement?.matches("#content input, #content select, #content textarea");

  function swap(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const [now, next] = [document.querySelector("#content"), page.querySelector("#content")];
    if (!now || !next || document.title !== page.title) return false;
    const ids = (root) => [...root.querySelectorAll("[data-live]")].map((part) => part.id);
    if (ids(now).join() !== ids(next).join()) {
      now.replaceWith(next);
    } else {
      for (const id of ids(now)) {
        const [old, fresh] = [now.querySelector("#" + CSS.escape(id)), next.querySelector("#" + CSS.escape(id))];
        const plain = (part) => part.innerHTML.replace(/name="(key|csrf)" value="[^"]*"/g, "");
        if (plain(old) === plain(fresh)) continue;
        const focus = old.contains(document.activeElement) ? document.activeElement.className : null;
        fresh.classList.add("fresh");
        old.replaceWith(fresh);
        if (focus !== null) fresh.querySelector("button")?.focus();
      }
    }
    const clock = page.querySelector(".clock"), old = document.querySelector(".clock");
    if (clock && old) old.replaceWith(clock);
    toast(page.querySelector(".toast"));
    return true;
  }

  function toast(fresh) {
    if (!fresh) return;
    document.querySelector(".toast")?.remove();
    document.body.append(fresh);
    fade(fresh);
  }

  function fade(of) {
    setTimeout(() => (of.matches(":hover, :focus-within") ? fade(of) : of.remove()), TOAST_MS);
  }

  async function refresh() {
    if (busy || document.hidden || held()) { waiting = true; return; }
    [busy, waiting] = [true, false];
    try {
      const answer = await fetch(location.pathname + location.search.replace(/[?&](logged|undone|saved|imported)=[^&]*/g, ""), { headers: { accept: "text/html" } });
      if (answer.ok) swap(await answer.text());
    } catch { waiting = true; } finally { busy = false; }
  }

  document.addEventListener("pointerdown", () => { touched = Date.now(); });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches(".tap, .toast form") || !form.action.includes("/me/")) return;
    event.preventDefault();
    const button = form.querySelector("button");
    if (button.disabled) return;
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "text/html" } });
      if (!answer.ok || !swap(await answer.text())) location.reload();
      // The next tap is another fact: its key comes with the page that answered.
    } catch { button.disabled = false; form.submit(); }
  });
  // A draft is kept a second after the last key.
  const draft = document.querySelector("form[data-keep]");
  let typed = 0;
  async function keep() {
    const fields = new URLSearchParams(new FormData(draft));
    fields.set("do", "save");
    try {
      const answer = await fetch(draft.action, { method: "POST", body: fields, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [old, fresh] = [document.querySelector("[data-saved]"), page.querySelector("[data-saved]")];
      if (answer.ok && old && fresh) old.replaceWith(fresh);
    } catch { typed = setTimeout(keep, 5000); }
  }
  draft?.addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(keep, 1000); });
  draft?.addEventListener("submit", () => clearTimeout(typed));
  const shown = document.querySelector(".toast");
  if (shown) fade(shown);
  if (document.querySelector("[data-live]")) {
    const wall = document.querySelector("[data-wall]")?.dataset.wall;
    const asked = new URLSearchParams(location.search).get("screen");
    const query = wall ? "?" + new URLSearchParams({ wall, ...(asked ? { screen: asked } : {}) }) : "";
    new EventSource("/live" + query).addEventListener("changed", refresh);
    setInterval(() => { if (waiting) refresh(); }, 1000);
    setInterval(refresh, 60000);
  }
})();
