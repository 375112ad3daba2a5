// @ts-check
// What Liquidsoap is told: takes the studio's stream by WebSocket, gives Icecast two mounts.

/** Who the studio says that it is. */
export const STUDIO_USER = 'dj';
/** Where the studio connects. */
export const STUDIO_MOUNT = 'live';

/**
 * @typedef {object} LiquidsoapPlan
 * @property {number} harborPort
 * @property {number} icecastPort
 * @property {number} bufferSec sound that is held before it is played: shorter gaps of it are not heard
 */

/** A connection from which nothing came for so long is given up; until then its mount is taken. */
const TIMEOUT_SEC = 5;

// By the environment: what Liquidsoap says of its script does not show them.
const STUDIO_VARIABLE = 'RADIO_STUDIO_PASSWORD';
const SOURCE_VARIABLE = 'RADIO_SOURCE_PASSWORD';

/** @param {import('./icecast-config.mjs').Passwords} passwords */
export const liquidsoapEnvironment = ({ studio, source }) => ({
  [STUDIO_VARIABLE]: studio,
  [SOURCE_VARIABLE]: source,
});

/**
 * `live` is there while somebody is on air, which is how the studio sees that it is; `radio` is there
 * always, with silence in between, so listeners stay.
 * @param {LiquidsoapPlan} plan
 */
export const liquidsoapScript = ({ harborPort, icecastPort, bufferSec }) => `
settings.harbor.bind_addrs.set(["127.0.0.1"])
settings.frame.audio.samplerate.set(48000)
settings.log.stdout.set(true)
settings.log.file.set(false)
live = input.harbor("${STUDIO_MOUNT}", port=${harborPort}, user="${STUDIO_USER}", password=getenv("${STUDIO_VARIABLE}"), buffer=${bufferSec.toFixed(2)}, max=${(bufferSec + 8).toFixed(2)}, timeout=${TIMEOUT_SEC}.)
def air(mount, source) =
  output.icecast(%opus(bitrate=128, vbr="none", application="audio"), host="127.0.0.1", port=${icecastPort}, password=getenv("${SOURCE_VARIABLE}"), mount=mount, fallible=true, source)
end
air("live.opus", live)
air("radio.opus", fallback(track_sensitive=false, [live, blank()]))
`;
