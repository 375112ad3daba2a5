// @ts-check
// A report as OpenTelemetry metrics, in the JSON form of OTLP: what a collector takes at /v1/metrics.
import { ValueType } from '@opentelemetry/api';
import { JsonMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';

/** @typedef {import('./record.mjs').Part} Part */
/** @typedef {import('./record.mjs').Report} Report */
/** @typedef {import('./record.mjs').Result} Result */
/** @typedef {import('@opentelemetry/sdk-metrics').MetricData} MetricData */
/** @typedef {import('@opentelemetry/sdk-metrics').ResourceMetrics} ResourceMetrics */

const FIGURES = /** @type {const} */ (['min', 'mean', 'median', 'p95', 'p99', 'max']);

/** UCUM, as OpenTelemetry wants units. @type {Readonly<Record<string, string>>} */
const UNITS = { us: 'us', ms: 'ms', bytes: 'By', 'quanta/s': '{quanta}/s', share: '1' };

/** @param {string} date */
function timeOf(date) {
  const ms = Date.parse(date);
  return /** @type {[number, number]} */ ([Math.floor(ms / 1000), (ms % 1000) * 1e6]);
}

/** @param {Part} part @param {Result} result */
function common({ date, name: part }, { name, unit }) {
  const time = timeOf(date);
  return {
    descriptor: {
      name: `quanta.${name.replaceAll(/[^\w.]+/g, '.')}`,
      description: `${name}, measured by ${part}`,
      unit: UNITS[unit] ?? unit,
      valueType: ValueType.DOUBLE,
      advice: {},
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    point: { startTime: time, endTime: time },
  };
}

/** @param {Part} part @param {Result} result @returns {MetricData} */
function gaugeOf(part, result) {
  const { point, ...rest } = common(part, result);
  return {
    ...rest,
    dataPointType: DataPointType.GAUGE,
    dataPoints: FIGURES.map((figure) => ({
      startTime: point.startTime,
      endTime: point.endTime,
      attributes: { figure, part: part.name },
      value: result[figure],
    })),
  };
}

/** @param {Part} part @param {Result} result @returns {MetricData[]} */
function histogramOf(part, result) {
  const { histogram, n: count, min, max, mean } = result;
  if (histogram === undefined) return [];
  const { point, descriptor, ...rest } = common(part, result);
  const { bounds, counts } = histogram;
  const buckets = { boundaries: [...bounds], counts: [...counts] };
  const value = { min, max, sum: mean * count, count, buckets };
  return [
    {
      ...rest,
      descriptor: { ...descriptor, name: `${descriptor.name}.histogram` },
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: [{ ...point, attributes: { part: part.name }, value }],
    },
  ];
}

/** @param {Part} part @returns {ResourceMetrics} */
function metricsOf(part) {
  const { machine, browser, node, commit } = part;
  return {
    resource: resourceFromAttributes({
      'service.name': 'quanta',
      'service.version': commit,
      'host.name': machine,
      'user_agent.name': browser,
      'process.runtime.version': node,
    }),
    scopeMetrics: [
      {
        scope: { name: 'quanta.perf', version: '1' },
        metrics: part.results.flatMap((result) => [
          gaugeOf(part, result),
          ...histogramOf(part, result),
        ]),
      },
    ],
  };
}

/**
 * @param {Report} report
 * @returns {string} one ExportMetricsServiceRequest
 */
export function otlpText({ parts }) {
  const requests = parts.map((part) => {
    const bytes = JsonMetricsSerializer.serializeRequest(metricsOf(part));
    return /** @type {{ resourceMetrics: unknown[] }} */ (
      JSON.parse(new TextDecoder().decode(bytes))
    );
  });
  const resourceMetrics = requests.flatMap((request) => request.resourceMetrics);
  return `${JSON.stringify({ resourceMetrics }, undefined, 1)}\n`;
}
