// What scrolls sideways can be reached by keyboard, too.
addEventListener("load", () => {
	for (const node of document.querySelectorAll(".highlight pre, .table-wrapper")) {
		new ResizeObserver(() => {
			if (node.scrollWidth > node.clientWidth) node.tabIndex = 0;
			else node.removeAttribute("tabindex");
		}).observe(node);
	}
});
