/* Adds to pages that say all without it: tabs, comparison, sorting */
(() => {
"use strict";
const script = document.currentScript;
const T = JSON.parse(script.dataset.strings);
const BOOK = `revguide:${script.dataset.book}:`;
const root = document.documentElement;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const recall = (key) => { try { return localStorage.getItem(BOOK + key); } catch { return null; } };
const keep = (key, value) => { try { localStorage.setItem(BOOK + key, value); } catch {} };
const el = (tag, attributes = {}, ...children) => {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === "function") node.addEventListener(name, value);
		else if (value !== false) node.setAttribute(name, name === "class" ? value.replace(/\S+/g, "revguide-$&") : value);
	}
	node.append(...children);
	return node;
};
const button = (text, click, attributes) =>
	el("button", { type: "button", class: "button", click, ...attributes }, text);
const has = (name) => root.classList.contains(name);
const flip = (name) => keep(name, root.classList.toggle(name) || "");
const order = (a, b) => String(a).localeCompare(b, undefined, { numeric: true });
const fill = (text, ...values) => values.reduce((done, value) => done.replace("%s", value), text);

/* sphinx-design's labels become real tabs, in place. */
const sets = [];
const BOTH = "revguide-both", STILL = { preventScroll: true };
const steady = (node, top, room) => {
	room.style.minHeight = "";
	const off = () => node.getBoundingClientRect().top - top;
	const back = () => scrollBy({ top: off(), behavior: "instant" });
	back();
	if (off() > 1) {  // the page has become too short to stay where it was
		room.style.minHeight = `${room.offsetHeight + off()}px`;
		back();
	}
};
function upgrade(pair) {
	const set = pair.querySelector(":scope > .sd-tab-set");
	if (!set) return;
	const list = el("div", { role: "tablist", class: "tabs", "aria-label": T.samples });
	const tabs = all(":scope > label", set).map((label) => {
		const input = label.previousElementSibling, panel = label.nextElementSibling;
		const tab = button(label.textContent, () => choose(tab),
			{ class: "tab", role: "tab", id: input.id, "aria-controls": panel.id });
		panel.prepend(el("p", { class: "tab-label" }, label.textContent));
		panel.setAttribute("aria-labelledby", tab.id);
		panel.tabIndex = 0;
		panel.addEventListener("beforematch", () => show(tab));
		input.remove();
		label.remove();
		list.append(tab);
		return { tab, panel };
	});
	let current = tabs[0].tab;
	const show = (tab = current) => {
		current = tab;
		const both = has(BOTH) || Boolean(set.closest("dialog"));
		set.classList.toggle("revguide-tabbed", !both);
		tabs.forEach((one, index) => {
			const on = one.tab === tab;
			one.tab.ariaSelected = on;
			one.tab.tabIndex = on ? 0 : -1;
			one.panel.setAttribute("role", both ? "group" : "tabpanel");
			if (both ? index < 2 : on) one.panel.removeAttribute("hidden");
			else one.panel.setAttribute("hidden", "until-found");
		});
	};
	const choose = (tab) => {
		const top = list.getBoundingClientRect().top;
		show(tab);
		steady(list, top, set);
	};
	list.addEventListener("keydown", (event) => {
		const here = tabs.findIndex((one) => one.tab === event.target);
		const step = getComputedStyle(list).direction === "rtl" ? -1 : 1;
		const to = { ArrowRight: here + step, ArrowLeft: here - step, Home: 0, End: tabs.length - 1 }[event.key];
		if (to === undefined || here < 0) return;
		event.preventDefault();
		const next = tabs[(to + tabs.length) % tabs.length].tab;
		choose(next);
		next.focus(STILL);
	});
	const side = button(T.side, () => {
		const top = bar.getBoundingClientRect().top;
		flip(BOTH);
		sets.forEach((one) => one());
		steady(bar, top, set);
	}, { class: "button side" });
	const bar = el("div", { class: "bar" }, list,
		el("span", { class: "tools" }, side, button(T.full, (event) => compare(pair, show, event.target))));
	const renew = () => {
		side.ariaPressed = has(BOTH);
		show();
	};
	set.prepend(bar);
	sets.push(renew);
	renew();
}
function compare(pair, show, opener) {
	const gap = el("div", { style: `height: ${pair.offsetHeight}px` });
	const dialog = el("dialog", { class: "dialog", "aria-label": T.full, close() {
		gap.replaceWith(pair);
		dialog.remove();
		show();
		opener.focus(STILL);
	} });
	pair.replaceWith(gap, dialog);
	dialog.append(el("div", { class: "bar" }, el("strong", {}, gap.closest("[data-title]")?.dataset.title || ""),
		button(T.close, () => dialog.close())), pair);
	dialog.showModal();
	show();
}

