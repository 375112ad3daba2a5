// @ts-check
// Where the channels of a WAV file lie round the listener (Microsoft, dwChannelMask).

/** The place that each bit of the mask stands for, lowest bit first. */
const PLACES = [
  ...['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'FLC', 'FRC', 'BC'],
  ...['SL', 'SR', 'TC', 'TFL', 'TFC', 'TFR', 'TBL', 'TBC', 'TBR'],
];

/** What files without a mask mean, by number of channels from 0 up. */
const USUAL = [
  [],
  ['FC'],
  ['FL', 'FR'],
  ['FL', 'FR', 'FC'],
  ['FL', 'FR', 'BL', 'BR'],
  ['FL', 'FR', 'FC', 'BL', 'BR'],
  ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR'],
  ['FL', 'FR', 'FC', 'LFE', 'BC', 'SL', 'SR'],
  ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'SL', 'SR'],
];

/**
 * The mask of a file that has none of its own; 0, which names no place, above 8 channels.
 * @param {number} channels
 * @returns {number}
 */
export function usualMask(channels) {
  const places = USUAL[channels] ?? [];
  return places.reduce((mask, place) => mask | (1 << PLACES.indexOf(place)), 0);
}

/**
 * The place of each channel, as a short name; null where the mask names none.
 * @param {number} mask
 * @param {number} channels
 * @returns {(string | null)[]}
 */
export function placesOf(mask, channels) {
  const named = PLACES.filter((_place, bit) => (mask & (1 << bit)) !== 0);
  return Array.from({ length: channels }, (_, channel) => named[channel] ?? null);
}
