/** What a canvas of the page shows, whoever draws it. */
import type { Page } from '@playwright/test';

/** Pixels, row by row; brightness is the mean of the colours, 0 to 255. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly brightness: readonly number[];
}

/** Looks at an element as people do: a Worker's canvas cannot be read by the page. */
export async function pictureOf(page: Page, testId: string): Promise<Picture> {
  const png = await page.getByTestId(testId).screenshot();
  return page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      const { width, height } = image;
      const pen = new OffscreenCanvas(width, height).getContext('2d')!;
      pen.drawImage(image, 0, 0);
      const { data } = pen.getImageData(0, 0, width, height);
      const brightness = Array.from(
        { length: width * height },
        (_, pixel) => (data[pixel * 4]! + data[pixel * 4 + 1]! + data[pixel * 4 + 2]!) / 3,
      );
      return { width, height, brightness };
    },
    [...png],
  );
}

/** Brightness of a column between two rows. */
export function columnBrightness(
  { width, brightness }: Picture,
  column: number,
  fromRow: number,
  toRow: number,
): number {
  let sum = 0;
  for (let row = fromRow; row < toRow; row += 1) sum += brightness[row * width + column] ?? 0;
  return sum / (toRow - fromRow);
}
