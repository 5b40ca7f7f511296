// What people do with the hub, in a real browser against the real program: node stories.mjs PROGRAM [STORY…].
// `make stories` installs what this needs and runs all of them.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const require = createRequire(path.join(process.env.STORIES_MODULES ?? process.cwd(), "x.js"));
const { chromium } = require("playwright-core");
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [program, ...only] = process.argv.slice(2);
const PASSWORD = "a long sentence";
const PICTURES = process.env.STORIES_PICTURES;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "floorcast-stories-"));
let hub, base, post, display, kiosk;
const mails = path.join(folder, "mails");

/** A port of this machine that is free now. */
const freePort = () =>
  new Promise((go) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => go(port));
    });
  });

/** Ends a program that this one has started. */
async function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((go) => child.on("exit", go));
  child.kill("SIGTERM");
  await ended;
}

/** A real mail server, which keeps each mail as a file. */
async function postOffice() {
  const port = await freePort();
  const python = path.join(process.env.STORIES_MODULES ?? ".", "mail/bin/python");
  post = spawn(python, ["-m", "aiosmtpd", "-n", "-l", `127.0.0.1:${port}`, "-c", "aiosmtpd.handlers.Mailbox", mails], { stdio: ["ignore", "inherit", "inherit"] });
  await until("the mail server listens", () => new Promise((go) => {
    const socket = net.connect(port, "127.0.0.1", () => { socket.end(); go(true); });
    socket.on("error", () => go(false));
  }));
  return port;
}

/** The mails that have come, as they were sent. */
const inbox = () =>
  ["new", "cur"].flatMap((box) => {
    const at = path.join(mails, box);
    return fs.existsSync(at) ? fs.readdirSync(at).map((name) => fs.readFileSync(path.join(at, name), "utf8")) : [];
  });

async function until(what, check, limit = 20_000) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${what}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}

function must(truth, what) {
  if (!truth) throw new Error(what);
}

