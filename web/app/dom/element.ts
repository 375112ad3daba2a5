/** Builds DOM without markup strings: text stays text, whoever wrote it. */

/** Attributes by name; `true` sets an empty one, `false` and `undefined` none. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element with its attributes and children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Makes an SVG drawing of one stroked path, for decoration only. */
export function icon(size: number, path: string): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  setAttributes(svg, { viewBox: `0 0 ${size} ${size}`, class: 'icon', 'aria-hidden': 'true' });
  const stroke = document.createElementNS(svgNamespace, 'path');
  stroke.setAttribute('d', path);
  svg.append(stroke);
  return svg;
}

/** Sets the text if it changed, so that a steady figure costs no layout. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets or removes attributes. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}
