/** What a person is told of a capture that did not come back by itself. */
import type { CaptureFault } from '../../lib/index.ts';
import type { Failure } from './failure.ts';

/** The notice for a fault; null while it may still be brought back, and for what need not be wrong. */
export function captureNotice(fault: CaptureFault): Failure | null {
  const { kind, tone, title, meaning, remedy, failure } = fault;
  if (tone === 'info' || failure === '') return null;
  const resume = kind === 'context-suspended';
  return {
    ...{ code: `capture-${kind}`, tone, title, meaning, remedy },
    action: resume ? 'resume' : 'retry',
    actionLabel: resume ? 'Resume' : 'Start again',
    detail: failure,
  };
}
