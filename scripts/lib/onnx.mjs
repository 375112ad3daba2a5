// @ts-check
// The constants of an ONNX model, as far as the voice detector's weights need it. Field numbers are
// those of the format's own schema, onnx.proto.
import { fieldsOf } from './protobuf.mjs';

const MODEL = { graph: 7 };
const GRAPH = { node: 1 };
const NODE = { output: 2, operator: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, tensor: 5, graph: 6 };
const TENSOR = { dimension: 1, type: 2, raw: 9 };
const FLOAT = 1n;

/** @typedef {{ readonly dims: readonly number[], readonly values: Float32Array }} Tensor */
/** @typedef {import('./protobuf.mjs').Field['value']} Value */

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * @param {Value} value
 * @returns {Uint8Array}
 */
function bytesOf(value) {
  if (typeof value !== 'bigint') return value;
  throw new RangeError('The model has an integer where it should have bytes.');
}

/**
 * All values of a field.
 * @param {Uint8Array} message
 * @param {number} number
 */
const all = (message, number) =>
  [...fieldsOf(message)].filter((field) => field.number === number).map(({ value }) => value);

/**
 * @param {Uint8Array} message
 * @param {number} number
 */
const messages = (message, number) => all(message, number).map(bytesOf);

/**
 * A text that a message has once or not at all.
 * @param {Uint8Array} message
 * @param {number} number
 */
const text = (message, number) => utf8.decode(messages(message, number)[0] ?? new Uint8Array());

/**
 * @param {Uint8Array} node
 * @param {string} name
 * @returns {Uint8Array | undefined}
 */
const attribute = (node, name) =>
  messages(node, NODE.attribute).find((found) => text(found, ATTRIBUTE.name) === name);

/**
 * @param {Uint8Array} tensor
 * @param {string} name for messages
 * @returns {Tensor | undefined} undefined: not of 32-bit floats
 */
function readTensor(tensor, name) {
  if (all(tensor, TENSOR.type)[0] !== FLOAT) return undefined;
  const dims = all(tensor, TENSOR.dimension).map(Number);
  const count = dims.reduce((product, dim) => product * dim, 1);
  const raw = messages(tensor, TENSOR.raw)[0];
  const bytes = Float32Array.BYTES_PER_ELEMENT;
  if (raw?.length !== count * bytes) {
    throw new RangeError(`${name} should have ${count} floats in raw form.`);
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * bytes, true));
  return { dims, values };
}

/**
 * @param {Uint8Array} graph
 * @param {string} operator
 */
const nodesOf = (graph, operator) =>
  messages(graph, GRAPH.node).filter((node) => text(node, NODE.operator) === operator);

/**
 * The constants of 32-bit floats in a branch of the model's one `If`.
 * @param {Uint8Array} model
 * @param {'then_branch' | 'else_branch'} branch
 * @returns {Map<string, Tensor>} by the names of the nodes' outputs
 * @throws {RangeError} where the model has no such branch, or is none
 */
export function readConstants(model, branch) {
  const [graph, ...others] = messages(model, MODEL.graph);
  if (!graph || others.length > 0) throw new RangeError('A model has one graph.');
  const [choice, ...more] = nodesOf(graph, 'If');
  if (!choice || more.length > 0) throw new RangeError('The model should have one If.');
  const holder = attribute(choice, branch);
  const body = holder && messages(holder, ATTRIBUTE.graph)[0];
  if (!body) throw new RangeError(`The model's If has no ${branch}.`);
  /** @type {Map<string, Tensor>} */
  const constants = new Map();
  for (const node of nodesOf(body, 'Constant')) {
    const name = text(node, NODE.output);
    const value = attribute(node, 'value');
    const [tensor] = value ? messages(value, ATTRIBUTE.tensor) : [];
    const read = tensor && readTensor(tensor, name);
    if (read) constants.set(name, read);
  }
  return constants;
}
