/* Sorts and filters tables. Loaded by revguide.js with the first press. */
(() => {
"use strict";
const R = window.revguide, { all, fill, order, headOf, cardOf, whole, lay, FACETS } = R;
const values = (head) => head.values ??= new Map(Object.entries(JSON.parse(head.dataset.values || "{}")));
const value = (cell, head) => {
	const text = cell.textContent.trim();
	return cell.dataset.value ?? cell.querySelector("data")?.value ?? values(head).get(text) ?? text;
};
R.sort = (table, head, column) => {
	const turn = head.ariaSort === "ascending" ? -1 : 1, [body] = table.tBodies;
	all("th[aria-sort]", table).forEach((one) => one.removeAttribute("aria-sort"));
	head.ariaSort = turn < 0 ? "descending" : "ascending";
	const rows = (whole.get(body) || [...body.rows]).map((row) => [value(row.cells[column], head), row]);
	rows.sort(([a], [b]) => (a - b || order(a, b)) * turn);
	whole.set(body, rows.map(([, row]) => row));
	lay(body);
};
Object.assign(FACETS, {
	impact: (row, wanted) => row.facts[2] === wanted,
	status: (row, wanted) => row.facts[3] === wanted,
	patterns: (row, wanted) => (row.dataset.patterns || "").split(" ").includes(wanted),
	work: (row, wanted) => row.facts[5] && +row.facts[5] <= +wanted,
	found: (row) => row.facts[6] > 0,
	text: (row, wanted) => row.textContent.toLowerCase().includes(wanted.trim().toLowerCase()),
});
R.filter = (form) => {
	const list = form.parentElement.nextElementSibling, heads = all("th", list), body = list.querySelector("tbody"), rows = whole.get(body);
	const [count, clear] = all("output,button", form), fields = () => [...form.elements].filter((one) => one.name in FACETS);
	const given = ({ type, checked, value }) => type === "checkbox" ? checked && "on" : value;
	const query = new URLSearchParams(location.search);
	for (const one of fields()) if (query.has(one.name)) {
		if (one.type === "checkbox") one.checked = true;
		else one.value = query.get(one.name);
	}
	form.oninput = () => {
		const wanted = fields().filter(given), url = new URL(location);
		let shown = 0;
		for (const row of rows) {
			if (wanted.length) row.facts ??= [...row.cells].map((cell, at) => String(value(cell, heads[at])));
			const fits = wanted.every((one) => FACETS[one.name](row, given(one)));
			shown += fits;
			if (row.hidden !== fits) continue;
			const card = cardOf(row), head = card && headOf(card);
			for (const one of [row, card, head]) if (one) one.hidden = !fits;
		}
		for (const name of Object.keys(FACETS)) url.searchParams.delete(name);
		for (const one of wanted) url.searchParams.set(one.name, given(one));
		if (url.href !== location.href) try { history.replaceState(history.state, "", url); } catch {}
		const { all, some, none } = count.dataset;
		clear.hidden = !wanted.length;
		count.textContent = clear.hidden ? all : fill(shown ? some : none, shown, rows.length);
		if (list.classList.contains("rg-whole") === clear.hidden) {
			list.classList.toggle("rg-whole");
			lay(body);
		}
	};
	form.onreset = () => setTimeout(form.oninput);
	form.oninput();
};
})();
