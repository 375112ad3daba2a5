// @ts-check
// The hosting files: the same headers in the words of each server, and the way to the radio.
import { SECURITY_HEADERS, STRICT_TRANSPORT } from './headers.mjs';
import { DEFAULT_RADIO_PORT, radioPorts, STATUS_PATH } from './webcast-proxy.mjs';

const RADIO = radioPorts(DEFAULT_RADIO_PORT);

const BANNER = '# Printed from scripts/lib/headers.mjs: `npm run gen`. Do not edit.';

/** For hosts that read a `_headers` file. */
export const headersFile = () => `${BANNER}
/*
${SECURITY_HEADERS.map(([name, value]) => `  ${name}: ${value}`).join('\n')}
`;

const nginx = () => `${BANNER}
# An example for nginx: set the name, the certificate and the root, put it into the http block.
# add_header in a location would drop all of these: add none there.
server {
  listen 443 ssl;
  server_name quanta.example;
  ssl_certificate /etc/ssl/certs/quanta.example.pem;
  ssl_certificate_key /etc/ssl/private/quanta.example.key;
  root /srv/quanta/dist;

${[...SECURITY_HEADERS, STRICT_TRANSPORT]
  .map(([name, value]) => `  add_header ${name} "${value}" always;`)
  .join('\n')}

  location /assets/ {
    expires 1y;
  }

  # Broadcasts: the studio's socket to Liquidsoap, and Icecast's list of what is on air. Without them,
  # leave both out.
  location = ${STATUS_PATH} {
    proxy_pass http://127.0.0.1:${RADIO.master}/status-json.xsl;
  }
  location /webcast/ {
    proxy_pass http://127.0.0.1:${RADIO.studio}/;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    # What the studio sends goes on at once, for as long as it lasts.
    proxy_request_buffering off;
    proxy_read_timeout 12h;
    proxy_send_timeout 1m;
  }
}
`;

const caddy = () => `${BANNER}
# An example for Caddy: set the name and the root. Caddy fetches the certificate itself.
quanta.example {
  root * /srv/quanta/dist
  header {
${[...SECURITY_HEADERS, STRICT_TRANSPORT]
  .map(([name, value]) => `    ${name} "${value}"`)
  .join('\n')}
  }

  # Broadcasts: the studio's socket to Liquidsoap, and Icecast's list of what is on air. Without them,
  # leave both out.
  handle ${STATUS_PATH} {
    rewrite * /status-json.xsl
    reverse_proxy 127.0.0.1:${RADIO.master}
  }
  handle_path /webcast/* {
    reverse_proxy 127.0.0.1:${RADIO.studio}
  }
  file_server
}
`;

/**
 * The hosting files as they should be.
 * @returns {{ file: string, text: string }[]}
 */
export const generateHosting = () => [
  { file: 'public/_headers', text: headersFile() },
  { file: 'scripts/hosting/nginx.conf', text: nginx() },
  { file: 'scripts/hosting/Caddyfile', text: caddy() },
];
