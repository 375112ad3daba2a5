/** Drawings as data: for the page and for reports alike. */

/** An element of an SVG drawing: its name, its attributes, and what is in it. */
export interface SvgNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (SvgNode | string)[];
}

/** Makes an element. */
export function node(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (SvgNode | string)[]
): SvgNode {
  const entries = Object.entries(attributes).map(([name, value]) => [name, String(value)]);
  return { tag, attributes: Object.fromEntries(entries) as Record<string, string>, children };
}

/** Text that stays text in HTML and SVG, whoever wrote it. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A drawing as text. */
export function svgText({ tag, attributes, children }: SvgNode): string {
  const set = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const inside = children.map((child) =>
    typeof child === 'string' ? escaped(child) : svgText(child),
  );
  return `<${tag}${set.join('')}>${inside.join('')}</${tag}>`;
}
