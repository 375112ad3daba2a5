import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { isMeasuring } from '../model/page-state.ts';
import { reportHtml } from '../model/report-html.ts';
import { makeReport, type Report, reportJson, reportMarkdown } from '../model/report.ts';
import { View } from './view.ts';

/** Hands on what was measured. */
export class ReportPanel extends View {
  readonly #said = h('p', { class: 'aside', role: 'status', 'data-testid': 'report-status' });

  protected mount(signal: AbortSignal): void {
    const buttons = [
      this.#button('Copy as Markdown', 'report-markdown', (report) =>
        this.#copy('Markdown', reportMarkdown(report)),
      ),
      this.#button('Copy as JSON', 'report-json', (report) =>
        this.#copy('JSON', reportJson(report)),
      ),
      this.#button('Save as a page', 'report-html', (report) => this.#save(report)),
    ];
    const note = h(
      'p',
      { class: 'note' },
      'Figures, percentiles and glitches of this session; no sound, no names of devices or files. ' +
        'The page is one file that needs nothing else.',
    );
    fillCard(this, 'Report', this.#said, h('div', { class: 'report' }, ...buttons), note);
    this.page.store.watch((state) => {
      for (const button of buttons) button.disabled = !isMeasuring(state);
    }, signal);
  }

  #button(
    label: string,
    testId: string,
    act: (report: Report) => void | Promise<void>,
  ): HTMLButtonElement {
    const button = h('button', { type: 'button', 'data-testid': testId }, label);
    button.addEventListener('click', () => {
      const { session } = this.page.store.state;
      if (session !== null) void act(makeReport(session));
    });
    return button;
  }

  async #copy(what: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setText(this.#said, `Copied as ${what}.`);
    } catch (error) {
      setText(this.#said, `Not copied: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #save(report: Report): void {
    const url = URL.createObjectURL(new Blob([reportHtml(report)], { type: 'text/html' }));
    const name = `quanta-report-${report.at.replace(/[:.]/g, '-')}.html`;
    h('a', { href: url, download: name }).click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    setText(this.#said, `Saved ${name}.`);
  }
}
