/* Pages say everything without it. What it shows is cloned from template.rg-parts, in the
   page's language. */
(() => {
"use strict";
const { src: SRC, dataset: { book } } = document.currentScript, BOOK = `revguide:${book}:`, STILL = { preventScroll: true };
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const part = (name) => document.querySelector(".rg-parts").content.querySelector(name).cloneNode(true);
const recall = (key) => { try { return localStorage.getItem(BOOK + key); } catch { return null; } };
const keep = (key, value) => { try { localStorage.setItem(BOOK + key, value); } catch {} };
const order = (a, b) => String(a).localeCompare(b, undefined, { numeric: true });
const fill = (text, ...values) => values.reduce((done, value) => done.replace("%s", value), text);
/* Loads a script once, then acts. */
const loads = {};
const use = (name, act, failed) => (loads[name] ??= new Promise((done) => {
	const extra = document.createElement("script");
	extra.src = SRC.replace("revguide.js", `revguide-${name}.js`);
	extra.onload = done;
	extra.onerror = (event) => {
		loads[name] = null;
		done(event);
	};
	document.head.append(extra);
})).then(({ type }) => type === "load" ? act?.() : failed?.());
/* A card's heading names it. */
const headOf = (card) => {
	let head = card.previousElementSibling;
	while (head && !/^H\d$/.test(head.tagName)) head = head.previousElementSibling;
	return head;
};
const title = (card) => {
	const head = headOf(card)?.cloneNode(true);
	head?.querySelector(".headerlink")?.remove();
	head?.querySelector("small")?.append(":");
	return head?.textContent.trim() || "";
};

/* 1 Controls of cards near the reader: 300 at once are slow. */
const waiting = new Map();
const watch = new IntersectionObserver((seen) => seen.forEach((one) => one.isIntersecting && arrive(one.target)), { rootMargin: "1200px 0px" });
const near = (node, act) => {
	waiting.set(node, [...waiting.get(node) || [], act]);
	watch.observe(node);
};
const arrive = (node) => {
	const acts = waiting.get(node) || [];
	waiting.delete(node);
	watch.unobserve(node);
	acts.forEach((act) => act());
};

/* 2 Views: one tab list over one panel, which holds the samples of a pair.
   "Side by side" is chosen for the whole page, the others for one pair. */
const pairs = [], PAIR = ".revguide-pair:not([data-view=stacked])";
let both = recall("view") === "both";
const steady = (node, room, act) => {
	const y = () => node.getBoundingClientRect().top, top = y(), off = () => y() - top;
	act();
	room.style.minHeight = "";
	const back = () => scrollBy({ top: off(), behavior: "instant" });
	back();
	if (off() > 1) {  // the page has become too short to stay where it was
		room.style.minHeight = `${room.offsetHeight + off()}px`;
		back();
	}
};
const is = ({ className }) => className.match(/revguide-(before|after|changes)/)[1];
function upgrade(pair) {
	if ("ready" in pair.dataset) return;
	const panel = document.createElement("div"), samples = all(":scope>.revguide-sample", pair), bar = part(".rg-bar");
	const [list, full] = bar.children, why = samples[2] ? "" : pair.dataset.why || "few";
	let single = is(samples.findLast((one) => !one.hidden));
	for (const one of samples) {
		one.ariaLabel = one.firstElementChild.textContent;
		one.role = "group";
	}
	if (why && why !== "missing") {
		const told = part(".rg-why");
		told.firstElementChild.textContent = told.dataset[why];
		samples.push(told);
	}
	panel.append(...samples);
	panel.className = "rg-samples";
	panel.id = `rg-${pairs.length}`;
	const tabs = [...list.children].filter((tab) => {
		const there = tab.value === "both" ? why !== "missing" : samples.some((one) => is(one) === tab.value);
		if (!there) tab.remove();
		tab.id = `${panel.id}-${tab.value}`;
		tab.setAttribute("aria-controls", panel.id);
		tab.onclick = () => choose(tab.value);
		return there;
	});
	let wide = pair.dataset.view === "both";
	const show = () => {
		const view = (both || wide || pair.closest("dialog")) && why !== "missing" ? "both" : single;
		pair.dataset.view = view;
		for (const tab of tabs) {
			const on = tab.value === view;
			tab.ariaSelected = on;
			tab.tabIndex = on ? 0 : -1;
			if (on) panel.setAttribute("aria-labelledby", tab.id);
		}
		for (const one of samples) one.hidden = is(one) === view || (view === "both" && is(one) !== "changes") ? false : "until-found";
	};
	const choose = (view) => steady(bar, pair, () => {
		const now = view === "both";
		if (!now) single = view;
		if (wide || now === both) {
			wide &&= now;
			show();
		} else {
			both = now;
			keep("view", now ? view : "");
			pairs.forEach((one) => one());
		}
	});
	list.onkeydown = (event) => {
		const here = tabs.indexOf(event.target), step = getComputedStyle(list).direction === "rtl" ? -1 : 1;
		const to = { ArrowRight: here + step, ArrowLeft: here - step, Home: 0, End: -1 }[event.key];
		if (to === undefined || here < 0) return;
		event.preventDefault();
		const next = tabs.at(to % tabs.length);
		choose(next.value);
		next.focus(STILL);
	};
	samples.forEach((one) => { one.onbeforematch = () => { single = is(one); both = false; show(); }; });
	full.onclick = () => {
		const gap = document.createElement("div"), dialog = part("dialog");
		gap.style.height = `${pair.offsetHeight}px`;
		dialog.querySelector("strong").textContent = title(pair.closest("[data-issue]") || pair);
		dialog.onclose = () => {
			gap.replaceWith(pair);
			dialog.remove();
			show();
			full.focus(STILL);
		};
		pair.replaceWith(gap, dialog);
		dialog.append(pair);
		dialog.showModal();
		show();
	};
	panel.role = "tabpanel";
	panel.tabIndex = 0;
	pair.prepend(bar, panel);
	pair.dataset.ready = "";
	pairs.push(show);
	show();
}

/* 3 Links show their target, also while cards above it grow. */
let aim;
const settle = (target, frames) => {
	if (!target || target !== aim) return;
	target.scrollIntoView({ behavior: "instant" });
	if (frames) requestAnimationFrame(() => settle(target, frames - 1));
};
/* A theme's fixed header may have several lines. */
const clear = () => {
	const root = document.documentElement;
	let head = document.elementFromPoint(innerWidth / 2, 1);
	while (head && !/fixed|sticky/.test(getComputedStyle(head).position)) head = head.parentElement;
	const low = head?.getBoundingClientRect().bottom || 0;
	if (low < innerHeight / 2 && low > (parseFloat(getComputedStyle(root).scrollPaddingTop) || 0)) root.style.scrollPaddingTop = `${low + 8}px`;
};
const lead = (target) => {
	clear();
	settle(aim = target, 20);
};
const reveal = () => {
	let id = location.hash.slice(1);
	try { id = decodeURI(id); } catch {}
	const target = document.getElementById(id), pair = target?.closest(PAIR);
	if (pair) upgrade(pair);
	target?.closest(".revguide-sample[hidden]")?.dispatchEvent(new Event("beforematch"));
	for (let box = target?.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
	lead(target);
};
for (const name of ["pointerdown", "wheel", "keydown"]) addEventListener(name, () => { aim = 0; });

/* 4 Tables: sorting loads on the first press. */
const sortable = (table) => all("thead th", table).forEach((head, column) => {
	const press = part(".rg-sort"), room = head.querySelector("p") || head;
	press.append(...room.childNodes);
	press.onclick = () => use("tables", () => R.sort(table, head, column));
	room.append(press);
});
const filters = (form) => {
	const begin = form.oninput = () => use("tables", () => { if (form.oninput === begin) R.filter(form); });
	form.onsubmit = () => false;
	form.addEventListener("focusin", () => use("tables"));
	if ([...new URLSearchParams(location.search).keys()].some((name) => form[name])) begin();
};
/* A long table shows eight rows; print shows all. */
const whole = new Map();
const lay = (body, every) => {
	const few = !every && body.closest(".rg-long:not(.rg-whole)"), rows = whole.get(body);
	body.replaceChildren(...(few ? rows.slice(0, 8) : rows));
};
/* A row's card. */
let cards;
const cardOf = (row) => {
	cards ??= new Map(all(".revguide-card").map((card) => [headOf(card)?.id || card.parentElement.id, card]));
	return cards.get(row.querySelector("a[href^='#']")?.hash.slice(1));
};
const shorten = (list) => {
	const body = list.querySelector("tbody"), rows = [...body.rows];
	whole.set(body, rows);
	if (rows.length <= (list.clientWidth < 576 ? 6 : 10)) return;
	const press = part(".rg-rest");
	press.textContent = fill(press.textContent, rows.length);
	press.onclick = () => {
		list.classList.remove("rg-long");
		press.remove();
		lay(body);
		body.rows[8].querySelector("a")?.focus();
	};
	list.classList.add("rg-long");
	list.append(press);
	lay(body);
};
const print = (paper) => { for (const body of whole.keys()) lay(body, paper); };
addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));

/* 5 Changes since the last visit, loaded if there are any. */
const visit = (line) => {
	const { now } = line.dataset, key = `since:4:${new URL("..", SRC).pathname}:${JSON.parse(now).of}`;
	let was = recall(key);
	try { was = sessionStorage[BOOK + key] || was; } catch {}
	if (was?.endsWith(now) === false) use("since", () => R.since(line, BOOK + key, was));
	else keep(key, `${Date.now()} ${now}`);
};

const R = window.revguide = { all, part, use, near, arrive, fill, order, title, headOf, cardOf, whole, lay, rows: () => [...whole.values()].flat(), FACETS: {} };
const start = () => {
	for (const pair of all(PAIR)) near(pair.closest("[data-issue]") || pair, () => upgrade(pair));
	all("table.revguide-sortable").forEach(sortable);
	all(".rg-list:has(.revguide-issues)").forEach(shorten);
	all(".rg-filter").forEach(filters);
	all(".revguide-since").forEach(visit);
	reveal();
	addEventListener("hashchange", reveal);
	addEventListener("resize", clear);
};
if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
})();