let next = 0;
const parsed = (node) => {
	for (; node && node !== document.body; node = node.parentElement) if (node.nextElementSibling) return true;
	return false;
};
const work = (whole) => {
	for (const pair of all(".revguide-pair").slice(next)) {
		if (!whole && !parsed(pair)) break;
		upgrade(pair);
		next++;
	}
};
const reveal = () => {
	let id = location.hash.slice(1);
	try { id = decodeURI(id); } catch {}
	const target = document.getElementById(id);
	const panel = target?.closest(".sd-tab-content[hidden]");
	if (panel) panel.dispatchEvent(new Event("beforematch"));
	for (let box = target?.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
	settle(aim = target, 20);
};
/* Cards above get their height when near; the reader's hand ends it. */
let aim;
const settle = (target, frames) => {
	if (!target || target !== aim) return;
	target.scrollIntoView({ behavior: "instant" });
	if (frames) requestAnimationFrame(() => settle(target, frames - 1));
};
["pointerdown", "wheel", "keydown"].forEach((name) => addEventListener(name, () => { aim = 0; }));

/* Tables are sorted by a press on a heading, issues filtered. */
const value = (cell) => cell.querySelector("data")?.value ?? cell.textContent.trim();
const cell = (row, name) => row.querySelector(`.revguide-col-${name}`);
function sortable(table) {
	const body = table.tBodies[0];
	all("thead th", table).forEach((head, column) => {
		const text = head.textContent.trim();
		const press = button(text, () => {
			const down = head.ariaSort === "ascending";
			all("th[aria-sort]", table).forEach((one) => one.removeAttribute("aria-sort"));
			head.ariaSort = down ? "descending" : "ascending";
			const rows = [...body.rows].map((row) => [value(row.cells[column]), row]);
			rows.sort(([a], [b]) => (a - b || order(a, b)) * (down ? -1 : 1));
			body.append(...rows.map(([, row]) => row));
		}, { class: "sort" });
		(head.querySelector("p") || head).replaceChildren(press);
	});
}
function filters(table) {
	const rows = [...table.tBodies[0].rows];
	const patterns = (row) => row.querySelector("[data-patterns]").dataset.patterns.split(" ").filter(Boolean);
	const words = (row, name) => cell(row, name).textContent.trim();
	const choice = (values) => el("select", {}, el("option", { value: "" }, T.all),
		...[...new Set(values)].map((one) => el("option", {}, one)));
	const text = el("input", { type: "search" });
	const hours = el("input", { type: "number", min: 0, step: "any" });
	const found = el("input", { type: "checkbox" });
	const [impact, status] = ["impact", "status"].map((name) => choice(rows.map((row) => words(row, name))));
	const pattern = choice(rows.flatMap(patterns).sort());
	const count = el("output");
	const apply = () => {
		let shown = 0;
		for (const row of rows) {
			const fits = row.textContent.toLowerCase().includes(text.value.trim().toLowerCase())
				&& (!impact.value || words(row, "impact") === impact.value)
				&& (!status.value || words(row, "status") === status.value)
				&& (!pattern.value || patterns(row).includes(pattern.value))
				&& (!hours.value || value(cell(row, "effort")) <= +hours.value)
				&& (!found.checked || value(cell(row, "found")) > 0);
			row.hidden = !fits;
			shown += fits;
		}
		count.textContent = fill(T.shown, shown, rows.length);
	};
	const field = (name, input) => el("label", {}, `${name} `, input);
	const form = el("form", { class: "filter", submit: (event) => event.preventDefault(), input: apply },
		field(T.search, text), field(T.impact, impact), field(T.status, status),
		...(pattern.length > 1 ? [field(T.pattern, pattern)] : []), field(T.hours, hours),
		field(T.found, found), count);
	table.closest(".revguide-scroll").before(form);
	apply();
}

if (recall(BOTH)) root.classList.add(BOTH);
const watch = new MutationObserver(() => work(false));
watch.observe(document, { childList: true, subtree: true });
const finish = () => {
	all("table.revguide-sortable").forEach(sortable);
	all("table.revguide-issues").forEach(filters);
};
const start = () => {
	watch.disconnect();
	work(true);
	reveal();
	addEventListener("hashchange", reveal);
	setTimeout(finish);
};
if (document.readyState === "loading") {
	work(false);
	document.addEventListener("DOMContentLoaded", start);
} else start();
})();
