/// <reference lib="dom" />

/**
 * What is wrong with the way a part of the page looks: texts that are cut off or reach out of it, fields without a name,
 * things on top of each other. Runs in the page, so it uses nothing from outside.
 */
export function layoutFaults(part: HTMLElement | SVGElement): string[] {
	/** Pixels that rounding may cost */
	const SLACK = 1.5;
	const CONTROLS = 'input, textarea, .cm-editor, .el-switch';
	const FIELD =
		'.parameter-item, [data-test-id="node-credentials-slot"], [data-test-id="credential-connection-parameter"], [data-test-id="mapping-mode-select"]';
	const faults: string[] = [];
	const frame = part.getBoundingClientRect();

	const isShown = (element: Element) =>
		element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });

	interface Box {
		what: string;
		element: Element;
		rect: DOMRect;
	}
	const isLarge = ({ rect }: Box) => rect.width > 0 && rect.height > 0;

	const texts: Box[] = [];
	const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const node = walker.currentNode;
		const element = node.parentElement!;
		const what = node.textContent!.trim();
		// Code scrolls inside its editor.
		if (what === '' || !isShown(element) || element.closest('.cm-editor')) continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		texts.push({ what: `'${what}'`, element, rect: range.getBoundingClientRect() });
	}

	const nameOf = (control: Element) =>
		control.closest(FIELD)?.querySelector('label .n8n-text')?.textContent?.trim() ?? '';
	const controls = Array.from(part.querySelectorAll(CONTROLS))
		.filter(isShown)
		.map((element) => ({
			what: `the field of '${nameOf(element)}'`,
			element,
			rect: element.getBoundingClientRect(),
		}))
		.filter(isLarge);

	/** How far a text reaches over the edge of what shows it, in pixels. */
	const overhang = ({ element, rect }: Box): number => {
		let most = Math.max(rect.right - frame.right, frame.left - rect.left);
		for (
			let shown: Element | null = element;
			shown && shown !== part;
			shown = shown.parentElement
		) {
			const { overflowX, overflowY } = getComputedStyle(shown);
			const edge = shown.getBoundingClientRect();
			if (overflowX !== 'visible') {
				most = Math.max(most, rect.right - edge.right, edge.left - rect.left);
			}
			if (overflowY === 'hidden' || overflowY === 'clip') {
				most = Math.max(most, rect.bottom - edge.bottom, edge.top - rect.top);
			}
		}
		return most;
	};
	for (const text of texts.filter(isLarge)) {
		if (overhang(text) > SLACK) faults.push(`${text.what} is cut off`);
	}

	const pen = document.createElement('canvas').getContext('2d')!;
	for (const { what, element } of controls) {
		if (!(element instanceof HTMLInputElement)) continue;
		const { font, paddingLeft, paddingRight } = getComputedStyle(element);
		pen.font = font;
		const room = element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
		const content = element.value === '' ? element.placeholder : element.value;
		if (pen.measureText(content).width > room + SLACK) {
			faults.push(`'${content}' in ${what} is cut off`);
		}
	}

	for (const { element } of controls) {
		if (nameOf(element) === '')
			faults.push(`a field has no name: ${element.outerHTML.slice(0, 200)}`);
	}

	/** A list to choose several from lays two fields over each other. */
	const listOf = ({ element }: Box) => element.closest('.el-select');
	const boxes = [...texts, ...controls].filter(isLarge);
	for (const [index, one] of boxes.entries()) {
		for (const other of boxes.slice(index + 1)) {
			if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
			if (listOf(one) !== null && listOf(one) === listOf(other)) continue;
			const width =
				Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
			const height =
				Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
			if (width > SLACK && height > SLACK) faults.push(`${one.what} and ${other.what} overlap`);
		}
	}
	return faults;
}