/** Serves a folder; the lines that it prints. */
async function serve(db, config) {
  if (!config) {
    const [mail, own] = [await postOffice(), await freePort()];
    config = path.join(folder, "hub.toml");
    fs.writeFileSync(config, `[hub]\nlisten = "127.0.0.1:${own}"\npublic_url = "http://127.0.0.1:${own}"\n[hub.mail]\nserver = "smtp://127.0.0.1:${mail}"\nfrom = "Floor <floor@demo.example>"\n`);
  }
  hub = spawn(program, ["hub", "--db", db, "--config", config], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  hub.stdout.on("data", (bytes) => (said += bytes));
  base = await until("the hub listens", () => said.match(/listens on (http:\S+)/)?.[1]);
  await new Promise((go) => setTimeout(go, 200));
  return said;
}

async function stop() {
  for (const child of [kiosk, display, hub, post]) await end(child);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

async function person(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.on("console", (message) => message.type() === "error" && page.wrong.push(message.text()));
  return page;
}

/** The invitation of somebody on the floor, taken up in a browser of their own. */
async function invited(boss, name, role, email) {
  await boss.goto(`${base}/people`);
  await boss.locator("tr", { hasText: name }).locator("a.button").click();
  const row = boss.locator("tr.opened form[action='/people/invite']");
  await row.locator("input[name=email]").fill(email);
  await row.locator("select[name=role]").selectOption(role);
  if (role === "manager") for (const box of await row.locator("input[name=manages]").all()) await box.check();
  await row.locator("button", { hasText: "Make an invitation" }).click();
  const link = (await boss.textContent("code")).trim();
  const page = await person();
  await page.goto(base + new URL(link).pathname);
  await page.fill("[name=password]", PASSWORD);
  await page.click("button.main");
  return page;
}

const all = {};
let boss, manager, rep, repName, managerName;

/** From nothing to a wall, as somebody does it who has only a file. */
all["an empty machine has a full wall"] = async () => {
  const begun = Date.now();
  const said = await serve(path.join(folder, "floor"));
  boss = await person();
  await boss.goto(base + said.match(/(\/start\?key=\S+)/)[1]);
  await boss.fill("[name=name]", "Demo floor");
  await boss.fill("[name=tz]", "Europe/Lisbon");
  await boss.fill("[name=currency]", "EUR");
  for (const box of await boss.$$("[name=day]")) await box.check();
  await boss.fill("[name=email]", "boss@demo.example");
  await boss.fill("[name=password]", PASSWORD);
  await boss.click("button.main");
  await boss.goto(`${base}/goals`);
  await boss.locator("form[action='/goals/kit'] button").first().click();
  const names = ["Inês Carvalhal", "Kwame Ofori-Mensah", "茅野 ことね", "Marit Solvang", "Piotr Wójcicki"];
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const rows = [];
  for (let n = 0; n < 60; n++) rows.push(`D-${n},Customer ${n},${names[n % 5]},Team ${"AB"[n % 2]},${day(n % 40)},${1000 + 37 * n},EUR,Won`);
  await boss.goto(`${base}/data`);
  await boss.fill("textarea", `Id,Deal,Owner,Team,Close date,Amount,Currency,Stage\n${rows.join("\n")}`);
  await boss.locator("button", { hasText: "See what it would do" }).click();
  const seen = await boss.textContent("main");
  must(seen.includes("Import 60 deals"), `the preview counts the deals: ${seen}`);
  await boss.locator("button", { hasText: "Import" }).click();
  await until("the wall ranks people", async () => {
    const board = await (await fetch(`${base}/boards/main`)).json();
    return board.slides.some((slide) => slide.type === "ranking" && slide.rows.length === 5);
  });
  console.log(`  a full wall after ${((Date.now() - begun) / 1000).toFixed(1)} s of a machine's hands`);
  [managerName, repName] = [names[0], names[1]];
  manager = await invited(boss, managerName, "manager", "ines@demo.example");
  rep = await invited(boss, repName, "rep", "kwame@demo.example");
};

all["a rep finds the next step, taps, and takes it back"] = async () => {
  const begun = Date.now();
  await rep.goto(`${base}/me`);
  // Her next step and her place stand on the first screen, without a scroll.
  for (const part of [".tap button", "#place"]) {
    const box = await rep.locator(part).first().boundingBox();
    must(box && box.y + Math.min(box.height, 60) <= 900, `${part} is on the first screen: ${JSON.stringify(box)}`);
  }
  must(/to go|No target yet|Reached/.test(await rep.locator(".card footer").first().textContent()), "the next step is said");
  must(Date.now() - begun < 10_000, "within ten seconds");
  const first = await rep.locator(".card .fig").first().textContent();
  await rep.locator(".tap button").first().click();
  await rep.waitForSelector(".toast");
  must((await rep.locator(".card .fig").first().textContent()) !== first, "the count grew");
  await rep.locator(".toast button").click();
  await until("the count is as it was", async () => (await rep.locator(".card .fig").first().textContent()) === first);
  must((await rep.textContent("#place")).includes("(you)"), "the place is on the page");
};

all["coaching is sent, answered, and nobody else reads it"] = async () => {
  await manager.goto(`${base}/coaching`);
  await manager.locator(`button[aria-label="Begin with ${repName}"]`).click();
  const address = manager.url();
  await manager.locator("textarea").first().fill("A canary of coaching 5512");
  await until("the draft keeps itself", async () => {
    const other = await manager.context().newPage();
    await other.goto(address);
    const kept = (await other.locator("textarea").first().inputValue()).includes("5512");
    await other.close();
    return kept;
  });
  await manager.locator("input[name^=action-]").first().fill("Block the mornings");
  await manager.locator("summary", { hasText: "Send to" }).click();
  must((await manager.textContent("#draft")).includes("Sending cannot be undone"), "it is asked before it is sent");
  await manager.locator("button", { hasText: "Send to" }).click();
  const mail = await until("the mail server has the mail", () => inbox().find((mail) => mail.includes("kwame@demo.example")));
  must(mail.includes(base) && !mail.includes("5512") && !/Block the mornings/.test(mail), `a link and no text: ${mail}`);
  await rep.goto(`${base}/coaching`);
  await rep.locator("main table a").first().click();
  must((await rep.textContent("main")).includes("5512"), "she reads it");
  await rep.locator("textarea[name=answer]").fill("Agreed from Tuesday on");
  await rep.locator("main .tick").first().click();
  await rep.waitForLoadState();
  must((await rep.locator("textarea[name=answer]").inputValue()) === "Agreed from Tuesday on", "a tick takes no answer that is being written");
  await rep.locator("button", { hasText: "I agree" }).click();
  await manager.goto(address);
  const read = await manager.textContent("main");
  must(read.includes("Agreed from Tuesday on") && read.includes("Done "), "the coach reads the answer and the tick");
  const there = await boss.goto(address);
  must(there.status() === 404, "the administrator gets 404");
  const board = await (await fetch(`${base}/boards/main`)).text();
  must(!board.includes("5512"), "the board knows nothing of it");
};

/** As somebody tries whether it is any good: the whole history of a year, and back. */
all["8,800 rows come in and go again"] = async () => {
  const standing = async () => (await boss.goto(`${base}/rankings?period=year`).then(() => boss.textContent("main"))).replace(/\s+/g, " ");
  const before = await standing();
  const owners = ["Inês Carvalhal", "Kwame Ofori-Mensah", "茅野 ことね", "Marit Solvang", "Piotr Wójcicki", "Noor Kassab", "Devika Narang"];
  const day = (n) => new Date(Date.now() - (n % 330) * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 8800 }, (_, n) => `B-${n},Customer ${n},${owners[n % 7]},Team ${"AB"[n % 2]},${day(n)},${500 + (n % 977)},EUR,Won`);
  const file = path.join(folder, "deals.csv");
  fs.writeFileSync(file, `Id,Deal,Owner,Team,Close date,Amount,Currency,Stage\n${rows.join("\n")}`);
  await boss.goto(`${base}/data`);
  await boss.setInputFiles("input[type=file]", file);
  let begun = Date.now();
  await boss.locator("button", { hasText: "See what it would do" }).click();
  await boss.locator("button", { hasText: "Import 8,800 deals" }).waitFor({ timeout: 120_000 });
  const looked = Date.now() - begun;
  begun = Date.now();
  await boss.locator("button", { hasText: "Import 8,800 deals" }).click();
  await boss.locator(".toast, main", { hasText: /new facts|Undo/ }).first().waitFor({ timeout: 120_000 });
  const took = Date.now() - begun;
  must((await standing()) !== before, "it counts");
  await boss.goto(`${base}/data`);
  begun = Date.now();
  await boss.locator("main summary", { hasText: /^Undo/ }).first().click();
  await boss.locator("main button", { hasText: /^Yes, take it back/ }).first().click();
  await boss.locator("main", { hasText: "Undone" }).waitFor({ timeout: 120_000 });
  console.log(`  looked at in ${looked} ms, in after ${took} ms, out again after ${Date.now() - begun} ms`);
  must((await standing()) === before, "everything is as it was");
};

all["a shout-out is gone everywhere within two seconds"] = async () => {
  await rep.goto(`${base}/recognition`);
  await rep.locator("select[name=whom]").selectOption({ label: managerName });
  await rep.fill("input[name=text]", "Saved the demo");
  await rep.locator("button", { hasText: "Say it" }).click();
  const board = async () => (await (await fetch(`${base}/boards/main`)).text()).includes("Saved the demo");
  await until("the wall has it", board);
  await manager.goto(`${base}/recognition`);
  must((await manager.textContent("#shouts")).includes("Saved the demo"), "others see it");
  const begun = Date.now();
  await rep.locator(".toast button").click();
  await until("the wall has it no more", async () => !(await board()));
  const wall = Date.now() - begun;
  await until("an open page has it no more", async () => !(await manager.textContent("#shouts")).includes("Saved the demo"));
  const page = Date.now() - begun;
  console.log(`  off the wall after ${wall} ms, off an open page after ${page} ms`);
  must(wall <= 2000, `off the wall after ${wall} ms`);
};

/** A time of the floor as a field takes it, so many seconds from now. */
const local = (seconds) =>
  new Date(Date.now() + seconds * 1000).toLocaleString("sv-SE", { timeZone: "Europe/Lisbon" }).replace(" ", "T");

all["a contest is rehearsed, run and frozen"] = async () => {
  await manager.goto(`${base}/contests`);
  await manager.locator("a", { hasText: "New contest" }).click();
  must((await manager.textContent("main")).includes("Rehearsal: if it had run"), "what is proposed is rehearsed at once");
  await manager.fill("input[name=title]", "Sprint");
  await manager.locator("input[name=points-calls]").fill("1");
  for (const name of ["deals", "meetings", "demos"]) await manager.locator(`input[name=points-${name}]`).fill("0");
  await manager.fill("input[name=prize-1]", "Lunch for two");
  // It ends within this story; a field of minutes does not take seconds by hand.
  const soon = local(40);
  await manager.$eval("form.contest", (form) => (form.noValidate = true));
  const set = (name, value) => manager.$eval(`input[name=${name}]`, (field, value) => { field.step = 1; field.value = value; }, value);
  await set("starts", local(-3600));
  await set("ends", soon);
  await manager.locator("button", { hasText: "See it and rehearse" }).click();
  const text = await manager.textContent("main");
  must(text.includes("Rehearsal: if it had run"), `the rehearsal says who would have won: ${text}`);
  const picture = await manager.locator("img.wallpic").getAttribute("src");
  const drawn = await manager.request.get(base + picture);
  must(drawn.status() === 200 && drawn.headers()["content-type"] === "image/png", "the wall draws it");
  const address = manager.url().replace("/edit", "");
  await rep.goto(address);
  must((await rep.title()).includes("nothing here"), "nobody else sees a draft");
  await manager.$eval("form.contest", (form) => (form.noValidate = true));
  await set("ends", soon);
  await manager.locator("button", { hasText: /^Start / }).click();
  // Its beginning is over: that is asked about, with the day and the time.
  await manager.locator("button", { hasText: "Start: it counts from" }).click();
  await rep.goto(address);
  must((await rep.textContent("main")).includes("Lunch for two"), "everybody sees it now");
  await until("the wall has it", async () => (await (await fetch(`${base}/boards/main`)).text()).includes("Sprint"));
  await rep.goto(`${base}/me`);
  const mine = await rep.textContent("#contests");
  must(mine.includes("You take part with your first one"), `My day has it: ${mine}`);
  await rep.locator(".tap button").first().click();
  await until("My day says how she stands", async () => (await rep.textContent("#contests")).includes("You lead by 1"));
  await until("it has ended", async () => {
    await manager.goto(address);
    return (await manager.locator("button", { hasText: "Confirm:" }).count()) > 0;
  }, 90_000);
  await manager.locator("button", { hasText: `Confirm: ${repName} wins` }).click();
  await until("it is final", async () => (await manager.textContent("main")).includes("Confirmed by"));
  const before = await manager.textContent("#rows");
  await rep.goto(`${base}/me`);
  await rep.locator(".tap button").first().click();
  await rep.waitForSelector(".toast");
  await manager.goto(address);
  must((await manager.textContent("#rows")) === before, "what comes later changes nothing");
  await manager.locator("button", { hasText: "Handed over" }).click();
  must((await manager.textContent("main")).includes("handed over"), "the prize is handed over");
};

all["a plan ticks from a tap"] = async () => {
  // Somebody of whom no other story knows a call.
  const name = "Piotr Wójcicki";
  const fresh = await invited(boss, name, "rep", "piotr@demo.example");
  await manager.goto(`${base}/ramps`);
  await manager.locator("select[name=person]").selectOption({ label: name });
  await manager.locator("button", { hasText: "Start the plan" }).click();
  // Whoever has records of before is asked about.
  const yes = manager.locator("button", { hasText: "Yes, start the plan" });
  if (await yes.count()) await yes.click();
  must(!(await manager.locator(".strip .tick.on", { hasText: "New calls" }).count()), "no call yet");
  await fresh.goto(`${base}/me`);
  await fresh.locator(".tap button").first().click();
  await fresh.waitForSelector(".toast");
  await until("the stage ticked", async () => {
    await manager.goto(`${base}/ramps`);
    return (await manager.locator(".strip .tick.on").count()) > 0;
  });
};

/** A real wall on a screen of its own: paired by its letters, arranged from the page, seen on a phone. */
all["a wall is paired, arranged, and seen on a phone as it turns"] = async () => {
  const cache = path.join(folder, "kiosk");
  fs.mkdirSync(cache);
  const settings = path.join(folder, "kiosk.toml");
  fs.writeFileSync(settings, `[hub]\nurl = "${base}"\n[cache]\ndir = "${cache}"\n`);
  const number = process.env.STORIES_DISPLAY ?? "64";
  display = spawn("Xvfb", [`:${number}`, "-screen", "0", "1280x720x24", "-nolisten", "tcp"], { stdio: "ignore" });
  await until("the screen is there", () => fs.existsSync(`/tmp/.X11-unix/X${number}`));
  const env = { ...process.env, DISPLAY: `:${number}`, WAYLAND_DISPLAY: "" };
  kiosk = spawn(program, ["--config", settings], { stdio: ["ignore", "ignore", "ignore"], env });
  const token = await until("the wall has a secret", () => {
    const file = path.join(cache, "screen.token");
    return fs.existsSync(file) && fs.readFileSync(file, "utf8").trim();
  }, 60_000);
  const screen = async () => (await fetch(`${base}/screen`, { headers: { authorization: `Bearer ${token}` } })).json();
  const letters = (await screen()).slides[0].title;
  await boss.goto(`${base}/screens`);
  await boss.locator("input[name=code]").fill(letters);
  await boss.locator("section form[action='/screens/pair'] input[name=name]").fill("Kitchen");
  await boss.locator("button", { hasText: /^Pair$/ }).click();
  must((await boss.textContent("main")).includes("Kitchen"), "it is paired");
  // Two slides, four seconds each: both of them have to come.
  await boss.goto(`${base}/wall`);
  for (;;) {
    const on = boss.locator(".turns li:not(.off) button", { hasText: "Hide" });
    if ((await on.count()) <= 2) break;
    await on.last().click();
  }
  for (const field of await boss.locator(".turns li:not(.off) input[name=dwell_s]").all()) await field.fill("4");
  await boss.locator("button", { hasText: "Save the seconds" }).click();
  await until("the wall gets it", async () => {
    const { slides } = await screen();
    return slides.length === 2 && slides.every((slide) => slide.dwell_s === 4);
  });
  const phone = await person({ viewport: { width: 390, height: 844 }, storageState: await rep.context().storageState() });
  await phone.goto(`${base}/walls/main`);
  const seen = new Set();
  await until("both slides come and go on the phone, as the wall says", async () => {
    const text = await phone.textContent("#now");
    const picture = await phone.getAttribute("#now img", "src");
    if (text.includes("On Kitchen now")) seen.add(picture.split("?")[0]);
    return seen.size === 2;
  }, 120_000);
  const plain = await person({ javaScriptEnabled: false, storageState: await rep.context().storageState() });
  await plain.goto(`${base}/walls/main`);
  must((await plain.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count()) > 0, "without script it asks again by itself");
  await plain.context().close();
  await phone.context().close();
  await boss.goto(`${base}/wall?saved=main`);
  await boss.locator("button", { hasText: "Undo" }).click();
  must((await boss.textContent("body")).includes("As it was before."), "the last change is taken back");
  await boss.goto(`${base}/wall`);
  const off = () => boss.locator(".turns li.off button", { hasText: "Show" });
  while ((await off().count()) > 0) await off().first().click();
  await end(kiosk);
  await end(display);
};

all["a scorecard is one sheet of paper, and a page lives on a phone's home screen"] = async () => {
  await rep.goto(`${base}/me`);
  await rep.goto(base + (await rep.getAttribute("a[href^='/people/']", "href")));
  await rep.emulateMedia({ colorScheme: "dark" });
  const sheet = (await rep.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  if (PICTURES) fs.writeFileSync(path.join(PICTURES, "scorecard.pdf"), sheet, "latin1");
  const pages = (sheet.match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  must(pages === 1, `it takes ${pages} sheets`);
  for (const hidden of [".side", "nav.tabs", ".private"]) {
    await rep.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const part of await rep.locator(hidden).all()) must(!(await part.isVisible()), `${hidden} is not printed`);
  }
  if (PICTURES) {
    await rep.setViewportSize({ width: 703, height: 1000 });
    await rep.screenshot({ path: path.join(PICTURES, "scorecard-print.png"), fullPage: true });
    await rep.setViewportSize({ width: 1440, height: 900 });
  }
  must(await rep.locator(".seen").isVisible(), "who may see it stands on it");
  must((await rep.evaluate(() => getComputedStyle(document.body).backgroundColor)) === "rgb(255, 255, 255)", "paper is light");
  await rep.emulateMedia({ media: "screen", colorScheme: "light" });
  const debug = await rep.context().newCDPSession(rep);
  const { installabilityErrors: wrong } = await debug.send("Page.getInstallabilityErrors");
  must(wrong.length === 0 || wrong.every((of) => of.errorId === "in-incognito"), JSON.stringify(wrong));
};

all["by keyboard alone and without script"] = async () => {
  const page = await person();
  await page.goto(`${base}/sign-in`);
  await page.focus("[name=email]");
  await page.keyboard.type("kwame@demo.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/me/);
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".tap button"))) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForSelector(".toast");
  const plain = await person({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  await plain.goto(`${base}/me`);
  await plain.click(".tap button");
  must(plain.url().includes("logged="), "a tap without script comes back to the page");
  await plain.click(".toast button");
  must(plain.url().includes("undone"), "and is taken back without script");
};

async function audit(page, name) {
  const debug = await page.context().newCDPSession(page);
  // The policy of the pages lets no foreign script in: the debugger puts it in.
  await debug.send("Runtime.evaluate", { expression: AXE });
  const run = "axe.run(document, {}).then((found) => JSON.stringify(found.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | '))))";
  const said = await debug.send("Runtime.evaluate", { expression: run, awaitPromise: true });
  const wrong = JSON.parse(said.result.value).map((line) => `${name}: ${line}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 1) wrong.push(`${name} scrolls sideways by ${wide}`);
  const bare = await page.evaluate(() => document.querySelector("main")?.innerText.match(/(?<![\w.:/-])\d{5,}(?![\w-])/)?.[0]);
  if (bare) wrong.push(`${name} shows ${bare} without separators`);
  return [...wrong, ...page.wrong.filter((line) => !line.includes("503") && !line.includes("404")).map((line) => `${name}: ${line}`)];
}

all["no page breaks a rule of accessibility or is wider than a screen"] = async () => {
  const views = [
    ["light", { viewport: { width: 1440, height: 900 } }],
    ["dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
    ["ja", { viewport: { width: 1440, height: 900 }, locale: "ja-JP" }],
    ["phone", { viewport: { width: 390, height: 844 } }],
    ["phone-ja", { viewport: { width: 390, height: 844 }, locale: "ja-JP" }],
    ["narrow", { viewport: { width: 320, height: 700 }, colorScheme: "dark" }],
  ];
  const contest = await manager.goto(`${base}/contests`).then(() => manager.locator("main td a").first().getAttribute("href"));
  await manager.goto(`${base}/coaching`);
  const session = await manager.locator("main table a").first().getAttribute("href");
  await manager.locator('button[aria-label^="Begin with"]').first().click();
  const draft = new URL(manager.url()).pathname;
  const whose = await rep.goto(`${base}/me`).then(() => rep.getAttribute("a[href^='/people/']", "href"));
  const pages = [
    [rep, "rep", ["/me", "/rankings", "/contests", contest, "/coaching", session, "/training", "/recognition", "/ramps", "/walls/main", "/settings", whose]],
    [manager, "manager", ["/team", "/goals", "/coaching", draft, "/coaching/templates", "/contests/new", contest, "/training", "/ramps", "/recognition?preview=1", "/goals/spread", "/wall"]],
    [boss, "boss", ["/people", "/data", "/wall", "/screens", "/settings", "/nothing"]],
  ];
  const wrong = [];
  for (const [of, who, list] of pages) {
    const state = await of.context().storageState();
    for (const [view, options] of views) {
      const page = await person({ ...options, storageState: state });
      for (const address of list) {
        page.wrong.length = 0;
        await page.goto(base + address);
        const name = `${who}${address.replace(/[^a-z]+/g, "-").replace(/-[a-z0-9]{13}/, "")}-${view}`;
        wrong.push(...(await audit(page, name)));
        if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
      }
      await page.context().close();
    }
  }
  must(wrong.length === 0, wrong.join("\n"));
};

/** Against a provider as companies have one: oidc-provider, certified by the OpenID Foundation. */
all["single sign-on lets in who was invited and nobody else"] = async () => {
  const { default: Provider } = await import(require.resolve("oidc-provider"));
  const [port, hubPort] = [await freePort(), await freePort()];
  const issuer = `http://127.0.0.1:${port}`;
  const account = (id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id.replace(/^unverified-/, "")}@demo.example`, email_verified: !id.startsWith("unverified-") }),
  });
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "floor", client_secret: "s3cret of the stories", grant_types: ["authorization_code"], response_types: ["code"],
      redirect_uris: [`http://127.0.0.1:${hubPort}/sign-in/oidc/callback`],
    }],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    cookies: { keys: ["stories"] },
    pkce: { required: () => true },
    findAccount: (_, id) => account(id),
  });
  const server = provider.listen(port, "127.0.0.1");
  try {
    await stop();
    const config = path.join(folder, "oidc.toml");
    fs.writeFileSync(config, `[hub]
listen = "127.0.0.1:${hubPort}"
public_url = "http://127.0.0.1:${hubPort}"
oidc = { issuer = "${issuer}", client_id = "floor", client_secret = "s3cret of the stories", label = "Demo account" }
`);
    await serve(path.join(folder, "floor"), config);
    const visit = async (id) => {
      const page = await person();
      await page.goto(`${base}/sign-in?next=%2Frankings`);
      await page.locator("a.button", { hasText: "Sign in with Demo account" }).click();
      await page.fill("input[name=login]", id);
      await page.fill("input[name=password]", "any");
      await page.locator("button[type=submit]").click();
      await page.locator("button[type=submit]", { hasText: "Continue" }).click();
      await page.waitForURL(`${base}/**`);
      return page;
    };
    const known = await visit("kwame");
    must(known.url() === `${base}/rankings`, `invited: ${known.url()}`);
    must((await known.textContent("main")).includes("Kwame"), "it is the rep's own session");
    const stranger = await visit("stranger");
    must((await stranger.textContent("[role=alert]")).includes("no account for stranger@demo.example"), "a stranger is told why");
    const unverified = await visit("unverified-ines");
    must((await unverified.textContent("[role=alert]")).includes("has not confirmed your mail address"), "an address of nobody is none");
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

let failed = 0;
try {
  for (const [name, story] of Object.entries(all)) {
    if (only.length && name !== Object.keys(all)[0] && !only.some((word) => name.includes(word))) continue;
    const begun = Date.now();
    try {
      await story();
      console.log(`✓ ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`✕ ${name}\n${error.stack ?? error}`);
      if (!rep) break;
    }
  }
} finally {
  await browser.close();
  await stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
