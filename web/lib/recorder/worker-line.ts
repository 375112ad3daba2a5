/** The line to a recorder's Worker. Page only. */
import type { WorkerStarter } from '../worker-starter.ts';
import type { RecordOrder, RecordReport } from './messages.ts';
import { heardError, recordWorkerFailed } from './recorder-errors.ts';
import recordWorkerUrl from './record-worker.ts?worker&url';

type ReportOf<Kind extends RecordReport['kind']> = Extract<RecordReport, { kind: Kind }>;

/** Orders and reports, as long as the Worker lives. */
export class WorkerLine {
  readonly #worker: Worker;

  constructor(startWorker: WorkerStarter) {
    this.#worker = startWorker(recordWorkerUrl);
  }

  post(order: RecordOrder): void {
    this.#worker.postMessage(order);
  }

  /** Listens to all reports until the signal aborts. */
  listen(
    hear: (report: RecordReport) => void,
    lost: (reason: string) => void,
    signal: AbortSignal,
  ): void {
    const worker = this.#worker;
    const told = ({ data }: MessageEvent<RecordReport>): void => hear(data);
    worker.addEventListener('message', told, { signal });
    // One whose script did not come has no message.
    const failed = ({ message }: Partial<ErrorEvent>): void => lost(message ?? 'it did not start');
    worker.addEventListener('error', failed, { signal });
  }

  /** Sends an order and waits for its report. @throws RecorderError, the signal's reason. */
  ask<Kind extends RecordReport['kind']>(
    order: RecordOrder,
    kind: Kind,
    signal: AbortSignal,
  ): Promise<ReportOf<Kind>> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<ReportOf<Kind>>();
    const answered = new AbortController();
    const hear = (report: RecordReport): void => {
      if (report.kind === kind) resolve(report as ReportOf<Kind>);
      else if (report.kind === 'failed') reject(heardError(report.error));
    };
    this.listen(hear, (reason) => reject(recordWorkerFailed(reason)), answered.signal);
    signal.addEventListener('abort', () => reject(signal.reason as Error), answered);
    this.post(order);
    return promise.finally(() => answered.abort());
  }

  end(): void {
    this.#worker.terminate();
  }
}
