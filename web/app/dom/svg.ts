import type { SvgNode } from '../draw/svg-node.ts';

const namespace = 'http://www.w3.org/2000/svg';

/** Makes the elements of a drawing. */
export function svgElement({ tag, attributes, children }: SvgNode): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'xmlns') element.setAttribute(name, value);
  }
  element.append(
    ...children.map((child) => (typeof child === 'string' ? child : svgElement(child))),
  );
  return element;
}
