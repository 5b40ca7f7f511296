// Pages are whole without this. With it they follow changes by themselves, and a tap does not load the page anew.
(() => {
  "use strict";
  const QUIET_MS = 3000, TOAST_MS = 8000;
  let touched = 0, waiting = false, busy = false, isLive = false;

  // Somebody reads a table with the pointer, types, or has just clicked: nothing moves under their hand.
  const held = () =>
    Date.now() - touched < QUIET_MS || document.querySelector("#content table:hover, #content details[open]") !== null ||
    document.activeElement?.matches("#content input, #content select, #content textarea");

  // What stands in a field and came from no answer of the hub.
  const isTyped = (field) =>
    field.matches("input[type=hidden], input[type=file], input[type=password]") ? false :
    field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked :
    field.matches("select") ? [...field.options].some((of) => of.selected !== of.defaultSelected) && field.value !== "" :
    field.matches("input, textarea") && field.value !== field.defaultValue;
  // The same form on the page that comes next, also among several with one address: what is hidden in it tells them apart. On
  // My day the key is new on each page.
  const nameOf = (form) => {
    const action = form.getAttribute("action");
    const changes = action.startsWith("/me/") ? /^(csrf|key|seen|was-)/ : /^(csrf|seen|was-)/;
    return action + "?" + [...form.querySelectorAll("input[type=hidden]")].filter((field) => !changes.test(field.name))
      .map((field) => field.name + "=" + field.value).join("&");
  };
  const isBox = (field) => field.matches("[type=checkbox], [type=radio]");
  const fieldsOf = (form, name) => [...form.elements].filter((field) => field.name === name);
  // What was typed in all forms but the one that is sent: a page that comes anew must not take it.
  const typedIn = (root, sent) => [...root.querySelectorAll("form")]
    .filter((form) => form !== sent && !form.matches("[data-keep]") && form.getAttribute("action"))
    .flatMap((form) => [...form.elements].filter((field) => field.name && isTyped(field)).map((field) => {
      const alike = fieldsOf(form, field.name);
      return { form: nameOf(form), name: field.name, at: alike.indexOf(field), of: alike.length, value: field.value, checked: field.checked };
    }));
  function typeAgain(root, typed) {
    const forms = new Map();
    for (const form of root.querySelectorAll("form[action]")) forms.set(nameOf(form), forms.has(nameOf(form)) ? null : form);
    for (const one of typed) {
      const form = forms.get(one.form), alike = form ? fieldsOf(form, one.name) : [];
      // In a list that is another one by now, a place says nothing; a box is known by its value.
      const field = alike.find((of) => isBox(of) && of.value === one.value) ?? (alike.length === one.of ? alike[one.at] : null);
      if (!field || isBox(field) && field.value !== one.value) continue;
      if (isBox(field)) field.checked = one.checked;
      else if (!field.matches("select") || [...field.options].some((of) => of.value === one.value)) field.value = one.value;
      for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    }
  }

  function swap(text, sent) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const [now, next] = [document.querySelector("#content"), page.querySelector("#content")];
    if (!now || !next || document.title !== page.title) return false;
    const typed = typedIn(now, sent);
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
    typeAgain(document, typed);
    const clock = page.querySelector(".clock"), old = document.querySelector(".clock");
    if (clock && old) old.replaceWith(clock);
    mark();
    toast(page.querySelector(".toast"));
    return true;
  }

  // The clock says that it is of this moment while the stream is up.
  function mark() {
    const of = document.querySelector(".clock [hidden], .clock .up");
    if (of) of.hidden = !isLive;
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
      const answer = await fetch(location.pathname + location.search.replace(/[?&](logged|undone|revoked|restored|saved|imported|said|merged|two|told)=[^&]*/g, ""), { headers: { accept: "text/html" } });
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
      if (!answer.ok || !swap(await answer.text(), form)) location.reload();
      // The next tap is another fact: its key comes with the page that answered.
    } catch { button.disabled = false; form.submit(); }
  });
  // A form that loads the page anew leaves what was typed in the others for it, and for no other page; signing out leaves
  // nothing.
  const PLACE = "typed", KEPT_MS = 120000;
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post" || event.target.action.endsWith("/sign-out")) return;
    const typed = typedIn(document, event.target);
    if (typed.length) sessionStorage.setItem(PLACE, JSON.stringify({ at: Date.now(), page: location.pathname, typed }));
  });
  const left = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  sessionStorage.removeItem(PLACE);
  if (left && left.page === location.pathname && Date.now() - left.at < KEPT_MS) typeAgain(document, left.typed);
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
      // What was not kept is said at once, not when the page comes anew without it.
      const told = page.querySelector("p.bad[role=alert]");
      document.querySelector("[data-told]")?.remove();
      if (told) { told.dataset.told = ""; draft.before(told); }
      // What is kept now is what the next change is told from.
      if (answer.ok) for (const was of draft.querySelectorAll("[name^='was-']")) was.value = fields.get(was.name.slice(4)) ?? "";
    } catch { typed = setTimeout(keep, 5000); }
  }
  draft?.addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(keep, 1000); });
  draft?.addEventListener("submit", () => clearTimeout(typed));
  // Slides are moved by their grip as well; what the arrows do, a drop does.
  for (const form of document.querySelectorAll("form[data-order]")) {
    let moved = null;
    for (const grip of form.querySelectorAll(".grip")) grip.hidden = false;
    form.addEventListener("dragstart", (event) => {
      moved = event.target.closest?.(".grip")?.closest("li") ?? null;
      if (!moved) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(moved, 0, 0);
      moved.classList.add("moved");
    });
    form.addEventListener("dragover", (event) => {
      const over = event.target.closest("li");
      if (!moved || !over) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      if (over !== moved) over[event.clientY < box.top + box.height / 2 ? "before" : "after"](moved);
    });
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      if (moved) form.requestSubmit(form.querySelector(".enter"));
    });
    form.addEventListener("dragend", () => moved?.classList.remove("moved"));
  }
  const shown = document.querySelector(".toast");
  if (shown) fade(shown);
  if (document.querySelector("[data-live]")) {
    const wall = document.querySelector("[data-wall]")?.dataset.wall;
    const asked = new URLSearchParams(location.search).get("screen");
    const query = wall ? "?" + new URLSearchParams({ wall, ...(asked ? { screen: asked } : {}) }) : "";
    const stream = new EventSource("/live" + query);
    stream.addEventListener("changed", refresh);
    const live = (on) => { isLive = on; mark(); };
    stream.addEventListener("open", () => live(true));
    stream.addEventListener("error", () => live(false));
    setInterval(() => { if (waiting) refresh(); }, 1000);
    setInterval(refresh, 60000);
  }
})();
